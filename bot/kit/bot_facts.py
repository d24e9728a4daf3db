"""Holds what the running bot knows of itself: its name, its programme's texts and what the configuration sets."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.kit.bot_profile import OwnProfile
from bot.kit.campaigns import Campaign
from bot.kit.languages import Language
from bot.kit.preferences import Defaults
from bot.kit.products import Catalogue
from bot.kit.rewards import Reward, SharedBudget
from bot.kit.support import SupportChannel
from bot.kit.titles import Titles
from engine.withdrawal_limits import WithdrawalLimits

if TYPE_CHECKING:
    from engine.money import Currency


@dataclass(frozen=True, slots=True)
class ProgrammeTexts:
    """Holds the operator's plain texts in one language: the shop's name, its welcome, a text to forward."""

    name: str
    welcome: str
    share: str


@dataclass(frozen=True, slots=True)
class BotFacts:
    """Holds the bot's own data and configuration.

    link_url: a pattern of {bot} and {code}. admins: Telegram ids. currency, zone: the programme's money and time zone.
    broadcasts_per_second: how many people a broadcast reaches in a second. defaults: the preferences of people who have
    chosen nothing. rewards: what friends get, by id. share: how members may split their commission, None where they
    cannot. campaigns: by id. inline: whether the bot has inline mode. shops: the names of the connected shops. titles:
    what people read for ids of the programme. support: where people find help, None where the configuration names no
    place. profile: the operator's words for the bot's own profile. shop_urls: where friends go to buy, mostly with
    {code} in it.
    """

    username: str
    link_url: str
    admins: Collection[int]
    texts: Mapping[Language, ProgrammeTexts]
    currency: "Currency"
    zone: str
    catalogue: Catalogue
    broadcasts_per_second: int = 25
    defaults: Defaults = field(default_factory=Defaults)
    rewards: Mapping[str, Reward] = field(default_factory=dict)
    share: SharedBudget | None = None
    campaigns: Mapping[str, Campaign] = field(default_factory=dict)
    inline: bool = False
    shops: frozenset[str] = frozenset()
    titles: Titles = field(default_factory=Titles)
    withdrawals: WithdrawalLimits = field(default_factory=WithdrawalLimits)
    support: SupportChannel | None = None
    profile: Mapping[Language, OwnProfile] = field(default_factory=dict)
    shop_urls: Mapping[Language, str] = field(default_factory=dict)

    def shop_address(self, language: Language, code: str) -> str | None:
        """Returns the shop's address for a friend with a link's code in it, where it asks for one; None without one."""
        return self.shop_urls.get(language, "").replace("{code}", code) or None

    def link(self, code: str) -> str:
        """Returns the invitation link of a code, which also starts the bot with it."""
        return self.link_url.format(bot=self.username, code=code)

    @property
    def home(self) -> str:
        """Returns the address of the private chat with the bot."""
        return self.link("").partition("?")[0]
