"""Generates and parses referral codes: the ones in links, which people also read out to each other."""

import unicodedata
from random import Random
from string import ascii_letters, digits
from typing import Final

from engine.typed_text import code_candidates, legible, unwrapped

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Leaves out 0, O, 1, I and L, which are misread, and U, which would spell words by accident."""

LENGTH: Final = 7
LINK_LENGTH: Final = 8
"""Length of the code of an additional link; no person's code is as long."""

TOKEN_LENGTH: Final = 10
"""Length of a one-time token; no code is as long."""

WORD_LENGTH: Final = 9
"""Length of a reward code's random part: longer than a link's code, shorter than a token."""

_LETTERS: Final = frozenset(ALPHABET)
_IN_REWARDS: Final = frozenset(ascii_letters + digits + "-_")
_BETWEEN: Final = "-_.\u00b7\u2022\u2212"


def new_code(random: Random) -> str:
    """Returns a random code; about 22 thousand million are possible."""
    return "".join(random.choices(ALPHABET, k=LENGTH))


def new_link_code(random: Random) -> str:
    """Returns a random code for an additional link; about 650 thousand million are possible."""
    return "".join(random.choices(ALPHABET, k=LINK_LENGTH))


def new_token(random: Random) -> str:
    """Returns a random one-time token, typed or pasted at a shop; about 590 million million are possible."""
    return "".join(random.choices(ALPHABET, k=TOKEN_LENGTH))


def new_word(random: Random) -> str:
    """Returns the random part of a reward's code; about 19 million million are possible, none of them a link's code."""
    return "".join(random.choices(ALPHABET, k=WORD_LENGTH))


def clean(text: str) -> str | None:
    """Parses a person's code that was typed or pasted; None for no code.

    Accepts any case, width and script of digits, blanks and dashes between, invisible marks and quotation marks around,
    and a whole link.
    """
    return _read(text, LENGTH)


def clean_link(text: str) -> str | None:
    """Parses the code of any link, a person's own or an additional one, as `clean` does; None for no code."""
    return _read(text, LENGTH, LINK_LENGTH)


def clean_token(text: str) -> str | None:
    """Parses a one-time token, as `clean` does; None for no token."""
    return _read(text, TOKEN_LENGTH)


def clean_reward(text: str) -> str:
    """Normalises a reward's code for storing and comparing: capitals, its own dashes kept, parsed as `clean` does.

    Shops' coupons come in small letters, and a configured code may be any word, so nothing is refused here.
    """
    plain = unwrapped(legible(text))
    edge = legible(text).strip()
    if set(edge) <= _IN_REWARDS:  # a configured code may begin or end with a dash
        plain = edge
    return "".join(_dash(letter) for letter in plain if not letter.isspace()).upper()


def _read(text: str, *lengths: int) -> str | None:
    for candidate in [text] if _is_bare(text) else code_candidates(text):
        letters = candidate if _is_bare(candidate) else "".join(each for each in candidate if not _is_between(each))
        if len(letters) in lengths and letters.isascii() and set(letters.upper()) <= _LETTERS:
            return letters.upper()
    return None


def _is_bare(text: str) -> bool:
    """Returns whether the text is one word of Latin letters and digits, which is the only candidate: most orders'."""
    return text.isascii() and text.isalnum()


def _is_between(letter: str) -> bool:
    return letter.isspace() or letter in _BETWEEN or unicodedata.category(letter) in ("Pd", "Pc")


def _dash(letter: str) -> str:
    return "-" if letter == "\u2212" or unicodedata.category(letter) == "Pd" else letter
