"""Referral codes: what a link carries and what people read out to each other."""

import unicodedata
from random import Random
from string import ascii_letters, digits
from typing import Final

from engine.typed_text import code_candidates, legible, unwrapped

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No 0 and O, no 1, I and L, and no U: nothing that is misread or spells a word by accident."""

LENGTH: Final = 7
LINK_LENGTH: Final = 8
"""A code of a link that a member has made besides the own one: no person's code is so long."""

TOKEN_LENGTH: Final = 10
"""A token is no code: no code is so long."""

WORD_LENGTH: Final = 9
"""Longer than any link's code and shorter than a token."""

_LETTERS: Final = frozenset(ALPHABET)
_IN_REWARDS: Final = frozenset(ascii_letters + digits + "-_")
_BETWEEN: Final = "-_.\u00b7\u2022\u2212"


def new_code(random: Random) -> str:
    """A random code; some 22 thousand million are possible."""
    return "".join(random.choices(ALPHABET, k=LENGTH))


def new_link_code(random: Random) -> str:
    """A random code of a further link; some 650 thousand million are possible."""
    return "".join(random.choices(ALPHABET, k=LINK_LENGTH))


def new_token(random: Random) -> str:
    """A random one-time token, typed or pasted at a shop; some 590 million million are possible."""
    return "".join(random.choices(ALPHABET, k=TOKEN_LENGTH))


def new_word(random: Random) -> str:
    """The random part of a reward's code; some 19 million million are possible, none of them a link's code."""
    return "".join(random.choices(ALPHABET, k=WORD_LENGTH))


def clean(text: str) -> str | None:
    """The person's code that somebody typed or pasted; None for no code.

    In any case, width and script of digits, with blanks and dashes between, with invisible marks and quotation marks
    around, or within its link.
    """
    return _read(text, LENGTH)


def clean_link(text: str) -> str | None:
    """The code of any link, a person's own or one of those they made, as `clean` reads codes; None for no code."""
    return _read(text, LENGTH, LINK_LENGTH)


def clean_token(text: str) -> str | None:
    """The one-time token that somebody typed, as `clean` reads codes; None for no token."""
    return _read(text, TOKEN_LENGTH)


def clean_reward(text: str) -> str:
    """The code of a reward as it is kept and compared: in capitals, with its own dashes, as `clean` reads codes.

    Shops' coupons come in small letters, and a configured code may be any word; so nothing is refused here.
    """
    plain = unwrapped(legible(text))
    edge = legible(text).strip()
    if set(edge) <= _IN_REWARDS:  # a configured code may begin or end with a dash
        plain = edge
    return "".join(_dash(letter) for letter in plain if not letter.isspace()).upper()


def _read(text: str, *lengths: int) -> str | None:
    for candidate in code_candidates(text):
        letters = "".join(each for each in candidate if not _is_between(each))
        if len(letters) in lengths and letters.isascii() and set(letters.upper()) <= _LETTERS:
            return letters.upper()
    return None


def _is_between(letter: str) -> bool:
    return letter.isspace() or letter in _BETWEEN or unicodedata.category(letter) in ("Pd", "Pc")


def _dash(letter: str) -> str:
    return "-" if letter == "\u2212" or unicodedata.category(letter) == "Pd" else letter
