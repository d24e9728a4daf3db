"""Computes a text's entities: offsets in UTF-16 code units, and those that Telegram detects itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.kit.json import Json

# Entities detected without markup. A slash, an at or a hash inside a word starts none.
FOUND_BY_ITSELF = {
    "bot_command": re.compile(r"(?<![\w/@>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])", re.ASCII),
    "mention": re.compile(r"(?<![\w@/])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w)", re.ASCII),
    "url": re.compile(r"(?<![\w@])(?:https?://[^\s<>\"«»]+[^\s<>\"«».,:;!?)\]]|t\.me/[\w?=&/-]*\w)", re.IGNORECASE),
    "hashtag": re.compile(r"(?<![\w#/])#(?=\w*[^\W\d_])\w{1,128}"),
}
# No entities are detected inside these.
OPAQUE = frozenset({"code", "pre", "text_link", "text_mention", "bot_command", "url", "mention", "hashtag"})


def utf16_length(text: str) -> int:
    """Returns the length of `text` in UTF-16 code units, the unit in which Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf16_slice(text: str, offset: int, length: int) -> str:
    """Returns the part of `text` that an entity of `offset` and `length` (UTF-16 code units) covers."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


def find_entities(text: str, already: Sequence[Json] = ()) -> list[Json]:
    """Returns `already`, and the commands, mentions, links and hashtags outside of them, in order."""
    found = list(already)
    for kind, pattern in FOUND_BY_ITSELF.items():
        for match in pattern.finditer(text):
            entity = {
                "type": kind,
                "offset": utf16_length(text[: match.start()]),
                "length": utf16_length(match.group()),
            }
            if not any(_overlap(entity, other) for other in found if other["type"] in OPAQUE):
                found.append(entity)
    return in_order(found)


def in_order(entities: Sequence[Json]) -> list[Json]:
    """Returns entities in Telegram's order: by offset, longer ones first."""
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def trimmed(text: str, entities: Sequence[Json]) -> tuple[str, list[Json]]:
    """Returns text without blanks at both ends, as Telegram stores it, with the entities adjusted."""
    start = utf16_length(text) - utf16_length(text.lstrip())
    text = text.strip()
    end = utf16_length(text)
    moved = [_clipped(entity, start, end) for entity in entities]
    return text, [entity for entity in moved if entity["length"] > 0]


def _clipped(entity: Json, start: int, end: int) -> Json:
    first = max(entity["offset"] - start, 0)
    last = min(entity["offset"] + entity["length"] - start, end)
    return {**entity, "offset": first, "length": last - first}


def _overlap(one: Json, other: Json) -> bool:
    return bool(one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"])
