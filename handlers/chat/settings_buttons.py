"""The buttons of /settings."""

from dataclasses import dataclass

from bot.kit.buttons import Button
from bot.kit.preferences import Frequency, Group


@dataclass(frozen=True)
class SwitchGroup(Button, prefix="set_g"):
    """A kind of notices on or off."""

    group: Group
    on: bool


@dataclass(frozen=True)
class SwitchBroadcasts(Button, prefix="set_b"):
    """Messages to everybody on or off."""

    on: bool


@dataclass(frozen=True)
class OpenDigest(Button, prefix="set_d"):
    """How often the digest comes, and when."""


@dataclass(frozen=True)
class ChooseFrequency(Button, prefix="set_f"):
    """How often the digest comes."""

    digest: Frequency


@dataclass(frozen=True)
class ChooseHour(Button, prefix="set_h"):
    """At which hour the digest comes."""

    hour: int


@dataclass(frozen=True)
class SetAlways(Button, prefix="set_a"):
    """Whether the digest comes when there is nothing to say."""

    on: bool


@dataclass(frozen=True)
class OpenZones(Button, prefix="set_z"):
    """The choice of zones."""


@dataclass(frozen=True)
class ChooseZone(Button, prefix="set_zone"):
    """One of the zones, by its IANA name; "" is the programme's."""

    zone: str


@dataclass(frozen=True)
class OpenQuiet(Button, prefix="set_q"):
    """The choice of quiet hours."""


@dataclass(frozen=True)
class ChooseQuiet(Button, prefix="set_quiet"):
    """Some quiet hours; the same hour twice for none."""

    begins: int
    ends: int
