"""Defines the typed model of the bot's own tables."""

import base64
import re
import string
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr, StrictInt

from bot.config.brand import BrandTable
from bot.config.campaigns import Campaigns
from bot.config.notify import Notify
from bot.config.products import Products
from bot.config.rewards import CautionTable, Rewards, ShareTable
from bot.config.shops import Http, Rates, Shops, no_secret_twice
from bot.config.support import SupportTable
from bot.config.tables import TableByLanguage, at_most, at_most_units
from bot.config.titles import TitleTable
from bot.kit.bot_profile import LENGTHS_MAX
from bot.kit.config_tables import ConfigTable, http_address

SQLITE = "sqlite:///"
KEY_BYTES = 32


def decode_key(key: str) -> bytes:
    """Decodes a store's key, 32 bytes in URL-safe base64. Raises ValueError for anything else."""
    decoded = base64.b64decode(key.encode("ascii"), altchars=b"-_", validate=True)
    if len(decoded) != KEY_BYTES:
        raise ValueError("not 32 bytes")
    return decoded


def _token(token: SecretStr) -> SecretStr:
    if not re.fullmatch(r"([0-9]+:[A-Za-z0-9_-]+)?", token.get_secret_value()):
        raise ValueError("the bot's token as @BotFather gives it: digits, a colon, letters and digits")
    return token


def _key(key: SecretStr) -> SecretStr:
    try:
        if key.get_secret_value():
            decode_key(key.get_secret_value())
    except ValueError:
        raise ValueError("32 bytes in URL-safe base64, as `moaref init` makes them") from None
    return key


def _link(pattern: str) -> str:
    try:
        names = sorted(name for _, name, _, _ in string.Formatter().parse(pattern) if name is not None)
    except ValueError:
        names = []
    if names != ["bot", "code"]:
        raise ValueError("an address with {bot} and {code} in it, once each, and no other braces")
    return http_address(pattern)


def store_url(url: str) -> str:
    """Validates a store's URL. Raises ValueError for anything but a file that SQLite can keep."""
    if not url.startswith(SQLITE) or url in (SQLITE, SQLITE + ":memory:"):
        other = re.match(r"(?!sqlite:)[a-z][a-z0-9+.-]*://", url)
        refused = f"; {other[0]} is not supported" if other else ""
        raise ValueError(f"sqlite:///FILE, or sqlite:////FILE for an absolute path{refused}")
    return url


class Telegram(ConfigTable):
    """Configures the connection to Telegram, the admins (numeric ids), and rate limits."""

    token: Annotated[SecretStr, AfterValidator(_token)] = SecretStr("")
    base_url: Annotated[str, AfterValidator(http_address)] = "https://api.telegram.org/bot"
    base_file_url: Annotated[str, AfterValidator(http_address)] = "https://api.telegram.org/file/bot"
    link_url: Annotated[str, AfterValidator(_link)] = "https://t.me/{bot}?start={code}"
    admins: Annotated[tuple[Annotated[StrictInt, Field(gt=0)], ...], Field(strict=False)] = ()
    mode: Literal["polling"] = "polling"
    messages_per_second: Annotated[int, Field(ge=1, le=1000)] = 30
    messages_per_chat_per_second: Annotated[int, Field(ge=1, le=100)] = 1
    chat_burst: Annotated[int, Field(ge=1, le=100)] = 3
    broadcasts_per_second: Annotated[int, Field(ge=1, le=1000)] = 25
    workers: Annotated[int, Field(ge=1, le=256)] = 16
    poll_timeout_seconds: Annotated[int, Field(ge=0, le=50)] = 30
    provider_token: SecretStr = SecretStr("")


class Store(ConfigTable):
    """Configures the store, the key that encrypts cards and Sheba numbers in it, and how long it keeps what is over."""

    url: Annotated[str, AfterValidator(store_url)] = "sqlite:///moaref.db"
    key: Annotated[SecretStr, AfterValidator(_key)] = SecretStr("")
    keep_told_days: Annotated[int, Field(ge=1, le=36_500)] = 90


def _shop_url(url: str) -> str:
    if re.search("[{}]", url.replace("{code}", "")):
        raise ValueError("an address whose only braces are those of {code}")
    return http_address(url) if url else url


class LanguageTexts(ConfigTable):
    """Holds the programme's own words in one language, plain text. Empty: the catalogue's.

    The name and the two descriptions are also the bot's on Telegram.
    shop_url: where a friend goes to buy, with {code} for the link's code; empty: the page of the first shop.
    """

    welcome: Annotated[str, at_most(600)] = ""
    name: Annotated[str, at_most(60)] = ""
    share: Annotated[str, at_most(300)] = ""
    description: Annotated[str, at_most_units(LENGTHS_MAX["description"])] = ""
    short_description: Annotated[str, at_most_units(LENGTHS_MAX["short_description"])] = ""
    shop_url: Annotated[str, AfterValidator(_shop_url)] = ""


class OperatorTexts(TableByLanguage[LanguageTexts]):
    """Holds the programme's own words, a table for each language."""


class Log(ConfigTable):
    """Configures the log."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["console", "json"] = "console"


class Withdrawals(ConfigTable):
    """Configures how many withdrawals one member may request; 0 = no limit."""

    open_requests: Annotated[int, Field(ge=0, le=1000)] = 1
    requests_an_hour: Annotated[int, Field(ge=0, le=1000)] = 3


class Machine(ConfigTable):
    """Holds the bot's own tables."""

    telegram: Telegram = Telegram()
    store: Store = Store()
    texts: OperatorTexts = OperatorTexts()
    brand: BrandTable = BrandTable()
    log: Log = Log()
    http: Http | None = None
    shops: Annotated[Shops, AfterValidator(no_secret_twice)] = Field(default_factory=dict)
    exchange: Rates = Field(default_factory=dict)
    products: Products = ()
    titles: TitleTable = TitleTable()
    notify: Notify = Notify()
    rewards: Rewards = ()
    share: ShareTable | None = None
    caution: CautionTable | None = None
    campaigns: Campaigns = ()
    withdrawals: Withdrawals = Withdrawals()
    support: SupportTable | None = None
