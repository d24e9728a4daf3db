"""Defines the buttons of broadcasts. Those with an `id` are about the broadcast of that number."""

from dataclasses import dataclass
from typing import Literal

from bot.kit.buttons import Button
from bot.kit.languages import Language

Dimension = Literal["language", "rank", "activity"]
Act = Literal["pause", "resume", "cancel"]


@dataclass(frozen=True)
class OpenBroadcasts(Button, prefix="bcs", admin=True):
    """Opens a page of all broadcasts, the newest on page 1."""

    page: int


@dataclass(frozen=True)
class NewBroadcast(Button, prefix="bcn", admin=True):
    """Creates an empty draft."""


@dataclass(frozen=True)
class OpenBroadcast(Button, prefix="bc", admin=True):
    """Opens the current card of a broadcast."""

    id: int


@dataclass(frozen=True)
class WriteBroadcast(Button, prefix="bcw", admin=True):
    """Asks for the text in a language."""

    id: int
    language: Language


@dataclass(frozen=True)
class DropPhoto(Button, prefix="bcx", admin=True):
    """Removes the draft's photo."""

    id: int


@dataclass(frozen=True)
class OpenAudience(Button, prefix="bca", admin=True):
    """Opens the choice of the audience."""

    id: int


@dataclass(frozen=True)
class SetAudience(Button, prefix="bcd", admin=True):
    """Sets one condition of the audience: the option at this place of its list, of which the first is none."""

    id: int
    dimension: Dimension
    place: int


@dataclass(frozen=True)
class PreviewBroadcast(Button, prefix="bcv", admin=True):
    """Shows the broadcast in each language."""

    id: int


@dataclass(frozen=True)
class TestBroadcast(Button, prefix="bct", admin=True):
    """Sends the broadcast to the admin alone."""

    __test__ = False
    id: int


@dataclass(frozen=True)
class AskToStart(Button, prefix="bcq", admin=True):
    """Asks for confirmation, with the number of people and the expected duration."""

    id: int


@dataclass(frozen=True)
class StartBroadcast(Button, prefix="bcgo", admin=True):
    """Starts sending."""

    id: int


@dataclass(frozen=True)
class AskToCancel(Button, prefix="bcz", admin=True):
    """Asks whether it is to end for good."""

    id: int


@dataclass(frozen=True)
class SteerBroadcast(Button, prefix="bcr", admin=True):
    """Pauses, resumes, or ends it for good."""

    act: Act
    id: int
