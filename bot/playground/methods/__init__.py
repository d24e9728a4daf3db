"""Implements the server's methods, one group a module; a new one is a function and a line in its group's table."""

from __future__ import annotations

from collections.abc import Mapping

from bot.playground.call import Method
from bot.playground.methods import account, chats, commands, edits, inline, payments, polling, presses, sending


def all_methods() -> Mapping[str, Method]:
    """Returns every method by its name in the Bot API."""
    groups = (account, chats, commands, edits, inline, payments, polling, presses, sending)
    return {name: method for group in groups for name, method in group.METHODS.items()}
