"""Defines the services of the parts that take updates from Telegram to their outcomes."""

from dataclasses import dataclass
from random import Random

from bot.runtime.clock import Clock
from bot.runtime.signals import Signals
from bot.store.inbox import Inbox


@dataclass(frozen=True, slots=True)
class InboxServices:
    """Holds the inbox, the clock, the source of back-offs, and the signals."""

    inbox: Inbox
    clock: Clock
    random: Random
    signals: Signals
