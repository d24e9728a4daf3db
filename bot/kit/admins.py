"""Defines admins: owners, whom the configuration names, and those whom an owner adds in the chat."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from bot.kit.person import Person


@dataclass(frozen=True, slots=True)
class AddedAdmin:
    """Holds an admin whom an owner added: their Telegram id, both engine's ids, and when (ms, UTC)."""

    telegram_id: int
    person: str
    added_by: str
    added_at: int


@dataclass(frozen=True, slots=True)
class AdminChange:
    """Holds that an owner added or removed an admin: the engine's ids of both, and when (ms, UTC)."""

    kind: Literal["added", "removed"]
    telegram_id: int
    person: str
    owner: str
    at: int


class Admins(Collection[int], Protocol):
    """Knows the admins by their Telegram ids, and changes who is one; the store implements it."""

    def __iter__(self) -> Iterator[int]: ...

    @property
    def owners(self) -> Collection[int]:
        """Returns the Telegram ids in the configuration; nobody can remove these in the chat."""

    async def added(self) -> list[AddedAdmin]:
        """Returns the admins who are no owners, by their Telegram ids."""

    async def add(self, person: Person, *, owner: str, cause: str, at: int) -> bool:
        """Makes the person an admin at once. Returns False where they were one before this cause."""

    async def remove(self, admin: AddedAdmin, *, owner: str, cause: str, at: int) -> bool:
        """Takes the role away at once. Returns False where they had lost it before this cause."""
