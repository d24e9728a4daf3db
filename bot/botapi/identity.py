"""Who the bot is on its platform, as far as that is known, and whether the platform is at hand."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Account:
    """A bot's account on the platform: its @username without the @, and whether it has an inline mode."""

    username: str
    inline: bool

    @classmethod
    def of(cls, me: Mapping[str, Any]) -> "Account":
        """The account that getMe describes."""
        return cls(str(me["username"]), bool(me.get("supports_inline_queries")))


class BotIdentity:
    """One for a process. It begins with what an earlier run was told, and is set right when the platform answers.

    `known` is set as soon as there is a name to make links with. `refused`: the platform does not take the token.
    `away`: it cannot be reached.
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
        """`changed` is called when the account has become another one."""
        self._watchers.append(changed)

    def learn(self, account: Account) -> None:
        """The platform has said so."""
        self.refused = self.away = False
        if account != self.account:
            self.account = account
            for changed in self._watchers:
                changed()
        self.known.set()

    def set_away(self, away: bool) -> None:
        """Whether the platform cannot be reached now."""
        self.away = away

    def trouble(self) -> str:
        """What keeps the bot from its platform: "refused", "unreachable", or "" where nothing does."""
        if self.refused:
            return "refused"
        return "unreachable" if self.away else ""
