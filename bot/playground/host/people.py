"""Defines the demo's people with phones: a member, an invited friend and an admin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from bot.kit.json import Json
from bot.kit.languages import Language
from bot.playground.chats import User
from bot.playground.story.stage import ADMINS, MEMBERS
from bot.playground.story.words import story_languages, story_texts

Role = Literal["member", "friend", "admin"]

ROLES: Final[dict[str, Role]] = {"nader": "member", "babak": "friend", "hamid": "admin"}
"""By username, in the page's order of phones. The configuration's second admin has no phone."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Holds a person with a phone: Telegram id, username, role, and their name by language."""

    id: int
    username: str
    role: Role
    names: dict[Language, str]

    def user(self, language: Language) -> User:
        """Returns their Telegram account."""
        return User(self.id, self.names[language], None, self.username, language)

    def as_json(self, language: Language) -> Json:
        """Returns the person as the page's JSON."""
        shown = {"id": self.id, "name": dict(self.names), "role": self.role}
        return {**shown, "username": self.username, "language": language}


def visitors() -> list[Visitor]:
    """Returns the people with phones, in the page's order."""
    ids, texts = {**MEMBERS, **ADMINS}, story_texts()
    return [
        Visitor(ids[who], who, role, {language: texts.plain(language, f"name-{who}") for language in story_languages()})
        for who, role in ROLES.items()
    ]
