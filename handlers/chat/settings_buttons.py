"""Defines the buttons of /settings."""

from dataclasses import dataclass

from bot.kit.buttons import Button
from bot.kit.preferences import Frequency, Gather, Group


@dataclass(frozen=True)
class SwitchGroup(Button, prefix="set_g"):
    """Switches a kind of notice on or off."""

    group: Group
    on: bool


@dataclass(frozen=True)
class SwitchBroadcasts(Button, prefix="set_b"):
    """Switches messages to everybody on or off."""

    on: bool


@dataclass(frozen=True)
class OpenDigest(Button, prefix="set_d"):
    """Opens the digest's frequency and hour."""


@dataclass(frozen=True)
class ChooseFrequency(Button, prefix="set_f"):
    """Sets the digest's frequency."""

    digest: Frequency


@dataclass(frozen=True)
class ChooseHour(Button, prefix="set_h"):
    """Sets the digest's hour."""

    hour: int


@dataclass(frozen=True)
class SetAlways(Button, prefix="set_a"):
    """Sets whether the digest comes without news."""

    on: bool


@dataclass(frozen=True)
class OpenZones(Button, prefix="set_z"):
    """Opens the choice of zones."""


@dataclass(frozen=True)
class ChooseZone(Button, prefix="set_zone"):
    """Sets a zone by its IANA name; "" is the programme's."""

    zone: str


@dataclass(frozen=True)
class OpenQuiet(Button, prefix="set_q"):
    """Opens the choice of quiet hours."""


@dataclass(frozen=True)
class ChooseQuiet(Button, prefix="set_quiet"):
    """Sets quiet hours; the same hour twice for none."""

    begins: int
    ends: int


@dataclass(frozen=True)
class OpenGather(Button, prefix="set_c"):
    """Opens the choice of how often commissions are told."""


@dataclass(frozen=True)
class ChooseGather(Button, prefix="set_often"):
    """Sets how often commissions are told."""

    gather: Gather
