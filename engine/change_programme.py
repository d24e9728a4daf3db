"""Puts a changed programme in force, unless another one has come into force since it was shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from engine.errors import Refusal
from engine.events.model import ProgrammeChanged
from engine.submission import Outcome

if TYPE_CHECKING:
    from engine.service import Engine
    from engine.transaction import Transaction


@dataclass(eq=False)
class ProgrammeMoved(Refusal):
    """Refuses a change that was shown against a programme which is no longer in force."""

    code: ClassVar[str] = "programme_moved"


async def change_programme(engine: "Engine", tables: Mapping[str, Any], *, seen: int, actor: str, key: str) -> Outcome:
    """Puts the tables in force at once, counted once for its key.

    `seen` is the journal row of the programme that the change was shown against. Raises ProgrammeMoved, ProgrammeChange
    for what the existing network does not allow, and ProgrammeError for tables that are no programme.
    """

    def work(books: "Transaction") -> Outcome:
        if (repeated := books.outcome_of(key)) is not None:
            return repeated
        if books.programme_row() != seen:
            raise ProgrammeMoved
        return books.submit(ProgrammeChanged(dict(tables)), key=key, actor=actor)

    outcome = await engine.transaction(work)
    if outcome.refusal is not None:
        raise outcome.refusal
    return outcome
