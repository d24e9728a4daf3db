"""Truncates texts that are too long for Telegram without breaking tags, entities, words or isolates.

The limits of the Bot API: a text 4,096 characters and a caption 1,024, both after entities are parsed; the answer to a
button press 200. Lengths are in UTF-16 units, as Telegram measures entities, which are never fewer than characters.
"""

import re
from html import escape, unescape
from typing import Final

from bot.kit.bidi import END_ISOLATE, ISOLATES

TEXT_LENGTH_MAX: Final = 4096
CAPTION_LENGTH_MAX: Final = 1024
TOAST_LENGTH_MAX: Final = 200
LABEL_LENGTH_MAX: Final = 64

_ELLIPSIS: Final = "…"
_PIECE = re.compile(r"<(?P<close>/?)(?P<tag>[a-z-]+)[^<>]*>|&(?:[a-z]+|#\d+|#x[0-9a-f]+);|.", re.DOTALL)
_BREAK_WITHIN: Final = 40


def cut_plain(text: str, limit: int) -> str:
    """Returns the text, or as much of its beginning as fits with an ellipsis."""
    return unescape(cut_html(escape(text, quote=False), limit))


def cut_html(text: str, limit: int) -> str:
    """Truncates Telegram's HTML: tags do not count, an entity counts as one, open tags are closed."""
    if _units(text) <= limit or visible_length(text) <= limit:
        return text
    kept: list[str] = []
    room = limit - len(_ELLIPSIS)
    isolates = 0
    for piece in _PIECE.finditer(text):
        isolates += (piece[0] in ISOLATES) - (piece[0] == END_ISOLATE)
        room -= _visible(piece)
        if room < max(isolates, 0):  # room for closing open isolates
            break
        kept.append(piece[0])
    return _closed("".join(_back_to_break(kept)))


def visible_length(html: str) -> int:
    """Returns the HTML's length as Telegram counts it, in UTF-16 units: without tags, an entity as one."""
    return sum(map(_visible, _PIECE.finditer(html)))


def _visible(piece: re.Match[str]) -> int:
    if piece["tag"]:
        return 0
    return 1 if len(piece[0]) > 1 else _units(piece[0])


def _units(text: str) -> int:
    return len(text) + sum(letter > "\uffff" for letter in text)


def _back_to_break(kept: list[str]) -> list[str]:
    """Removes the half word at the end, unless the last blank is too far back."""
    for back in range(1, min(_BREAK_WITHIN, len(kept)) + 1):
        if kept[-back].isspace():
            return kept[:-back]
    return kept


def _closed(text: str) -> str:
    """Returns the text with an ellipsis, and with open tags closed, the innermost first."""
    open_tags: list[str] = []
    isolates = 0
    for piece in _PIECE.finditer(text):
        if piece["tag"] and piece["close"]:
            open_tags.pop()
        elif piece["tag"]:
            open_tags.append(piece["tag"])
        else:
            isolates += (piece[0] in ISOLATES) - (piece[0] == END_ISOLATE)
    return text + _ELLIPSIS + END_ISOLATE * isolates + "".join(f"</{tag}>" for tag in reversed(open_tags))
