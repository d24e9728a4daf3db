"""The configuration: what is taken, what is refused and how, and that secrets stay secret."""

import re
import tomllib
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from pydantic import BaseModel, SecretStr

from bot.config import Config, ConfigError, ConfigUnreadable, Machine, build, database_path, load
from bot.config.machine import LanguageTexts
from bot.config.products import for_sale
from bot.config.rewards import CautionTable
from bot.config.shops import Http, shop_keys
from bot.config.tables import TableByLanguage
from bot.kit.languages import LANGUAGES
from bot.kit.shop_kind import ShopSettings
from engine.programme.model import PROGRAMME_TABLES, Programme

TOKEN = "123456:AAFakeTokenOfATest"
KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
PROGRAMME = {"program": {"currency": "IRT"}, "ranks": [{"id": "base", "commission": "20%"}]}
EXAMPLE = Path(__file__).parents[3] / "config.example.toml"


def built(tables: dict[str, Any], **environ: str) -> Config:
    return build({**PROGRAMME, **tables}, environ, Path("/srv/shop"), token_needed=False)


def refused(tables: dict[str, Any], **environ: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        built(tables, **environ)
    return [str(problem) for problem in caught.value.problems]


def test_a_file_with_a_token_and_a_programme_is_enough(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(
        f"""
        telegram.token = "{TOKEN}"
        program.currency = "IRT"
        [[ranks]]
        id = "base"
        commission = "20%"
        """
    )
    config = load(file, {})
    assert config.telegram.token.get_secret_value() == TOKEN
    assert config.telegram.base_url == "https://api.telegram.org/bot"
    assert (config.telegram.workers, config.telegram.messages_per_second) == (16, 30)
    assert config.log.level == "info"
    assert config.programme_tables == PROGRAMME
    assert config.database == tmp_path / "moaref.db"


def test_a_token_is_needed_only_by_commands_that_speak_to_the_platform() -> None:
    assert build(PROGRAMME, {}, Path("/"), token_needed=False).telegram.token == SecretStr("")
    with pytest.raises(ConfigError, match=r"telegram\.token: expected the bot's token"):
        build(PROGRAMME, {}, Path("/"))


def test_the_environment_wins_over_the_file() -> None:
    config = built(
        {"telegram": {"token": "1:other", "workers": 2, "admins": [9]}, "log": {"level": "debug"}},
        MOAREF_TELEGRAM__TOKEN=TOKEN,
        MOAREF_TELEGRAM__WORKERS="8",
        MOAREF_STORE__URL="sqlite:////var/lib/shop.db",
        MOAREF_TEXTS__FA__NAME="فروشگاه",
        MOAREF_PROGRAM__CURRENCY="USD",
        MOAREF_PROGRAM__MATURITY_DAYS="14",
        MOAREF_SOMETHING="is no key",
        HOME="/root",
    )
    assert config.telegram.token.get_secret_value() == TOKEN
    assert config.telegram.workers == 8
    assert config.telegram.admins == (9,)
    assert config.database == Path("/var/lib/shop.db")
    assert config.texts.words["fa"].name == "فروشگاه"
    assert config.programme_tables["program"] == {"currency": "USD", "maturity_days": 14}
    assert config.log.level == "debug"


def test_the_environment_leaves_the_tables_it_was_given_alone() -> None:
    tables = {"telegram": {"workers": 2}}
    built(tables, MOAREF_TELEGRAM__WORKERS="8", MOAREF_PROGRAM__CURRENCY="USD")
    assert tables == {"telegram": {"workers": 2}}
    assert PROGRAMME["program"] == {"currency": "IRT"}


@pytest.mark.parametrize(("text", "admins"), [("1,2", (1, 2)), ("[1, 2]", (1, 2)), ("7", (7,)), ("", ())])
def test_a_list_in_the_environment_needs_no_brackets(text: str, admins: tuple[int, ...]) -> None:
    assert built({}, MOAREF_TELEGRAM__ADMINS=text).telegram.admins == admins


def test_a_text_in_the_environment_stays_a_text_that_looks_like_a_number() -> None:
    assert built({}, MOAREF_TEXTS__EN__NAME="1404").texts.words["en"].name == "1404"


@pytest.mark.parametrize(
    ("tables", "problem"),
    [
        ({"telegram": {"admins": ["1"]}}, "telegram.admins[0]: expected a whole number"),
        ({"telegram": {"admins": [5, True]}}, "telegram.admins[1]: expected a whole number"),
        ({"telegram": {"admins": [0]}}, "telegram.admins[0]: expected a whole number above 0"),
        ({"telegram": {"admins": 5}}, "telegram.admins: expected a list"),
        ({"telegram": {"workers": "16"}}, "telegram.workers: expected a whole number"),
        ({"telegram": {"workers": 0}}, "telegram.workers: expected 1 or above"),
        ({"telegram": {"mode": "webhook"}}, "telegram.mode: expected 'polling'"),
        ({"telegram": {"base_url": "api.telegram.org"}}, "telegram.base_url: expected an address"),
        (
            {"telegram": {"link_url": "https://t.me/{bot}"}},
            "telegram.link_url: expected an address with {bot}",
        ),
        (
            {"telegram": {"link_url": "https://t.me/{bot}{code}{"}},
            "telegram.link_url: expected an address with",
        ),
        ({"telegram": 5}, "telegram: expected a table"),
        ({"telegram": {"tokn": "x"}}, "telegram.tokn: expected no such key; did you mean token?"),
        ({"log": {"colour": "x"}}, "log.colour: expected no such key; there are level, format"),
        ({"texts": {"xx": {}}}, "texts.xx: expected no such key; there are en, fa"),
        ({"texts": {"en": {"name": "n" * 61}}}, "texts.en.name: expected at most 60 characters"),
        ({"texts": {"fa": {"welcome": "خ" * 601}}}, "texts.fa.welcome: expected at most 600 characters"),
        (
            {"texts": {"fa": {"shop_url": "shop.example/{code}"}}},
            "texts.fa.shop_url: expected an address that begins with https:// or http://",
        ),
        (
            {"texts": {"fa": {"shop_url": "https://shop.example/{name}"}}},
            "texts.fa.shop_url: expected an address whose only braces are those of {code}",
        ),
        ({"texts": {"fa": {"share": "خ" * 301}}}, "texts.fa.share: expected at most 300 characters"),
        ({"telegarm": {}}, "telegarm: expected no such key; did you mean telegram?"),
        ({"programm": {}}, "programm: expected no such key; did you mean program?"),
        ({"log": {"level": "loud"}}, "log.level: expected 'debug', 'info', 'warning' or 'error'"),
        ({"store": {"url": "moaref.db"}}, "store.url: expected sqlite:///FILE"),
        ({"store": {"url": "sqlite:///:memory:"}}, "store.url: expected sqlite:///FILE"),
        ({"store": {"key": "short"}}, "store.key: expected 32 bytes in URL-safe base64"),
        (
            {"program": {"currency": "toman"}},
            "program.currency: expected ",
        ),
        ({"plan": {"kind": "pyramid"}}, "plan.kind: expected 'direct', 'unilevel', 'matrix' or 'binary'"),
    ],
)
def test_what_is_wrong_is_told_in_one_line_by_the_full_name_of_its_key(tables: dict[str, Any], problem: str) -> None:
    problems = refused(tables)
    assert len(problems) == 1
    assert problems[0].startswith(problem)
    assert "\n" not in problems[0]


def test_every_problem_is_told_at_once() -> None:
    problems = refused({"telegram": {"workers": 0, "mode": "x"}, "log": {"level": "x"}, "plan": {"width": 0}})
    assert [problem.partition(":")[0] for problem in problems] == [
        "telegram.mode",
        "telegram.workers",
        "log.level",
        "plan.width",
    ]


def test_a_misspelt_variable_is_refused_like_a_misspelt_key() -> None:
    assert refused({}, MOAREF_TELEGRAM__TOKN=TOKEN) == ["telegram.tokn: expected no such key; did you mean token?"]
    table = "withdrawal: expected no such key; did you mean withdrawals?"
    assert refused({}, MOAREF_WITHDRAWAL__OPEN_REQUESTS="2") == refused({"withdrawal": {}}) == [table]
    assert refused({}, MOAREF_TELEGRAM__WORKERS="many") == ["telegram.workers: expected a whole number"]


def test_another_kind_of_store_is_refused_by_its_name_without_its_password() -> None:
    (problem,) = refused({"store": {"url": "postgresql://shop:hunter2@db/shop"}})
    assert "postgresql:// is not supported" in problem
    assert "hunter2" not in problem


def test_a_relative_store_begins_at_the_folder_of_the_file() -> None:
    assert database_path("sqlite:///books/moaref.db", Path("/srv/shop")) == Path("/srv/shop/books/moaref.db")
    assert database_path("sqlite:////books/moaref.db", Path("/srv/shop")) == Path("/books/moaref.db")
    with pytest.raises(ConfigError, match=r"store\.url"):
        database_path("mysql://db", Path("/"))


def test_a_missing_file_is_another_error_than_a_wrong_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigUnreadable, match="No such file"):
        load(tmp_path / "none.toml", {})
    (tmp_path / "bad.toml").write_text(f'[telegram]\ntoken = "{TOKEN}\n')
    with pytest.raises(ConfigError, match=r"bad\.toml: expected TOML; .*line 2"):
        load(tmp_path / "bad.toml", {})
    (tmp_path / "cp1256.toml").write_bytes("name = 'فروشگاه'".encode("cp1256"))
    with pytest.raises(ConfigError, match="expected a text in UTF-8"):
        load(tmp_path / "cp1256.toml", {})


def everything_said_about(error: BaseException | None) -> Iterator[str]:
    """Each text that a log or a traceback could show of an error and of those behind it."""
    while error is not None:
        yield from (str(error), repr(error), *map(repr, error.args), *map(repr, vars(error).values()))
        yield "".join(traceback.format_exception(error))
        error = error.__context__


@pytest.mark.parametrize("secret", ["HunterTwo", "12:Hunter Two", "HunterTwo\n", "1:HunterTwo/../x"])
@pytest.mark.parametrize("place", [("telegram", "token"), ("store", "key")])
def test_a_malformed_secret_is_not_quoted(secret: str, place: tuple[str, str]) -> None:
    with pytest.raises(ConfigError) as caught:
        built({place[0]: {place[1]: secret}})
    said = "".join(everything_said_about(caught.value))
    assert ".".join(place) in said
    assert "Hunter" not in said


def test_a_secret_in_broken_toml_or_broken_text_is_not_quoted(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    for content in (b'token = "HunterTwo', b'token = "HunterTwo"\xff', b'token = HunterTwo\ntoken = "x"'):
        file.write_bytes(content)
        with pytest.raises(ConfigError) as caught:
            load(file, {})
        assert "Hunter" not in "".join(everything_said_about(caught.value))


def test_secrets_do_not_show_in_a_configuration() -> None:
    config = built({"telegram": {"token": TOKEN}, "store": {"key": KEY}})
    shown = f"{config!r} {config} {config.telegram} {config.store!r} {config.telegram.model_dump()}"
    assert TOKEN not in shown
    assert KEY not in shown


# --- products

CASE = {"id": "case", "price": 50, "en": {"title": "A case"}}


def test_products_are_stars_unless_they_say_otherwise_and_speak_both_languages() -> None:
    products = for_sale(built({"products": [CASE]}).products)
    assert (products["case"].currency.code, products["case"].words["fa"].description) == ("XTR", "A case")


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"price": 0}, "products[1].price: expected"),
        ({"price": 100_001}, "products[1]: expected at most 100000 Stars"),
        ({"id": "a case"}, "products[1].id: expected"),
        ({"en": {}}, "products[1]: expected a title"),
        ({"en": {"title": "x" * 33}}, "products[1].en.title: expected at most 32 characters"),
        ({"currency": "stars"}, "products[1].currency: expected three capital letters"),
        ({"picture": "case.png"}, "products[1].picture: expected an address"),
        ({"id": "case"}, "products: expected a different id"),
        ({"colour": "red"}, "products[1].colour: expected no such key"),
        ({"xx": {"title": "Hülle"}}, "products[1].xx: expected no such key; there are id, price, currency, category"),
        ({"fa": {"titel": "x"}}, "products[1].fa.titel: expected no such key; did you mean title?"),
        ({"en": "A case"}, "products[1].en: expected a table"),
    ],
)
def test_what_is_wrong_about_a_product_is_told_by_its_key(change: dict[str, Any], problem: str) -> None:
    problems = refused({"products": [CASE, {**CASE, "id": "case-2", **change}]})
    assert len(problems) == 1
    assert problems[0].startswith(problem), problems


# --- config.example.toml -------------------------------------------------------------------------------------------


def test_the_example_works_once_a_token_is_set() -> None:
    config = load(EXAMPLE, {"MOAREF_TELEGRAM__TOKEN": TOKEN})
    programme = Programme.from_tables(config.programme_tables)
    assert programme.plan.kind == "direct"
    assert programme.program.currency == "IRT"


def keys_of(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    """The full name of each key of a model; list positions are left out, names that anybody may choose are NAME."""
    fields = shop_keys() if model is ShopSettings else model.model_fields
    for name, field in fields.items():
        tables = [kind for kind in (field.annotation, *nested(field.annotation)) if is_table(kind)]
        chosen = "NAME." if get_origin(field.annotation) is dict else ""
        if tables:
            yield from keys_of(tables[0], f"{prefix}{name}.{chosen}")
        elif chosen:
            yield f"{prefix}{name}.NAME"
        else:
            yield f"{prefix}{name}"
    if issubclass(model, TableByLanguage):
        for language in LANGUAGES:
            yield from keys_of(model.texts_model(), f"{prefix}{language}.")


def nested(annotation: Any) -> Iterator[Any]:
    for argument in get_args(annotation):
        yield argument
        yield from nested(argument)


def is_table(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def example_values(text: str) -> dict[str, list[Any]]:
    """Each key of the example, commented out or not, with its values; every one must have a sentence beside it."""
    values: dict[str, list[Any]] = {}
    table = ""
    for line in (line.removeprefix("# ") for line in text.splitlines()):
        if header := re.match(r"\[+([a-z_.]+)\]+", line):
            table = re.sub(r"^shops\..*", "shops.NAME", header[1])
        elif re.match(r"[A-Za-z_]+ = ", line):
            assert re.search(r"\s# \S+ ", line), f"no sentence: {line}"
            (name, value), *_ = tomllib.loads(line).items()
            parts = {f"{name}.{key}": part for key, part in value.items()} if isinstance(value, dict) else {name: value}
            if table.startswith("titles."):
                parts = {"NAME": value}
            if table == "exchange" or (table, name) == ("shops.NAME", "categories"):
                parts = {"NAME" if table == "exchange" else f"{name}.NAME": part for part in parts.values()}
            for key, part in parts.items():
                values.setdefault(f"{table}.{key}", []).append(part)
    return values


TITLES = {f"{table}.title.{language}" for table in ("ranks", "offers") for language in LANGUAGES}
"""The keys that stand in tables of the programme and belong to the bot."""


def test_the_example_has_every_key_and_no_other() -> None:
    known = {*keys_of(Machine), *keys_of(Programme), *TITLES}
    assert {"telegram.admins", "texts.fa.share", "ranks.requires.sales", "plan.pairing.cap"} <= known
    assert known == set(example_values(EXAMPLE.read_text(encoding="utf-8")))


def test_the_example_shows_the_machines_defaults() -> None:
    defaults = Machine().model_dump(mode="json")
    for key, (value, *_) in example_values(EXAMPLE.read_text(encoding="utf-8")).items():
        if key.partition(".")[0] not in PROGRAMME_TABLES:
            examples = {"shops": None, "exchange": None, "products": None, "rewards": None, "campaigns": None}
            examples["titles"] = None
            given = {"http": Http().model_dump(), "caution": CautionTable().model_dump()}
            given["texts"] = {language: LanguageTexts().model_dump() for language in LANGUAGES}
            default: Any = {**defaults, **given, **examples}
            for part in key.split("."):
                default = default[part] if default is not None else None
            assert default in (value, None), key


def test_a_key_that_the_example_lost_would_be_missed() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    without = "\n".join(line for line in text.splitlines() if "chat_burst" not in line)
    assert set(example_values(text)) - set(example_values(without)) == {"telegram.chat_burst"}
