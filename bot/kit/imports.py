"""Defines order files for handlers: a received document, and what an admin wants done with it."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Document:
    """Holds a document in Telegram's terms; `size` in bytes, 0 if unknown."""

    file: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class ImportWish:
    """Requests a dry run of a new `document`, or recording or dropping the import `id` after one.

    `message_id` is the card that then shows the progress.
    """

    act: Literal["look", "record", "drop"]
    document: Document | None = None
    id: int = 0
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class Import:
    """One file: `author` is the engine's id of the admin, `file` the platform's of the document."""

    id: int
    author: str
    file: str
    name: str
    state: Literal["new", "confirmed"]
    message_id: int | None
