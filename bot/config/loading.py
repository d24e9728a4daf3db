"""Loads one typed model of `config.toml` and of the environment that overrides it.

`load` reads a file, overlays the `MOAREF_TABLE__KEY` variables and checks every key: errors are listed in
`ConfigError.problems`, each by its full name. `engine.programme` checks the programme's tables.

Secrets appear in no error, no repr and no traceback. So a refused value is never quoted, and errors are raised outside
`except` blocks where the library's own error, kept as their context, would hold the refused value.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.config.brand import BrandTable, brand_problems
from bot.config.campaigns import CampaignTable, picture_problems
from bot.config.environment import with_environment
from bot.config.errors import ConfigError, ConfigUnreadable
from bot.config.keys import known_keys, machine_problems
from bot.config.machine import SQLITE, Log, Machine, OperatorTexts, Store, Telegram, Withdrawals, store_url
from bot.config.notify import Notify
from bot.config.products import ProductTable
from bot.config.rewards import CautionTable, RewardTable, ShareTable, problems_of_rewards
from bot.config.shops import Http, Rates, Shops
from bot.config.support import SupportTable, problems_of_support
from bot.config.titles import Found, programme_titles, title_problems, titles_of, without_titles
from engine.programme.model import PROGRAMME_TABLES, Programme, ProgrammeError, ProgrammeProblem


@dataclass(frozen=True, slots=True)
class Config:
    """Holds a valid configuration.

    `programme_tables` are the tables of `engine.programme`, validated, as the file has them but for their titles, which
    are in `titles`; `folder` (absolute) is the base of relative paths, `file` where it was read from, None if it was in
    no file.
    """

    telegram: Telegram
    store: Store
    texts: OperatorTexts
    log: Log
    http: Http | None
    shops: Shops
    exchange: Rates
    products: tuple[ProductTable, ...]
    rewards: tuple[RewardTable, ...]
    share: ShareTable | None
    caution: CautionTable | None
    campaigns: tuple[CampaignTable, ...]
    programme_tables: Mapping[str, Any]
    folder: Path
    titles: Found = field(default_factory=dict)
    file: Path | None = None
    notify: Notify = field(default_factory=Notify)
    withdrawals: Withdrawals = field(default_factory=Withdrawals)
    brand: BrandTable = field(default_factory=BrandTable)
    support: SupportTable | None = None

    @property
    def secrets(self) -> list[str]:
        """Returns every secret that must not be logged; unset ones are left out."""
        shops = [secret for shop in self.shops.values() for secret in shop.secrets]
        own = (self.telegram.token, self.telegram.provider_token, self.store.key)
        return [known for each in (*own, *shops) if (known := each.get_secret_value())]

    @property
    def database(self) -> Path:
        """Returns the SQLite store's file, absolute."""
        return database_path(self.store.url, self.folder)


def database_path(url: str, folder: Path) -> Path:
    """Returns the file that a `sqlite:///` URL names, a relative one from `folder`. Raises ConfigError for any other
    URL.
    """
    try:
        return (folder / store_url(url).removeprefix(SQLITE)).absolute()
    except ValueError as error:
        raise ConfigError((ProgrammeProblem("store.url", str(error)),)) from None


def load(path: Path, environ: Mapping[str, str], *, token_needed: bool = True) -> Config:
    """Loads the configuration in the file, overlaid with the environment's variables.

    Raises ConfigUnreadable when there is no file to read, ConfigError with everything that is wrong in it.
    `token_needed=False` is for commands that never call Telegram.
    """
    config = build(read_tables(path), environ, path.absolute().parent, token_needed=token_needed)
    return replace(config, file=path.absolute())


def read_tables(path: Path) -> dict[str, Any]:
    """Reads the file's tables. Raises as `load` does; bad TOML is a problem of the file's name."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ConfigUnreadable(path, error.strerror or type(error).__name__) from error
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        expected = f"TOML; {error}"
    except UnicodeDecodeError:
        expected = "a text in UTF-8"
    raise ConfigError((ProgrammeProblem(path.name, expected),))


def build(tables: Mapping[str, Any], environ: Mapping[str, str], folder: Path, *, token_needed: bool = True) -> Config:
    """Builds the configuration of tables that are already read; otherwise as `load`."""
    merged = with_environment(tables, environ)
    own = {name: table for name, table in merged.items() if name not in PROGRAMME_TABLES}
    titled = {name: merged[name] for name in PROGRAMME_TABLES if name in merged}
    programme, (given, wrong_titles) = without_titles(titled), programme_titles(titled)
    machine, problems = _machine(own)
    if token_needed and machine is not None and not machine.telegram.token.get_secret_value():
        problems.append(ProgrammeProblem("telegram.token", "the bot's token; @BotFather gives one"))
    if machine is not None:
        problems += problems_of_rewards(machine.rewards, machine.share, machine.shops, folder)
        problems += picture_problems(machine.campaigns, folder)
        problems += brand_problems(machine.brand, folder)
        problems += title_problems(machine.titles, machine.products, programme, with_shops=bool(machine.shops))
        problems += problems_of_support(machine.support, machine.telegram.admins)
    problems += wrong_titles
    problems += _programme_problems(programme)
    if machine is None or problems:
        raise ConfigError(tuple(problems))
    return Config(
        machine.telegram,
        machine.store,
        machine.texts,
        machine.log,
        http=machine.http,
        shops=machine.shops,
        exchange=machine.exchange,
        products=machine.products,
        notify=machine.notify,
        rewards=machine.rewards,
        share=machine.share,
        caution=machine.caution,
        campaigns=machine.campaigns,
        withdrawals=machine.withdrawals,
        titles=titles_of(given, machine.titles, machine.products),
        brand=machine.brand,
        support=machine.support,
        programme_tables=programme,
        folder=folder,
    )


def programme_of(tables: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the programme's tables of a file, without the bot's and without titles.

    Raises ConfigError for one that belongs to neither.
    """
    unknown = [name for name in tables if name not in PROGRAMME_TABLES and name not in Machine.model_fields]
    if unknown:
        raise ConfigError(tuple(ProgrammeProblem(name, known_keys((name,))) for name in unknown))
    return without_titles({name: tables[name] for name in PROGRAMME_TABLES if name in tables})


def _machine(tables: Mapping[str, Any]) -> tuple[Machine | None, list[ProgrammeProblem]]:
    try:
        return Machine.model_validate(tables), []
    except ValidationError as error:
        return None, list(machine_problems(error))


def _programme_problems(tables: Mapping[str, Any]) -> tuple[ProgrammeProblem, ...]:
    try:
        Programme.from_tables(tables)
    except ProgrammeError as error:
        return error.problems
    return ()
