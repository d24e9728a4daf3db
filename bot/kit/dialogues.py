"""Defines dialogue steps: typed questions, stored until they are answered.

    class TrackingAsked(Step, frozen=True, tag="admin-pay"):
        admin: ClassVar[bool] = True
        number: int
        owed: int = 0

The tag is the step's name in the table, the fields are its values there. A name or field that stored questions have is
never renamed, and a new field has a default, so that what was asked before an upgrade can be answered after it.
"""

from dataclasses import dataclass
from typing import ClassVar, Self

import msgspec


class Step(msgspec.Struct, frozen=True, tag_field="step"):
    """Base of steps: frozen structs with a tag.

    admin: whether answers are accepted from admins alone, as an admin may have lost the role before the answer.
    owner: the same for owners. pictures: whether a photo is an answer, too, with or without words.
    accounts: whether a forwarded message or a contact is, too: it names a person.
    anything: whether a message of any kind is one, also a forwarded one; its handler looks at the message's number, not
    at its words.
    """

    admin: ClassVar[bool] = False
    owner: ClassVar[bool] = False
    pictures: ClassVar[bool] = False
    accounts: ClassVar[bool] = False
    anything: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Holds a pending question as it is stored: the step's name, its values in JSON, when it was asked (ms, UTC)."""

    step: str
    content: str
    at: int

    @classmethod
    def asking(cls, step: Step, at: int) -> Self:
        """Builds the question that directs the next answer to this step."""
        return cls(name_of(type(step)), msgspec.json.encode(msgspec.structs.asdict(step)).decode(), at)


def name_of(step: type[Step]) -> str:
    """Returns the name under which a step is stored: its tag."""
    return str(step.__struct_config__.tag)
