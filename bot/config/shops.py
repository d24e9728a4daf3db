"""Defines the configuration's tables about shops: `[http]`, `[shops.NAME]` and `[exchange]`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, create_model
from pydantic.fields import FieldInfo

from bot.config.tables import CurrencyCode
from bot.kit.config_tables import ConfigTable, http_address
from bot.kit.products import CHAT_ORDERS
from bot.kit.shop_kind import ShopSettings
from bot.shop_kinds import KINDS
from engine.exchange import parse_rate

SECRET_LENGTH_SAFE = 16
"""A shorter secret may be guessed."""


def _public_url(url: str) -> str:
    return http_address(url).rstrip("/") if url else url


def _shop_name(name: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name) or len(name) > 32:
        raise ValueError("a shop's name of small letters, digits and single underscores, at most 32")
    if name in CHAT_ORDERS:
        raise ValueError("another name: this one is the prefix of orders paid in the chat")
    return name


class Http(ConfigTable):
    """Configures the HTTP server for shops and link clicks; without this table none is started. Port 0 picks a free
    one.
    """

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65_535)] = 8080
    public_url: Annotated[str, AfterValidator(_public_url)] = ""


def settings_of_shop(table: Any) -> ShopSettings:
    """Validates a table with the settings of its kind, and refuses those that are another kind's. Raises ValueError."""
    if not isinstance(table, dict):
        return ShopSettings.model_validate(table)
    kind = KINDS.get(str(table.get("kind")))
    settings = kind.settings if kind is not None else _of_unknown_kind()
    known = shop_keys()
    foreign = {name: value for name, value in table.items() if name in known and name not in settings.model_fields}
    shop = settings.model_validate({name: value for name, value in table.items() if name not in foreign})
    if (refused := next(_given_to_another_kind(foreign), None)) is not None:
        raise ValueError(refused)
    return shop


def shop_keys() -> dict[str, FieldInfo]:
    """Returns the keys of all kinds of shops."""
    keys = dict(ShopSettings.model_fields)
    for kind in KINDS.values():
        keys = {**kind.settings.model_fields, **keys}
    return {name: keys[name] for name in dict.fromkeys((*ShopSettings.model_fields, *keys))}


def _of_unknown_kind() -> type[ShopSettings]:
    """Returns settings whose kind is none of the known ones, so that an error names these."""
    known: Any = Literal[tuple(KINDS)]
    return create_model("ShopOfUnknownKind", __base__=ShopSettings, kind=(known, ...))


def _given_to_another_kind(foreign: Mapping[str, Any]) -> Iterator[str]:
    """Yields for each kind that has such keys which of its keys belong to it alone.

    A key that is empty by default counts as given by a value, one with another default as soon as it is there.
    """
    for kind in KINDS.values():
        own = {n: field for n, field in kind.settings.model_fields.items() if n not in ShopSettings.model_fields}
        plain = [name for name, field in own.items() if _is_empty_by_default(field)]
        others = [name for name in own if name not in plain]
        if any(foreign.get(name) for name in plain):
            yield f'{_listed(plain)} for kind = "{kind.name}" alone'
        if any(name in foreign for name in others):
            yield f'{_listed(others)} for kind = "{kind.name}" alone'


def _is_empty_by_default(field: FieldInfo) -> bool:
    return not field.is_required() and not field.get_default(call_default_factory=True)


def _listed(names: Sequence[str]) -> str:
    """Returns "a, b and c"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


Shops = dict[Annotated[str, AfterValidator(_shop_name)], Annotated[ShopSettings, PlainValidator(settings_of_shop)]]
Rates = dict[Annotated[CurrencyCode, BeforeValidator(str.upper)], Annotated[str, AfterValidator(parse_rate)]]


def no_secret_twice(shops: Shops) -> Shops:
    """Validates that no two shops share a secret, as a secret identifies its shop. Raises ValueError."""
    secrets = [shop.secret.get_secret_value() for shop in shops.values()]
    if len(set(secrets)) < len(secrets):
        raise ValueError("a different secret for each shop")
    return shops
