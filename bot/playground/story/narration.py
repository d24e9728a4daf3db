"""Narrates the chats' events as a conversation of several people, in a reproducible order.

The bot answers different people concurrently, so the order of its messages is random. Each act of a person is narrated,
then its results: for that person first, for the others in the order of the cast.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from bot.kit.bidi import strip_controls
from bot.kit.json import Json
from bot.playground.story.stage import CAST
from bot.playground.story.words import StoryWords

Mark = Literal["edited", "photo", "alert", "toast"]

_ORDER = {id: place for place, id in enumerate(CAST.values())}


@dataclass(frozen=True, slots=True)
class Utterance:
    """Holds one utterance. `to` is empty where a person speaks to the bot; `buttons` are the labels, row by row."""

    speaker: str
    to: str
    text: str
    marks: tuple[Mark, ...] = ()
    buttons: tuple[tuple[str, ...], ...] = ()


class Narrator(Protocol):
    """Narrates the story as it happens."""

    def begin(self, number: int, title: str) -> None:
        """Begins a step."""

    def tell(self, utterance: Utterance) -> None:
        """Narrates one utterance of the step."""


def narrated(events: Iterable[Json], words: StoryWords) -> list[Utterance]:
    """Returns a step's events, in the order of narration."""
    beats: list[list[Json]] = []
    for event in events:
        if _is_act(event) or not beats:
            beats.append([])
        beats[-1].append(event)
    return [said for beat in beats for event in _in_order(beat) if (said := _utterance(event, words))]


def _in_order(beat: Sequence[Json]) -> list[Json]:
    """Sorts the actor's chat first, with a press's answer right behind the press, because it races the edit."""
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


def _utterance(event: Json, words: StoryWords) -> Utterance | None:
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


def _name(chat_id: int, words: StoryWords) -> str:
    found = next((name for name, id in CAST.items() if id == chat_id), None)
    return words.line(f"name-{found}") if found else str(chat_id)
