"""Normalises typed and pasted text: no invisible marks, one width, Latin digits."""

import re
import unicodedata
from typing import Final
from urllib.parse import unquote

# Letters and symbols, by Unicode's categories, that show nothing: Hangul's fillers, Braille's blank, and marks that
# only change how their neighbour looks (variation selectors, the grapheme joiner, the frame of a keycap, kashida).
_SHOWING_NOTHING: Final = frozenset(
    "\u034f\u0640\u115f\u1160\u20e3\u2800\u3164\uffa0" + "".join(map(chr, range(0xFE00, 0xFE10)))
)
_WRAPPING_SYMBOLS: Final = frozenset("`\u00b4<>|~=^+")
_NEVER_WRAPPING: Final = frozenset("@/%\\&")
_LINK: Final = re.compile(
    r"(?:[?&;](?:start|startapp|startattach|code|ref)=|(?:^|\s)start=|/r/)([^&;#?/\s]+)", re.IGNORECASE
)
# Possessive, and anchored at a word's begin: a long message is scanned once.
_ADDRESS: Final = re.compile(
    r"(?<![a-z0-9+.-])(?:[a-z][a-z0-9+.-]*+://|(?:[a-z0-9-]++\.)++[a-z]{2,}+/)\S+", re.IGNORECASE
)
_LABELLED: Final = re.compile(r"[:=]([^:=]++)$")
LENGTH_MAX: Final = 4_096
"""As long as a message can be; the rest is ignored."""


def legible(text: str) -> str:
    """Returns the text in compatibility form (NFKC), with Latin digits and without characters that show nothing."""
    compatible = unicodedata.normalize("NFKC", text[:LENGTH_MAX])
    return "".join(map(_plain, compatible))


def unwrapped(text: str) -> str:
    """Returns legible text without quotation marks, brackets and other punctuation around it."""
    begin, end = 0, len(text)
    while begin < end and _wraps(text[begin]):
        begin += 1
    while begin < end and (_wraps(text[end - 1]) or text[end - 1] == "/"):
        end -= 1
    return text[begin:end]


def code_candidates(text: str) -> list[str]:
    """Returns the parts of a text that may be its code, legible and unwrapped, the likeliest first.

    For a pasted link these are the bot's start parameter, else parts of its path or query; for any other text all of
    it, or the part after its last colon («کد: ...»).
    """
    plain = legible(unquote(text[:LENGTH_MAX]) if "%" in text else text)
    linked = [unwrapped(each) for each in _LINK.findall(plain)]
    for address in _ADDRESS.findall(plain):
        _, *parts = re.split(r"[/?&;=#]+", address.partition("://")[2] or address)
        linked += [unwrapped(each) for each in reversed(parts)]
    if linked:
        return linked
    behind = _LABELLED.search(unwrapped(plain))
    return [unwrapped(plain), *([unwrapped(behind[1])] if behind else [])]


def _plain(letter: str) -> str:
    if letter.isascii():
        return letter if letter.isprintable() or letter.isspace() else ""
    digit = unicodedata.decimal(letter, None)
    if digit is not None:
        return str(digit)
    hidden = letter in _SHOWING_NOTHING or unicodedata.category(letter) in ("Cf", "Cc", "Cs")
    return "" if hidden else letter


def _wraps(letter: str) -> bool:
    if letter.isspace() or letter in _WRAPPING_SYMBOLS:
        return True
    return letter not in _NEVER_WRAPPING and unicodedata.category(letter)[0] == "P"
