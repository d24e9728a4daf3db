"""Defines the programme in the configuration's file, which follows what owners change in the chat."""

from typing import Literal, Protocol

from bot.kit.titles import TitleWords
from engine.programme.edits import Edit

FileState = Literal["same", "differs", "unchanged"]
"""same: the file holds the programme in force; differs: it has the change, and holds something else besides that is not
in force; unchanged: it could not be changed, so the operator has to.
"""


class ProgrammeFile(Protocol):
    """Makes the file follow a change that has come into force."""

    async def follow(self, edit: Edit, title: TitleWords) -> FileState:
        """Applies the edit to the file too, with a new offer's title; a repeat changes nothing."""
