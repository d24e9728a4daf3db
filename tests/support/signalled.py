"""Counts signals, and gives tests the services of whatever writes into the outbox."""

from __future__ import annotations

from bot.kit.person import People
from bot.outbox.services import OutboxServices
from bot.runtime.clock import Clock
from bot.runtime.signals import Signal, Signals
from bot.store.outbox import Outbox
from engine.store.writer import Writer


class Counted(Signal):
    """Counts how often it was set."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0

    def set(self) -> None:
        self.times += 1
        super().set()


def for_outbox(
    people: People, outbox: Outbox, writer: Writer, clock: Clock, signals: Signals | None = None
) -> OutboxServices:
    """Returns the services, with signals that nobody else hears where none are given."""
    return OutboxServices(people, outbox, writer, clock, signals or Signals())
