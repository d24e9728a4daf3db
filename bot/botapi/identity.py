"""Holds the bot's identity on Telegram, as far as it is known, and whether Telegram is reachable."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from bot.kit.json import JsonView


@dataclass(frozen=True, slots=True)
class Account:
    """Holds a bot's account on Telegram: its @username without the @, and whether it supports inline queries."""

    username: str
    inline: bool

    @classmethod
    def of(cls, me: JsonView) -> "Account":
        """Returns the account that getMe describes."""
        return cls(str(me["username"]), bool(me.get("supports_inline_queries")))


class BotIdentity:
    """Holds the process's bot identity. It starts with an earlier run's account and is corrected when Telegram answers.

    `known` is set once there is a username to make links with. `refused`: Telegram refuses the token. `away`: it is
    unreachable.
    """

    def __init__(self, account: Account) -> None:
        self.account = account
        self.known = asyncio.Event()
        self.refused = False
        self.away = False
        self._watchers: list[Callable[[], None]] = []
        if account.username:
            self.known.set()

    def watch(self, changed: Callable[[], None]) -> None:
        """Registers `changed`, which is called when the account changes."""
        self._watchers.append(changed)

    def learn(self, account: Account) -> None:
        """Records the account that Telegram reported."""
        self.refused = self.away = False
        if account != self.account:
            self.account = account
            for changed in self._watchers:
                changed()
        self.known.set()

    def set_away(self, away: bool) -> None:
        """Records whether Telegram is unreachable now."""
        self.away = away

    def trouble(self) -> str:
        """Returns the obstacle between the bot and Telegram: "refused", "unreachable", or "" for none."""
        if self.refused:
            return "refused"
        return "unreachable" if self.away else ""
