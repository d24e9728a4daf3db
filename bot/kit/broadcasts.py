"""Broadcasts as handlers see them: what one is, whom it is for, and what may be done about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from bot.kit.languages import LANGUAGES, Language

State = Literal["draft", "running", "paused", "cancelled", "done"]

ACTIVITIES: Final = ("active7", "active30", "away30", "joined", "not_joined", "bought", "never_bought")
"""What people do or have done: used the bot within 7 or 30 days or not within 30, joined, bought, or not."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Conditions that all have to hold; an empty one always does. `rank` is a rank's id."""

    language: str = ""
    rank: str = ""
    activity: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What a broadcast says: Telegram's HTML by language; a photo's file id where it has one."""

    texts: Mapping[Language, str]
    photo: str | None = None

    def text_for(self, language: Language) -> tuple[Language, str]:
        """In the reader's language, else in another one, with the language's name. There has to be a text."""
        chosen = next(each for each in (language, *LANGUAGES) if each in self.texts)
        return chosen, self.texts[chosen]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people, by what became of their message; `recipients` are all of them as far as they are gathered.

    sent: the platform has it. unknown: it may have it; nobody is written to twice. declined: they wanted it no more.
    """

    recipients: int = 0
    sent: int = 0
    blocked: int = 0
    failed: int = 0
    unknown: int = 0
    declined: int = 0

    @property
    def left(self) -> int:
        """To whom it has not been sent yet."""
        return self.recipients - self.sent - self.blocked - self.failed - self.unknown - self.declined


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One text to many people. `author` is the engine's id of the admin who began it; times are ms, UTC.

    gathered: all recipients are known. While it runs, people are still being added until then.
    """

    id: int
    author: str
    state: State
    audience: Audience
    content: Content
    counts: Counts
    gathered: bool
    created_at: int
    started_at: int | None
    finished_at: int | None


class Broadcasts(Protocol):
    """Where broadcasts are kept. Each act is durable when it returns; a second time it changes nothing.

    Acts on a state that does not allow them change nothing either; whoever asks shows what is the case afterwards.
    """

    async def create(self, cause: str, author: str, now: int) -> int:
        """A draft, the same one for the same cause; its id."""

    async def find(self, id: int) -> Broadcast | None: ...

    async def latest(self, skip: int, count: int) -> tuple[list[Broadcast], int]:
        """The newest first, and how many there are in all."""

    async def write(self, id: int, language: Language, html: str) -> None:
        """A draft's text in a language."""

    async def illustrate(self, id: int, photo: str | None) -> None:
        """A draft's photo, or none."""

    async def address(self, id: int, audience: Audience) -> None:
        """Whom a draft is for."""

    async def reach(self, audience: Audience, now: int) -> tuple[int, int]:
        """How many people the audience is, and how many of these have blocked the bot."""

    async def start(self, id: int, chat_id: int, message_id: int | None, now: int) -> None:
        """A draft begins to be sent; how far it is will be shown in that message."""

    async def pause(self, id: int) -> None: ...

    async def resume(self, id: int) -> None: ...

    async def cancel(self, id: int, now: int) -> None:
        """Nobody gets it any more who has not got it yet."""

    async def decline(self, person: str, now: int) -> None:
        """They want no broadcasts."""

    async def accept(self, person: str) -> None:
        """They want them again."""

    async def wanted_by(self, person: str) -> bool:
        """Whether they have not declined them."""
