"""Defines the services of whatever writes messages into the outbox."""

from dataclasses import dataclass

from bot.kit.person import People
from bot.runtime.clock import Clock
from bot.runtime.signals import Signals
from bot.store.outbox import Outbox
from engine.store.writer import Writer


@dataclass(frozen=True, slots=True)
class OutboxServices:
    """Holds the people, the outbox with the writer of its transactions, the clock, and the signals.

    Whoever has committed messages sets `signals.outbox_changed`.
    """

    people: People
    outbox: Outbox
    writer: Writer
    clock: Clock
    signals: Signals
