"""Defines the chat's persons, and the lookup of people."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

from bot.kit.bidi import strip_controls
from bot.kit.digits import identifier
from bot.kit.languages import Language
from bot.kit.name_search import Needle
from engine.codes import clean

NAME_LENGTH_MAX: Final = 64
_USERNAME: Final = re.compile(
    r"(?:@|(?:https?://)?(?:t\.me|telegram\.me|ble\.ir)/)(\w{1,64})[/.,;:\u060c\u061b]*", re.IGNORECASE
)
_TELEGRAM_ID_DIGITS: Final = 19
_TELEGRAM_ID_END: Final = 2**63
# Letters and symbols, by Unicode's categories, that show nothing: Hangul's fillers and Braille's blank.
_INVISIBLE_LETTERS: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800")


@dataclass(frozen=True, slots=True)
class Person:
    """Holds one person as the chat sees them."""

    id: str
    """The engine's person id, which is their referral code."""
    chat_id: int
    """Their Telegram id, which is also the id of their private chat."""
    name: str
    """As clean_name leaves it: one line, at most 64 characters, never empty."""
    username: str | None
    language: Language
    is_admin: bool
    blocked: bool
    """Whether they have blocked the bot."""
    is_new: bool = False
    """Whether this is their first update ever."""
    is_owner: bool = False
    """Whether the configuration names them as admin: they also decide on the programme and on other admins."""

    @property
    def first_name(self) -> str:
        """Returns the first word of the name that has a letter; the whole name if none has."""
        words = self.name.split()
        return next((word for word in words if any(map(str.isalpha, word))), self.name)


@dataclass(frozen=True, slots=True)
class SharedAccount:
    """Names a Telegram account by a forwarded message of theirs or by their contact card.

    telegram_id: None where Telegram does not tell whose it is: they hide it in forwards, or their number has no
    account. name: as Telegram shows it, perhaps empty. forwarded: whether it came with a message.
    """

    telegram_id: int | None
    name: str
    forwarded: bool


class PersonName(NamedTuple):
    """Names a person: one of a username without its @, a Telegram id, or else the engine's person id."""

    username: str | None = None
    telegram_id: int | None = None
    code: str = ""
    """Parsed by `clean` where it is a code; a Telegram id may also be a person's code."""


def person_name(word: str) -> PersonName:
    """Parses @username, a link to a person's chat, a Telegram id in any digits, or an invitation code or its link."""
    name = identifier(word)
    if found := _USERNAME.fullmatch(name):
        return PersonName(username=found[1])
    is_id = name.isascii() and name.isdecimal() and len(name) <= _TELEGRAM_ID_DIGITS and int(name) < _TELEGRAM_ID_END
    return PersonName(telegram_id=int(name) if is_id else None, code=clean(word) or name)


class People(Protocol):
    """Finds people; the store implements it."""

    async def find(self, word: str) -> Person | None:
        """Finds a person by what an admin types: a Telegram id in any digits, an @username in any case, a referral
        code.
        """

    async def get(self, person_id: str) -> Person | None:
        """Returns the person of the engine's id."""

    async def by_telegram_id(self, telegram_id: int) -> Person | None:
        """Returns the person of a Telegram account's id."""

    async def search(self, needle: Needle, *, skip: int, size: int) -> list[Person]:
        """Returns a page of the people whose name or username has each word of the needle."""

    async def search_friends(self, member: str, needle: Needle, size: int) -> list[Person]:
        """Returns the same among a member's friends, and others who opened a link of theirs."""

    async def newest(self, size: int) -> list[Person]:
        """Returns those who came last."""

    async def admins(self) -> list[Person]:
        """Returns the admins who have started the bot."""

    async def earlier(self, person_id: str) -> list[str]:
        """Returns the engine's ids under which shops knew this person before they were linked."""


NAMELESS: Final = "\N{BUST IN SILHOUETTE}"
"""Stands for somebody without a readable name: others see it, so it says nothing about them, in any language."""


def clean_name(first: str | None, last: str | None = None, *, otherwise: str) -> str:
    """Builds a display name from the platform's fields, which may hold anything of any length.

    `otherwise` (a username, or `NAMELESS`) is used if nothing visible is left.
    """
    whole = strip_controls(" ".join(part for part in (first, last) if part))
    blanked = "".join(" " if unicodedata.category(each) in ("Cc", "Zl", "Zp") else each for each in whole)
    name = " ".join(unicodedata.normalize("NFC", blanked).split())[:NAME_LENGTH_MAX].strip()
    return name if any(map(_shows, name)) else otherwise[:NAME_LENGTH_MAX]


def _shows(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LNPS" and letter not in _INVISIBLE_LETTERS
