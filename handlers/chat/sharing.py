"""Renders what members pass on: their links by name, the poster and the ready texts for each, the button to share."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.kit.bot_facts import BotFacts
from bot.kit.buttons import Share
from bot.kit.campaigns import LINK, Campaign, CampaignWords
from bot.kit.context import Context
from bot.kit.formatting import Lines, Link, Percent, Term, Text
from bot.kit.json import Json
from bot.kit.languages import Language
from bot.kit.links import MemberLink, Purpose
from bot.kit.products import Product
from bot.kit.titles import TitledKind
from bot.kit.truncate import cut_plain
from handlers.chat.buttons import PosterForm

NO_DISCOUNT: Final = "0%"
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


def benefit_of(ctx: Context, discount: str = "") -> str:
    """Returns what a friend gets, in plain words: the link's own discount, else the first reward for coming; "" where
    there is none.
    """
    if discount not in ("", NO_DISCOUNT):
        return ctx.texts.plain(ctx.language, "poster-discount", discount=Percent(discount))
    rewards = (each for each in ctx.bot.rewards.values() if each.when == "coming")
    return next((each.words[ctx.language].title for each in rewards), "")


def poster_of(ctx: Context, code: str, discount: str = "", form: PosterForm = "post") -> Json:
    """Returns the recipe of the poster with the code of a link of this member."""
    name = ctx.person.first_name
    return {
        "kind": "poster",
        "form": form,
        "language": ctx.language,
        "link": ctx.bot.link(code),
        "code": code,
        "shop": ctx.bot.texts[ctx.language].name,
        "benefit": benefit_of(ctx, discount),
        "name": name,
        "invitation": ctx.texts.plain(ctx.language, "poster-invitation", name=Text(name)),
        "hint": ctx.texts.plain(ctx.language, "poster-hint"),
        "bot": f"@{ctx.bot.username}",
    }


def to_forward(ctx: Context, code: str, discount: str = "") -> dict[str, Any]:
    """Returns the arguments of the text that goes with a poster: words of the shop, what the friend gets, the link."""
    benefit = benefit_of(ctx, discount)
    words = Term("forward-words", words=Text(ctx.bot.texts[ctx.language].share))
    return {
        "words": Lines((words, Term("forward-benefit", benefit=Text(benefit)))) if benefit else words,
        "link": Link(ctx.bot.link(code)),
    }


def share_button(bot: BotFacts, link: MemberLink, words: str) -> Share:
    """Returns a button that shares by inline mode if the bot has it, else by Telegram's page; `words` are without the
    link.
    """
    query = link.purpose.name if link.purpose is not None else ""
    return Share(
        "button-share", cut_plain(words, SHARED_LENGTH_MAX), bot.link(link.code), query if bot.inline else None
    )
