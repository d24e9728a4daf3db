"""The buttons of broadcasts. Those with an `id` are about the broadcast of that number."""

from dataclasses import dataclass
from typing import Literal

from bot.kit.buttons import Button
from bot.kit.languages import Language

Dimension = Literal["language", "rank", "activity"]
Act = Literal["pause", "resume", "cancel"]


@dataclass(frozen=True)
class OpenBroadcasts(Button, prefix="bcs", admin=True):
    """A page of all broadcasts, the newest on page 1."""

    page: int


@dataclass(frozen=True)
class NewBroadcast(Button, prefix="bcn", admin=True):
    """A draft of one's own."""


@dataclass(frozen=True)
class OpenBroadcast(Button, prefix="bc", admin=True):
    """Its card, as it is now."""

    id: int


@dataclass(frozen=True)
class WriteBroadcast(Button, prefix="bcw", admin=True):
    """The text in a language is asked for."""

    id: int
    language: Language


@dataclass(frozen=True)
class DropPhoto(Button, prefix="bcx", admin=True):
    """The draft goes without its photo."""

    id: int


@dataclass(frozen=True)
class OpenAudience(Button, prefix="bca", admin=True):
    """Whom it may be for."""

    id: int


@dataclass(frozen=True)
class SetAudience(Button, prefix="bcd", admin=True):
    """One condition of the audience: the option at this place of its list, of which the first is none."""

    id: int
    dimension: Dimension
    place: int


@dataclass(frozen=True)
class PreviewBroadcast(Button, prefix="bcv", admin=True):
    """As it looks in each language."""

    id: int


@dataclass(frozen=True)
class TestBroadcast(Button, prefix="bct", admin=True):
    """As the admin would get it."""

    __test__ = False
    id: int


@dataclass(frozen=True)
class AskToStart(Button, prefix="bcq", admin=True):
    """To how many it would go, and how long it would take."""

    id: int


@dataclass(frozen=True)
class StartBroadcast(Button, prefix="bcgo", admin=True):
    """It is sent."""

    id: int


@dataclass(frozen=True)
class AskToCancel(Button, prefix="bcz", admin=True):
    """Whether it is to end for good."""

    id: int


@dataclass(frozen=True)
class SteerBroadcast(Button, prefix="bcr", admin=True):
    """It is paused, goes on, or ends for good."""

    act: Act
    id: int
