"""Referral codes: what a link carries and what people read out to each other."""

import unicodedata
from random import Random
from typing import Final

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No 0 and O, no 1, I and L, and no U: nothing that is misread or spells a word by accident."""

LENGTH: Final = 7
LINK_LENGTH: Final = 8
"""A code of a link that a member has made besides the own one: no person's code is so long."""

TOKEN_LENGTH: Final = 10
"""A token is no code: no code is so long."""

_BETWEEN: Final = "-_.\u200b\u200c\u200d\u200e\u200f"


def new_code(random: Random) -> str:
    """A random code; some 22 thousand million are possible."""
    return "".join(random.choices(ALPHABET, k=LENGTH))


def new_link_code(random: Random) -> str:
    """A random code of a further link; some 650 thousand million are possible."""
    return "".join(random.choices(ALPHABET, k=LINK_LENGTH))


def new_token(random: Random) -> str:
    """A random one-time token, typed or pasted at a shop; some 590 million million are possible."""
    return "".join(random.choices(ALPHABET, k=TOKEN_LENGTH))


def clean(text: str) -> str | None:
    """The person's code that somebody typed, in any case, with blanks between or digits of any script; else None."""
    return _letters(text, LENGTH)


def clean_link(text: str) -> str | None:
    """The code of any link, a person's own or one of those they made, as `clean` reads codes; None for no code."""
    return _letters(text, LENGTH) or _letters(text, LINK_LENGTH)


def clean_token(text: str) -> str | None:
    """The one-time token that somebody typed, as `clean` reads codes; None for no token."""
    return _letters(text, TOKEN_LENGTH)


def _letters(text: str, length: int) -> str | None:
    letters = "".join(_plain(letter) for letter in text if not letter.isspace() and letter not in _BETWEEN).upper()
    return letters if len(letters) == length and all(letter in ALPHABET for letter in letters) else None


def _plain(letter: str) -> str:
    digit = unicodedata.decimal(letter, None)
    return letter if digit is None else str(digit)
