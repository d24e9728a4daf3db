"""What happened in the chats, as a conversation of several people that always reads the same.

The bot answers different people side by side, so that the order of what it sends is chance. Told is each act of a
person, then what came of it: to that person first, to the others in the order of the cast.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from bot.kit.bidi import strip_controls
from bot.playground.story.stage import CAST
from bot.playground.story.words import Words

Json = dict[str, Any]
Mark = Literal["edited", "photo", "alert", "toast"]

_ORDER = {id: place for place, id in enumerate(CAST.values())}


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing said. `to` is empty where a person speaks to the bot; `buttons` are the labels, row by row."""

    speaker: str
    to: str
    text: str
    marks: tuple[Mark, ...] = ()
    buttons: tuple[tuple[str, ...], ...] = ()


class Narrator(Protocol):
    """Who tells the story as it happens."""

    def begin(self, number: int, title: str) -> None:
        """A step begins."""

    def tell(self, utterance: Utterance) -> None:
        """Something was said in it."""


def narrated(events: Iterable[Json], words: Words) -> list[Utterance]:
    """The events of a step, in the order in which they are told."""
    beats: list[list[Json]] = []
    for event in events:
        if _is_act(event) or not beats:
            beats.append([])
        beats[-1].append(event)
    return [said for beat in beats for event in _in_order(beat) if (said := _utterance(event, words))]


def _in_order(beat: Sequence[Json]) -> list[Json]:
    """The actor's chat first; a press's answer right behind the press, for it and the edit race each other."""
    actor = beat[0]["chat_id"]
    place = {"pressed": 0, "answered": 1}
    return sorted(
        beat,
        key=lambda event: (
            event["chat_id"] != actor,
            _ORDER.get(event["chat_id"], len(_ORDER)),
            0 if event is beat[0] else place.get(event["kind"], 2),
        ),
    )


def _is_act(event: Json) -> bool:
    kind, content = event["kind"], event["content"]
    return bool(kind == "pressed" or (kind == "message" and not content["message"]["from"]["is_bot"]))


def _utterance(event: Json, words: Words) -> Utterance | None:
    content, who = event["content"], _name(event["chat_id"], words)
    match event["kind"]:
        case "message" | "edit":
            message = content["message"]
            from_bot = message["from"]["is_bot"]
            bot = words.line("bot")
            return _message(message, *((bot, who) if from_bot else (who, "")), edited=event["kind"] == "edit")
        case "pressed":
            return Utterance(who, "", f"[{strip_controls(content['label'])}]")
        case "answered" if content["text"]:
            mark: Mark = "alert" if content["alert"] else "toast"
            return Utterance(words.line("bot"), who, strip_controls(content["text"]), (mark,))
    return None


def _message(message: Json, speaker: str, to: str, *, edited: bool) -> Utterance:
    marks: list[Mark] = ["edited"] if edited else []
    marks += ["photo"] if "photo" in message else []
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return Utterance(
        speaker,
        to,
        strip_controls(message.get("text") or message.get("caption") or ""),
        tuple(marks),
        tuple(tuple(strip_controls(button["text"]) for button in row) for row in rows),
    )


def _name(chat_id: int, words: Words) -> str:
    found = next((name for name, id in CAST.items() if id == chat_id), None)
    return words.line(f"name-{found}") if found else str(chat_id)
