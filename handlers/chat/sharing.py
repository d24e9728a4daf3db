"""Renders what members pass on: their links by name, the ready texts for each, and the button that shares one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.kit.buttons import Share
from bot.kit.campaigns import LINK, Campaign, CampaignWords
from bot.kit.context import BotFacts
from bot.kit.languages import Language
from bot.kit.links import MemberLink, Purpose
from bot.kit.products import Product
from bot.kit.titles import TitledKind
from bot.kit.truncate import cut_plain

SHARED_LENGTH_MAX: Final = 200
"""Limits the share page's address: browsers limit addresses."""
_TITLED: Final[Mapping[str, TitledKind]] = {"product": "product", "group": "category"}


@dataclass(frozen=True, slots=True)
class Ready:
    """Holds a text to be passed on with a member's link for this purpose; `picture` as a campaign's."""

    purpose: Purpose
    words: Mapping[Language, CampaignWords]
    picture: str
    picture_is_a_file: bool


def ready_texts(bot: BotFacts) -> list[Ready]:
    """Returns the campaigns, then the bot's products, in the configuration's order."""
    return [*map(_of_campaign, bot.campaigns.values()), *map(_of_product, bot.catalogue.products.values())]


def _of_campaign(campaign: Campaign) -> Ready:
    purpose = Purpose("campaign", campaign.id, campaign.products)
    return Ready(purpose, campaign.words, campaign.picture, campaign.picture_is_a_file)


def _of_product(product: Product) -> Ready:
    words = {
        language: CampaignWords(each.title, "\n".join(dict.fromkeys((each.title, each.description, LINK))))
        for language, each in product.words.items()
    }
    return Ready(purpose_of(product), words, product.picture, picture_is_a_file=False)


def purpose_of(product: Product) -> Purpose:
    """Returns the purpose of a link for one product."""
    return Purpose("product", product.id, (product.id,))


def groups_of(bot: BotFacts) -> list[Purpose]:
    """Returns a purpose for each category with several products."""
    groups: dict[str, list[str]] = {}
    for product in bot.catalogue.products.values():
        if product.category is not None:
            groups.setdefault(product.category, []).append(product.id)
    return [Purpose("group", name, tuple(ids)) for name, ids in groups.items() if len(ids) > 1]


def title_of(bot: BotFacts, purpose: Purpose, language: Language) -> str:
    """Returns a link's name: its tag, or its product's or campaign's title; their id if they are gone."""
    if purpose.kind == "product" and (product := bot.catalogue.products.get(purpose.name)) is not None:
        return product.words[language].title
    if purpose.kind == "campaign" and (campaign := bot.campaigns.get(purpose.name)) is not None:
        return campaign.words[language].title
    kind = _TITLED.get(purpose.kind)
    return purpose.name if kind is None else bot.titles.plain(kind, purpose.name, language)


def share_button(bot: BotFacts, link: MemberLink, words: str) -> Share:
    """Returns a button that shares by inline mode if the bot has it, else by Telegram's page; `words` are without the
    link.
    """
    query = link.purpose.name if link.purpose is not None else ""
    return Share(
        "button-share", cut_plain(words, SHARED_LENGTH_MAX), bot.link(link.code), query if bot.inline else None
    )
