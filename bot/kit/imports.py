"""Files of orders as handlers see them: a document that came, and what an admin wants done with it."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Document:
    """A document as the platform holds it; `size` in bytes, 0 where it does not say."""

    file: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class ImportWish:
    """Look through a new `document`, or record or drop the looked-through import `id`.

    `message_id` is the card that then shows how far it is.
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
