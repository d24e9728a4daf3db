"""Folds names, so that people are found however their name is typed: capitals, marks, blanks and Arabic letters alike.

A folded name is one word: «علی رضا», «علی‌رضا» and «عليرضا» are the same.
"""

import unicodedata
from typing import Final, NamedTuple

from bot.kit.digits import normalised

NEEDLE_LENGTH_MAX: Final = 64
_WORDS_MAX: Final = 3
_PART_LENGTH: Final = 3
"""The index of parts knows three letters in a row; shorter ones are looked for in all names."""

_LEFT_OUT: Final = frozenset(("Cc", "Cf", "Cs", "Mn", "Me", "Zs", "Zl", "Zp"))
_TATWEEL: Final = "\u0640"
_ALIKE: Final = str.maketrans("يىكةەہھۆ", "ییکههههو")


class Needle(NamedTuple):
    """Holds what is looked for in folded names.

    whole: all of it, which a name may begin with. words: up to three parts that must all be in the name, the last with
    all that follows; missing ones are empty. match: an FTS5 query of those of three letters and more; empty where there
    are none.
    """

    whole: str
    words: tuple[str, str, str]
    match: str


def folded_name(name: str, username: str | None = None) -> str:
    """Folds a name, with "@" and the username behind it."""
    return _folded(name) + (f"@{_folded(username)}" if username else "")


def needle_of(typed: str) -> Needle | None:
    """Parses what is looked for; None where nothing of it can be in a name, or it is longer than any."""
    if len(typed) > NEEDLE_LENGTH_MAX * 2:
        return None
    words = [word for word in map(_folded, typed.split(maxsplit=_WORDS_MAX - 1)) if word]
    whole = "".join(words)
    if not whole or len(whole) > NEEDLE_LENGTH_MAX:
        return None
    first, second, third = (*words, "", "")[:_WORDS_MAX]
    long = (word.replace('"', '""') for word in words if len(word) >= _PART_LENGTH)
    return Needle(whole, (first, second, third), " AND ".join(f'"{word}"' for word in long))


def is_in(needle: Needle, folded: str) -> bool:
    """Returns whether a folded name has all parts of the needle."""
    return all(word in folded for word in needle.words)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", normalised(text).casefold())
    kept = (each for each in plain if each != _TATWEEL and unicodedata.category(each) not in _LEFT_OUT)
    return "".join(kept).translate(_ALIKE)
