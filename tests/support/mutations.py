"""Mutates requests: bytes flipped, cut, doubled; values replaced by others, some of them huge."""

from __future__ import annotations

import copy
import json
from random import Random
from typing import Any, Final

MONSTERS: Final[tuple[Any, ...]] = (
    None, True, False, 0, -1, 1, 2**63, 10**400, 0.5, "", " ", "\x00", "\u202e", "۱۲", "9" * 5000, "-0", "1e9",
    "' OR 1=1 --", "../../etc/passwd", "<script>", "{code}", "%s%n", [], {}, [[]], {"a": {"b": []}}, "\ud800",
)  # fmt: skip


def mutated(body: dict[str, Any], random: Random) -> bytes:
    """Returns the body, changed in one or a few places."""
    content = copy.deepcopy(body)
    for _ in range(random.randint(0, 3)):
        _replace_something(content, random)
    raw = json.dumps(content).encode()
    for _ in range(random.choice((0, 0, 0, 0, 0, 1, 2))):
        raw = _turned(raw, random)
    return raw


def _replace_something(content: Any, random: Random) -> None:
    """Walks down at random and changes, drops, adds or doubles a value."""
    while isinstance(content, dict | list) and content:
        places = list(content) if isinstance(content, dict) else list(range(len(content)))
        place = random.choice(places)
        inner = content[place]
        if isinstance(inner, dict | list) and inner and random.random() < 0.7:
            content = inner
            continue
        _change(content, place, random)
        return


def _change(content: Any, place: Any, random: Random) -> None:
    kind = random.randrange(5)
    if kind == 0:
        del content[place]
    elif kind == 1 and isinstance(content, list):
        content.extend([content[place]] * random.choice((1, 2, 300)))
    elif kind == 2 and isinstance(content, dict):
        content[random.choice(("order", "id", "extra", "")) + str(random.randrange(3))] = copy.deepcopy(content[place])
    else:
        content[place] = copy.deepcopy(random.choice(MONSTERS))


def _turned(raw: bytes, random: Random) -> bytes:
    place = random.randrange(len(raw) + 1)
    match random.randrange(4):
        case 0:
            return raw[:place]
        case 1:
            return raw[:place] + bytes([random.randrange(256)]) + raw[place + 1 :]
        case 2:
            return raw[:place] + raw[random.randrange(len(raw) + 1) :]
        case _:
            return raw[:place] + random.choice((b"\x00", b"\xff\xfe", b"{", b"]", b'"', b"\\u0000")) + raw[place:]
