"""Parses Telegram's HTML: returns plain text with entities, or raises Telegram's refusal.

The tags and attributes are those of the Bot API's "HTML style"; named entities are `&lt; &gt; &amp; &quot;` and any
numeric one. Byte offsets in refusals count UTF-8 bytes of the source.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.kit.json import Json
from bot.playground.entities import in_order, utf16_length
from bot.playground.refusals import UnparsableText

NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
}
TAGS = frozenset({*SIMPLE, "a", "blockquote", "tg-emoji"})

ENTITY = re.compile(r"&(?:#x(?P<hex>[0-9a-fA-F]{1,6})|#(?P<decimal>[0-9]{1,7})|(?P<name>[a-zA-Z]\w*));?")
END_TAG = re.compile(r"</(?P<name>[^\s>]*)\s*>")
START_TAG = re.compile(r"<(?P<name>[^\s>]*)(?P<rest>(?:\"[^\"]*\"|'[^']*'|[^>\"'])*)>")
ATTRIBUTE = re.compile(
    r"\s*(?P<name>[^\s=>/\"']+)(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[\w.-]+)))?"
)


@dataclass(frozen=True, slots=True)
class Formatted:
    """Holds plain text and its entities; `unescaped` are names like `&nbsp;` that Telegram shows literally."""

    text: str
    entities: list[Json]
    unescaped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenTag:
    """Holds an open tag: the start of its text, in UTF-16 code units and in characters."""

    name: str
    attributes: Mapping[str, str]
    offset: int
    start: int


def parse_html(source: str) -> Formatted:
    """Returns `source` as plain text with entities; raises `UnparsableText` with Telegram's reason."""
    reading = _Reading(source)
    while reading.at < len(source):
        match source[reading.at]:
            case "<" if source.startswith("</", reading.at):
                reading.close_tag()
            case "<":
                reading.open_tag()
            case "&":
                reading.escaped()
            case character:
                reading.take(character, 1)
    if reading.open:
        raise UnparsableText(f'Can\'t find end tag corresponding to start tag "{reading.open[-1].name}"')
    entities = in_order([_plain_code(entity) for entity in reading.entities])
    return Formatted("".join(reading.text), entities, tuple(reading.unescaped))


@dataclass(slots=True)
class _Reading:
    """Holds the parser's position in the source, and its output."""

    source: str
    at: int = 0
    offset: int = 0
    text: list[str] = field(default_factory=list)
    open: list[OpenTag] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)
    unescaped: list[str] = field(default_factory=list)

    def take(self, character: str, width: int) -> None:
        """Adds one character of text that took `width` characters of the source."""
        self.text.append(character)
        self.offset += utf16_length(character)
        self.at += width

    def escaped(self) -> None:
        """Reads `&...;`; an unknown entity is kept as literal text and noted."""
        match = ENTITY.match(self.source, self.at)
        character = _decoded(match) if match else None
        if match and character:
            self.take(character, len(match.group()))
            return
        if match:
            self.unescaped.append(match.group())
        self.take("&", 1)

    def open_tag(self) -> None:
        """Reads a start tag."""
        match = START_TAG.match(self.source, self.at)
        if match is None:
            raise UnparsableText(f"Unclosed start tag at byte offset {self._bytes()}")
        name = match["name"].lower()
        if name not in TAGS:
            raise UnparsableText(f'Unsupported start tag "{name}" at byte offset {self._bytes()}')
        attributes = self._attributes(name, match["rest"])
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise UnparsableText(f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes()}')
        self.open.append(OpenTag(name, attributes, self.offset, len(self.text)))
        self.at = match.end()

    def close_tag(self) -> None:
        """Reads an end tag and records the entity that it completes."""
        match = END_TAG.match(self.source, self.at)
        if match is None:
            raise UnparsableText(f"Unclosed end tag at byte offset {self._bytes()}")
        if not self.open:
            raise UnparsableText(f"Unexpected end tag at byte offset {self._bytes()}")
        name, expected = match["name"].lower(), self.open[-1].name
        if name not in {expected, ""}:
            raise UnparsableText(
                f'Unmatched end tag at byte offset {self._bytes()}, expected "</{expected}>", found "</{name}>"'
            )
        self._complete(self.open.pop())
        self.at = match.end()

    def _complete(self, tag: OpenTag) -> None:
        length = self.offset - tag.offset
        entity = _entity(tag, "".join(self.text[tag.start :]))
        if length == 0 or entity is None:
            return
        place = {"offset": tag.offset, "length": length}
        if tag.name == "pre" and self.entities and self.entities[-1].items() >= {"type": "code", **place}.items():
            inner = self.entities.pop()
            entity |= {key: inner[key] for key in ("language",) if key in inner}
        self.entities.append({**entity, **place})

    def _attributes(self, tag: str, rest: str) -> dict[str, str]:
        attributes: dict[str, str] = {}
        at = 0
        while rest[at:].strip():
            match = ATTRIBUTE.match(rest, at)
            if match is None:
                raise UnparsableText(f'Empty attribute name in the tag "{tag}" at byte offset {self._bytes()}')
            value = next((match[key] for key in ("double", "single", "bare") if match[key] is not None), None)
            if value is None and (tag, match["name"]) != ("blockquote", "expandable"):
                where = f'of the tag "{tag}" at byte offset {self._bytes()}'
                raise UnparsableText(f"Expected equal sign in declaration of an attribute {where}")
            attributes[match["name"].lower()] = ENTITY.sub(lambda found: _decoded(found) or found.group(), value or "")
            at = match.end()
        return attributes

    def _bytes(self) -> int:
        return len(self.source[: self.at].encode())


def _entity(tag: OpenTag, inside: str) -> Json | None:
    """Returns a closed tag's entity, without its place; None where it has none."""
    match tag.name:
        case "a":
            return _link(tag.attributes.get("href") or inside)
        case "blockquote":
            return {"type": "expandable_blockquote" if "expandable" in tag.attributes else "blockquote"}
        case "tg-emoji":
            return {"type": "custom_emoji", "custom_emoji_id": tag.attributes.get("emoji-id", "")}
        case "code" if tag.attributes.get("class", "").startswith("language-"):
            return {"type": "code", "language": tag.attributes["class"].removeprefix("language-")}
        case name:
            return {"type": SIMPLE[name]}


def _plain_code(entity: Json) -> Json:
    """Returns an entity without the language that only a `pre` around its `code` may carry."""
    return {key: entity[key] for key in entity if key != "language" or entity["type"] == "pre"}


def _link(url: str) -> Json | None:
    """Returns a link's entity; None for an invalid address, which stays plain text as in Telegram."""
    if person := re.fullmatch(r"tg://user\?id=(\d{1,19})", url):
        return {"type": "text_mention", "user_id": int(person[1])}
    return {"type": "text_link", "url": url} if is_link(url) else None


def is_link(url: str) -> bool:
    """Returns whether Telegram accepts `url` as an address: http(s), tg, ton, or a host name with a dot."""
    if re.match(r"(?:https?|tg|ton)://[^\s/]", url, re.IGNORECASE):
        return not re.search(r"\s", url)
    return re.fullmatch(r"[\w-]+(?:\.[\w-]+)+(?:[:/?#]\S*)?", url) is not None


def _decoded(match: re.Match[str]) -> str | None:
    """Returns the character that an entity stands for; None for one unknown to Telegram."""
    if match["name"]:
        return NAMED.get(match["name"])
    code = int(match["hex"], 16) if match["hex"] else int(match["decimal"])
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else None
