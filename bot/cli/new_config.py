"""Renders the configuration that `init` writes: the few keys that differ between shops; defaults cover the rest."""

import base64
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.frame import CommandError
from bot.cli.toml_text import value_of
from engine.plans import PLANS

if TYPE_CHECKING:
    from pydantic import SecretStr

TELEGRAM = "https://api.telegram.org/bot"
OWNER_ONLY = 0o600

_IRANIAN = """timezone = "Asia/Tehran"
calendar = "jalali"
week_start = "saturday"
"""


@dataclass(frozen=True, slots=True)
class Answers:
    """Holds the answers to `init`. `admins` are numeric ids, `plan` is one with a template, `key` the store's.

    `rate` is as the programme writes it, `minimum` in minor units, `name` the shop's or empty.
    """

    token: "SecretStr"
    base_url: str
    admins: tuple[int, ...]
    currency: str
    plan: str
    key: "SecretStr"
    rate: str = "20%"
    name: str = ""
    minimum: int = 0
    days: int = 0


def make_key(random_bytes: bytes) -> str:
    """Returns a store key of 32 random bytes, as the configuration holds it."""
    return base64.urlsafe_b64encode(random_bytes).decode("ascii")


def render(answers: Answers) -> str:
    """Returns the text of the configuration file."""
    return f"""# Moaref's configuration. config.example.toml has every key, with its default and a sentence.
# This file holds the bot's token and the store's key: let nobody else read it.

[telegram]
token = {value_of(answers.token.get_secret_value())}
admins = [{", ".join(map(str, answers.admins))}]
{_addresses(answers.base_url)}
[store]
url = "sqlite:///moaref.db"
# Encrypts the cards and Sheba numbers in the store. Keep a copy: without it nobody can read them again.
key = {value_of(answers.key.get_secret_value())}
{_names(answers.name)}
[program]
currency = {value_of(answers.currency)}
{_IRANIAN if answers.currency in ("IRT", "IRR") else ""}{_limits(answers)}
[[ranks]]
id = "base"
commission = {value_of(answers.rate)}         # of each order, to whoever brought its buyer

[plan]
{PLANS[answers.plan].template}
"""


def previous_key(path: Path) -> str | None:
    """Returns the store key in the configuration to be replaced; None when none can be read."""
    try:
        store = tomllib.loads(path.read_text(encoding="utf-8")).get("store")
    except (OSError, ValueError):
        return None
    key = store.get("key") if isinstance(store, dict) else None
    return key if isinstance(key, str) and key else None


def write(path: Path, text: str, *, replace: bool) -> None:
    """Writes the file atomically, readable by its owner alone.

    Raises CommandError where that fails; with `replace=False` also where the file exists.
    """
    draft = path.with_name(f".{path.name}.new")
    try:
        draft.unlink(missing_ok=True)
        draft.touch(mode=OWNER_ONLY, exist_ok=False)
        draft.write_text(text, encoding="utf-8")
        if not replace:
            path.touch(mode=OWNER_ONLY, exist_ok=False)
        draft.replace(path)
    except FileExistsError:
        reason = "exists already; --force replaces it"
    except OSError as error:
        reason = error.strerror or type(error).__name__
    else:
        return
    draft.unlink(missing_ok=True)
    raise CommandError(f"{path}: {reason}")


def _limits(answers: Answers) -> str:
    """Returns the keys of limits that were asked for, each on a line of its own."""
    minimum = f"min_withdrawal = {answers.minimum}   # the least that can be withdrawn at once, in minor units\n"
    days = f"maturity_days = {answers.days}   # a commission can be withdrawn so many days after it was earned\n"
    return (minimum if answers.minimum else "") + (days if answers.days else "")


def _names(name: str) -> str:
    """Returns the tables with the shop's name, the same in each language."""
    from bot.kit.languages import LANGUAGES

    return "".join(f"\n[texts.{each}]\nname = {value_of(name)}\n" for each in LANGUAGES) if name else ""


def _addresses(base_url: str) -> str:
    if base_url == TELEGRAM:
        return ""
    files = base_url.removesuffix("/bot") + "/file/bot"
    return f"base_url = {value_of(base_url)}\nbase_file_url = {value_of(files)}\n"
