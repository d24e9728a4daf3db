"""Defines the services that every handler of the chat may call."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from bot.kit.admins import Admins
from bot.kit.broadcasts import Broadcasts
from bot.kit.delivery_status import DeliveryStatuses
from bot.kit.effects import Draft
from bot.kit.figures import ProgrammeFigures
from bot.kit.friends import Friends
from bot.kit.links import Links
from bot.kit.order_numbers import OrderNumbers
from bot.kit.person import People
from bot.kit.preferences import PreferenceRepository
from bot.kit.programme_file import ProgrammeFile
from bot.kit.shop import ShopProblemList
from bot.kit.support import Support
from bot.kit.texts import Texts

if TYPE_CHECKING:
    from engine.service import Engine


class Drafts(Protocol):
    """Finds cards that wait for confirmation; the store implements it."""

    async def find(self, token: str) -> Draft | None:
        """Finds a draft by the token in a card's button; None for one that never was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatServices:
    """Holds what is the same for every update of a process."""

    engine: "Engine"
    people: People
    admins: Admins
    programme_file: ProgrammeFile
    drafts: Drafts
    broadcasts: Broadcasts
    delivery_statuses: DeliveryStatuses
    preferences: PreferenceRepository
    friends: Friends
    links: Links
    figures: ProgrammeFigures
    order_numbers: OrderNumbers
    shop_problems: ShopProblemList
    support: Support
    texts: Texts
