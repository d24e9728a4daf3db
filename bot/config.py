"""One typed model of `config.toml` and of the environment that overrides it.

`load` reads a file, lays the `MOAREF_TABLE__KEY` variables over it and checks every key: what is wrong comes
as `ConfigError.problems`, each by its full name. `engine.programme` checks the programme's tables.

Secrets appear in no error, no repr and no traceback. So a refused value is never quoted, and errors rise
outside `except` blocks where the library's own error, kept as their context, would hold what it refused.
"""

import base64
import re
import string
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import AfterValidator, BaseModel, Field, SecretStr, StrictInt, ValidationError

from bot.config_campaigns import Campaigns, CampaignTable, picture_problems
from bot.config_notify import Notify
from bot.config_products import Products, ProductTable
from bot.config_rewards import CautionTable, Rewards, RewardTable, ShareTable, problems_of_rewards
from bot.config_shops import Http, Rates, Shops, Table, http_address, no_secret_twice
from engine.errors import MoarefError
from engine.programme import PROGRAMME_TABLES, Problem, Programme, ProgrammeError
from engine.programme_errors import expected_of, full_key

PREFIX = "MOAREF_"
SQLITE = "sqlite:///"
KEY_BYTES = 32


class ConfigError(MoarefError):
    """The configuration was read and is wrong; `problems` holds everything that was found."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


class ConfigUnreadable(MoarefError):
    """The file could not be read; `reason` is the system's word for why."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


def decode_key(key: str) -> bytes:
    """The 32 bytes behind a store's key, which is URL-safe base64. ValueError for anything else."""
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


def _store_url(url: str) -> str:
    if not url.startswith(SQLITE) or url in (SQLITE, SQLITE + ":memory:"):
        other = re.match(r"(?!sqlite:)[a-z][a-z0-9+.-]*://", url)
        refused = f"; {other[0]} is not supported" if other else ""
        raise ValueError(f"sqlite:///FILE, or sqlite:////FILE for an absolute path{refused}")
    return url


def _at_most(characters: int) -> AfterValidator:
    def check(text: str) -> str:
        if len(text) > characters:
            raise ValueError(f"at most {characters} characters")
        return text

    return AfterValidator(check)


class Telegram(Table):
    """How the bot reaches its platform, who its admins are there (numeric ids), and how fast it may speak."""

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


class Store(Table):
    """Where the books are, and the key that encrypts cards and Sheba numbers in them."""

    url: Annotated[str, AfterValidator(_store_url)] = "sqlite:///moaref.db"
    key: Annotated[SecretStr, AfterValidator(_key)] = SecretStr("")


class LanguageTexts(Table):
    """The programme's own words in one language, plain text. Empty: the catalogue's."""

    welcome: Annotated[str, _at_most(600)] = ""
    name: Annotated[str, _at_most(60)] = ""
    share: Annotated[str, _at_most(300)] = ""


class Texts(Table):
    """The programme's own words, a table for each language."""

    en: LanguageTexts = LanguageTexts()
    fa: LanguageTexts = LanguageTexts()


class Log(Table):
    """What the machine writes about its own work."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["console", "json"] = "console"


class Machine(Table):
    """The tables that are the bot's alone."""

    telegram: Telegram = Telegram()
    store: Store = Store()
    texts: Texts = Texts()
    log: Log = Log()
    http: Http | None = None
    shops: Annotated[Shops, AfterValidator(no_secret_twice)] = Field(default_factory=dict)
    exchange: Rates = Field(default_factory=dict)
    products: Products = ()
    notify: Notify = Notify()
    rewards: Rewards = ()
    share: ShareTable | None = None
    caution: CautionTable | None = None
    campaigns: Campaigns = ()


@dataclass(frozen=True, slots=True)
class Config:
    """A configuration that holds together.

    `programme_tables` are the tables of `engine.programme`, as the file has them and found valid; `folder`
    (absolute) is where relative paths begin.
    """

    telegram: Telegram
    store: Store
    texts: Texts
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
    notify: Notify = field(default_factory=Notify)

    @property
    def secrets(self) -> list[str]:
        """Everything that may stand in no log; what is not set is left out."""
        shops = [
            secret for shop in self.shops.values() for secret in (shop.secret, shop.consumer_key, shop.consumer_secret)
        ]
        own = (self.telegram.token, self.telegram.provider_token, self.store.key)
        return [known for each in (*own, *shops) if (known := each.get_secret_value())]

    @property
    def database(self) -> Path:
        """The SQLite store's file, absolute."""
        return database_path(self.store.url, self.folder)


def database_path(url: str, folder: Path) -> Path:
    """The file that a `sqlite:///` URL names, a relative one from `folder`. ConfigError for any other URL."""
    try:
        return (folder / _store_url(url).removeprefix(SQLITE)).absolute()
    except ValueError as error:
        raise ConfigError((Problem("store.url", str(error)),)) from None


def load(path: Path, environ: Mapping[str, str], *, token_needed: bool = True) -> Config:
    """The configuration in the file, with the environment's variables over it.

    Raises ConfigUnreadable when there is no file to read, ConfigError with everything that is wrong in it.
    `token_needed=False` is for commands that never speak to the platform.
    """
    return build(read_tables(path), environ, path.absolute().parent, token_needed=token_needed)


def read_tables(path: Path) -> dict[str, Any]:
    """The file's tables as TOML has them. Raises as `load` does; bad TOML is a problem of the file's name."""
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
    raise ConfigError((Problem(path.name, expected),))


def build(tables: Mapping[str, Any], environ: Mapping[str, str], folder: Path, *, token_needed: bool = True) -> Config:
    """The configuration of tables that are already read; otherwise as `load`."""
    merged = _with_environment(tables, environ)
    own = {name: table for name, table in merged.items() if name not in PROGRAMME_TABLES}
    programme = {name: merged[name] for name in PROGRAMME_TABLES if name in merged}
    machine, problems = _machine(own)
    if token_needed and machine is not None and not machine.telegram.token.get_secret_value():
        problems.append(Problem("telegram.token", "the bot's token; @BotFather gives one"))
    if machine is not None:
        problems += problems_of_rewards(machine.rewards, machine.share, machine.shops, folder)
        problems += picture_problems(machine.campaigns, folder)
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
        programme_tables=programme,
        folder=folder,
    )


def programme_of(tables: Mapping[str, Any]) -> dict[str, Any]:
    """The programme's tables of a file; the bot's are passed over. ConfigError for one that belongs to neither."""
    unknown = [name for name in tables if name not in PROGRAMME_TABLES and name not in Machine.model_fields]
    if unknown:
        raise ConfigError(tuple(Problem(name, _known_keys((name,))) for name in unknown))
    return {name: tables[name] for name in PROGRAMME_TABLES if name in tables}


def _machine(tables: Mapping[str, Any]) -> tuple[Machine | None, list[Problem]]:
    try:
        return Machine.model_validate(tables), []
    except ValidationError as error:
        return None, list(_machine_problems(error))


def _machine_problems(error: ValidationError) -> Iterator[Problem]:
    for item in error.errors(include_url=False, include_input=False):
        key = full_key(tuple(part for part in item["loc"] if part != "[key]"))  # a table's name that is none
        match item["type"]:
            case "extra_forbidden":
                yield Problem(key, _known_keys(item["loc"]))
            case "tuple_type":
                yield Problem(key, "a list")
            case kind:
                yield Problem(key, expected_of(kind, item["msg"], item.get("ctx", {})))


def _known_keys(location: tuple[int | str, ...]) -> str:
    """What may stand in place of an unknown key: the one it resembles, or all there are."""
    table = _table_at(location[:-1])
    known = list(table.model_fields) if table else []
    if len(location) == 1:
        known += PROGRAMME_TABLES
    near = get_close_matches(str(location[-1]), known, n=1)
    return f"no such key; did you mean {near[0]}?" if near else f"no such key; there are {', '.join(known)}"


def _table_at(location: tuple[int | str, ...]) -> type[BaseModel] | None:
    """The model of the table of that name; None where there is no table."""
    found: Any = Machine
    for name in location:
        if get_origin(found) is dict:
            found = get_args(found)[1]
        else:
            field = found.model_fields.get(str(name)) if _is_model(found) else None
            found = _given_type(field.annotation) if field is not None else None
    return found if _is_model(found) else None


def _given_type(annotation: Any) -> Any:
    """The type of what is there, where a table may be absent."""
    present = [kind for kind in get_args(annotation) if kind is not NoneType]
    return present[0] if NoneType in get_args(annotation) else annotation


def _is_model(found: Any) -> bool:
    return isinstance(found, type) and issubclass(found, BaseModel)


def _programme_problems(tables: Mapping[str, Any]) -> tuple[Problem, ...]:
    try:
        Programme.from_tables(tables)
    except ProgrammeError as error:
        return error.problems
    return ()


def _with_environment(tables: Mapping[str, Any], environ: Mapping[str, str]) -> dict[str, Any]:
    """The tables with each `MOAREF_TABLE__KEY` in its place. A name without `__` is no key."""
    merged: dict[str, Any] = _copied(tables)
    for name in sorted(environ):
        path = tuple(name.removeprefix(PREFIX).lower().split("__"))
        if not name.startswith(PREFIX) or len(path) == 1:
            continue
        table = merged
        for part in path[:-1]:
            inner = table.get(part, {})
            table[part] = inner = inner if isinstance(inner, dict) else {}
            table = inner
        table[path[-1]] = _environment_value(path, environ[name])
    return merged


def _copied(value: Any) -> Any:
    """A copy that shares no table with the original."""
    return {key: _copied(inner) for key, inner in value.items()} if isinstance(value, Mapping) else value


def _environment_value(path: tuple[str, ...], text: str) -> Any:
    """A variable's value in the type its key asks for, if the text can be read so; the model judges it.

    Texts and secrets are taken as they are, lists with or without their brackets, the rest as TOML writes it.
    """
    if path[0] in PROGRAMME_TABLES:
        return _toml_value(text)
    table = _table_at(path[:-1])
    field = table.model_fields.get(path[-1]) if table else None
    if field is not None and get_origin(field.annotation) is tuple:
        return _toml_value(f"[{text.strip().removeprefix('[').removesuffix(']')}]")
    return _toml_value(text) if field is not None and field.annotation is int else text


def _toml_value(text: str) -> Any:
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text
