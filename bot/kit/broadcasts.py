"""Defines broadcasts for handlers: their content, audience and actions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from bot.kit.languages import Language, by_preference

State = Literal["draft", "running", "paused", "cancelled", "done"]

ACTIVITIES: Final = ("active7", "active30", "away30", "joined", "not_joined", "bought", "never_bought")
"""The activities to choose from: used the bot within 7 or 30 days or not within 30, joined, bought, or not."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Holds conditions that all have to be met; an empty audience is everybody. `rank` is a rank's id."""

    language: str = ""
    rank: str = ""
    activity: str = ""


@dataclass(frozen=True, slots=True)
class BroadcastContent:
    """Holds a broadcast's text, Telegram's HTML by language, and its photo's file id if it has one."""

    texts: Mapping[Language, str]
    photo: str | None = None

    def text_for(self, language: Language) -> tuple[Language, str]:
        """Returns the text in the reader's language, else in the best other, with that language. Needs at least one
        text.
        """
        chosen = next(each for each in by_preference(language) if each in self.texts)
        return chosen, self.texts[chosen]


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts people by delivery status; `recipients` are all of them as far as they are gathered.

    sent: Telegram has it. unknown: Telegram may have it; no message is sent twice. declined: they declined broadcasts
    meanwhile.
    """

    recipients: int = 0
    sent: int = 0
    blocked: int = 0
    failed: int = 0
    unknown: int = 0
    declined: int = 0

    @property
    def left(self) -> int:
        """Counts the people to whom it has not been sent yet."""
        return self.recipients - self.sent - self.blocked - self.failed - self.unknown - self.declined


@dataclass(frozen=True, slots=True)
class Broadcast:
    """Holds one text to many people. `author` is the engine's id of the admin who began it; times are ms, UTC.

    gathered: all recipients are known. Until then people are still being added while it runs.
    """

    id: int
    author: str
    state: State
    audience: Audience
    content: BroadcastContent
    counts: Counts
    gathered: bool
    created_at: int
    started_at: int | None
    finished_at: int | None


class Broadcasts(Protocol):
    """Stores broadcasts. Each action is durable when it returns; a repeat changes nothing.

    Actions that the state does not allow change nothing either; the caller shows the resulting state.
    """

    async def create(self, cause: str, author: str, now: int) -> int:
        """Creates a draft, the same one for the same cause; returns its id."""

    async def find(self, id: int) -> Broadcast | None: ...

    async def latest(self, skip: int, count: int) -> tuple[list[Broadcast], int]:
        """Returns a page, the newest first, and the total count."""

    async def under_way(self) -> int:
        """Counts those that are being sent or paused."""

    async def write(self, id: int, language: Language, html: str) -> None:
        """Sets a draft's text in a language."""

    async def illustrate(self, id: int, photo: str | None) -> None:
        """Sets or removes a draft's photo."""

    async def address(self, id: int, audience: Audience) -> None:
        """Sets a draft's audience."""

    async def reach(self, audience: Audience, now: int) -> tuple[int, int]:
        """Counts the people of the audience, and those among them who have blocked the bot."""

    async def start(self, id: int, chat_id: int, message_id: int | None, now: int) -> None:
        """Starts sending a draft; progress is shown in that message."""

    async def pause(self, id: int) -> None: ...

    async def resume(self, id: int) -> None: ...

    async def cancel(self, id: int, now: int) -> None:
        """Cancels it: those who have not got it yet do not get it."""

    async def decline(self, person: str, now: int) -> None:
        """Declines broadcasts for the person."""

    async def accept(self, person: str) -> None:
        """Accepts broadcasts again for the person."""

    async def wanted_by(self, person: str) -> bool:
        """Returns whether the person has not declined broadcasts."""
