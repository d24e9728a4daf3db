"""Defines the buttons by which owners change offers and rates."""

from dataclasses import dataclass
from typing import Literal

from bot.kit.buttons import Button

OfferPart = Literal["rate", "things", "starts", "ends", "title", "sellers"]
"""What an owner is asked about a new offer, one after the other."""


@dataclass(frozen=True)
class OpenOfferList(Button, prefix="ofs", owner=True):
    """Opens the offers that hold now or later."""


@dataclass(frozen=True)
class StartOffer(Button, prefix="ofnew", owner=True):
    """Begins a new offer."""


@dataclass(frozen=True)
class ChooseForOffer(Button, prefix="ofset", owner=True):
    """Answers a question about the offer of the draft by one of its suggestions."""

    token: str
    part: OfferPart
    place: int


@dataclass(frozen=True)
class AskSellers(Button, prefix="ofsel", owner=True):
    """Asks for which sellers alone the offer of the draft is."""

    token: str


@dataclass(frozen=True)
class CloseOffer(Button, prefix="ofend", owner=True):
    """Asks whether the offer at that place of the programme in that row of the journal is to end."""

    place: int
    seen: int


@dataclass(frozen=True)
class OpenRates(Button, prefix="rates", owner=True):
    """Opens the rates of ranks, products and categories."""


@dataclass(frozen=True)
class AskRate(Button, prefix="rate", owner=True):
    """Asks for another rate of the thing at that place of the list, of the programme in that row of the journal."""

    place: int
    seen: int


@dataclass(frozen=True)
class AskRatedThing(Button, prefix="ratenew", owner=True):
    """Asks which product or category gets a rate of its own."""


@dataclass(frozen=True)
class DropRate(Button, prefix="ratedel", owner=True):
    """Takes the rate at that place of the list away."""

    place: int
    seen: int


@dataclass(frozen=True)
class ConfirmProgramme(Button, prefix="prgok", owner=True):
    """Puts the proposed programme in force."""

    token: str
