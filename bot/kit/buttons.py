"""Defines typed buttons: dataclasses, packed into callback data and parsed back.

    @dataclass(frozen=True)
    class HistoryPage(Button, prefix="his"):
        page: int

    HistoryPage(2).pack() == "his:2"        HistoryPage.unpack("his:2") == HistoryPage(2)

Callback data is at most 64 bytes (Bot API, InlineKeyboardButton), checked when it is built. Any client can send any
callback data: `Button, prefix="app", admin=True` is a button that the router accepts from admins alone, one with
`owner=True` from owners alone.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import Enum
from functools import cache
from typing import ClassVar, Final, Literal, Self, get_args, get_origin, get_type_hints

from bot.kit.errors import StaleButton
from bot.kit.formatting import Argument
from bot.kit.languages import LANGUAGES, Language

CALLBACK_BYTES_MAX: Final = 64
COPY_LENGTH_MAX: Final = 256
Style = Literal["primary", "success", "danger"]

_PREFIX = re.compile(r"[a-z0-9_]{1,12}")
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,18}")


class Button:
    """Base of buttons: frozen dataclasses of int, str, bool, Enum, Literal or Language fields."""

    prefix: ClassVar[str]
    admin: ClassVar[bool]
    owner: ClassVar[bool]

    def __init_subclass__(cls, *, prefix: str, admin: bool = False, owner: bool = False) -> None:
        if not _PREFIX.fullmatch(prefix):
            raise ValueError(f"{prefix!r} is no prefix for {cls.__name__}: 1 to 12 of a-z, 0-9 and _")
        cls.prefix = prefix
        cls.admin = admin or owner
        cls.owner = owner

    def pack(self) -> str:
        """Packs the button into callback data. Raises ValueError, a programmer's mistake, over 64 bytes or for a colon
        in a text.
        """
        data = ":".join([self.prefix, *(_written(getattr(self, name)) for name in type(self).field_types())])
        if len(data.encode()) > CALLBACK_BYTES_MAX:
            raise ValueError(f"{data!r} is over {CALLBACK_BYTES_MAX} bytes")
        return data

    @classmethod
    def unpack(cls, data: str) -> Self:
        """Parses callback data. Raises StaleButton for data that this class would not have written."""
        prefix, *parts = data.split(":")
        types = cls.field_types()
        if prefix != cls.prefix or len(parts) != len(types):
            raise StaleButton
        return cls(*(_read(part, wanted) for part, wanted in zip(parts, types.values(), strict=True)))

    @classmethod
    @cache
    def field_types(cls) -> Mapping[str, object]:
        """Returns the fields' types by their names. Evaluating annotations takes longer than all the rest."""
        hints = get_type_hints(cls, include_extras=True)
        return {each.name: hints[each.name] for each in fields(cls)}  # type: ignore[arg-type]  # subclasses are dataclasses


def _written(value: object) -> str:
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, bool):
        return "1" if value else "0"
    text = str(value)
    if ":" in text:
        raise ValueError(f"{text!r} holds the separator")
    return text


def _read(part: str, wanted: object) -> object:
    if wanted is str:
        return part
    if wanted == Language:
        return _one_of(part, {each: each for each in LANGUAGES})
    if wanted is bool:
        return _one_of(part, {"0": False, "1": True})
    if wanted is int:
        if not _WHOLE_NUMBER.fullmatch(part):
            raise StaleButton
        return int(part)
    if get_origin(wanted) is Literal:
        return _one_of(part, {_written(value): value for value in get_args(wanted)})
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return _one_of(part, {_written(member): member for member in wanted})
    raise TypeError(f"a button cannot hold {wanted}")


def _one_of(part: str, choices: Mapping[str, object]) -> object:
    if part not in choices:
        raise StaleButton
    return choices[part]


class Press:
    """Defines a button that comes back to us; `arguments` are those of its label."""

    __slots__ = ("arguments", "button", "label_id", "style")

    def __init__(self, label_id: str, button: Button, style: Style | None = None, **arguments: Argument) -> None:
        self.label_id = label_id
        self.button = button
        self.style = style
        self.arguments = arguments


@dataclass(frozen=True, slots=True)
class Copy:
    """Defines a button that copies `text`, 1 to 256 characters."""

    label_id: str
    text: str

    def __post_init__(self) -> None:
        if not 1 <= len(self.text) <= COPY_LENGTH_MAX:
            raise ValueError(f"a copy button takes 1 to {COPY_LENGTH_MAX} characters, not {len(self.text)}")


@dataclass(frozen=True, slots=True)
class Share:
    """Defines a button that forwards `text` (plain) with `url` to a chat of the person's choice.

    With `inline` it types the bot's name and this into that chat, where the bot then offers its cards.
    """

    label_id: str
    text: str
    url: str
    inline: str | None = None


@dataclass(frozen=True, slots=True)
class Url:
    """Defines a button that opens `url`."""

    label_id: str
    url: str


RowElement = Press | Copy | Share | Url
