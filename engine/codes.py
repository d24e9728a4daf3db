"""Referral codes: what a link carries and what people read out to each other."""

import unicodedata
from random import Random
from typing import Final

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No 0 and O, no 1, I and L, and no U: nothing that is misread or spells a word by accident."""

LENGTH: Final = 7
_BETWEEN: Final = "-_.\u200b\u200c\u200d\u200e\u200f"


def new_code(random: Random) -> str:
    """A random code; some 22 thousand million are possible."""
    return "".join(random.choices(ALPHABET, k=LENGTH))


def clean(text: str) -> str | None:
    """The code that somebody typed, in any case, with blanks between or digits of any script; None for no code."""
    code = "".join(_plain(letter) for letter in text if not letter.isspace() and letter not in _BETWEEN).upper()
    return code if len(code) == LENGTH and all(letter in ALPHABET for letter in code) else None


def _plain(letter: str) -> str:
    digit = unicodedata.decimal(letter, None)
    return letter if digit is None else str(digit)
