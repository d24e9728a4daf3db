"""`moaref shop problems`: lists orders of shops that were not recorded or need a decision."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.frame import DEFAULT_CONFIG, ConfigOption, JsonOption, print_json
from bot.cli.store import StoreOption, open_store
from engine.store.driver import Connection, Row

if TYPE_CHECKING:
    from collections.abc import Iterable

NameArgument = Annotated[
    str | None, typer.Argument(metavar="NAME", help="The shop's name in the configuration; without it every shop.")
]
AllOption = Annotated[bool, typer.Option("--all", help="Also settled ones.")]
KINDS = {
    "no_rate": "there is no rate for its currency",
    "worthless": "its amount is zero or too large in the programme's currency",
    "conflict": "there is another order of this number",
    "unreadable": "cannot be read",
    "currency_changed": "its currency has changed at the shop",
    "late_friend": "its buyer was found to be a member's friend after it was recorded",
    "child_given_back": "something of it went back, which the order that it is a part of does not show",
    "number_taken": "its number was taken by hand or by a file",
    "more_left": "more of it is left at the shop than is recorded",
    "deleted": "the shop has deleted it",
    "reward_twice": "used a discount code that was used before",
    "reward_of_another": "used another person's discount code",
}


def problems(
    name: NameArgument = None,
    config: ConfigOption = DEFAULT_CONFIG,
    store: StoreOption = None,
    everything: AllOption = False,
    as_json: JsonOption = False,
) -> None:
    """Show the orders of shops that were not recorded or need a decision, with the reason.

    Unreadable orders and those without a rate are polled again each hour, where the shop's keys are configured, and by
    `moaref shop reconcile`: the problem is settled when the order can be recorded.
    """
    with open_store(config, store) as connection:
        found = [_as_json(row) for row in _rows(connection, name, everything=everything)]
    if as_json:
        print_json(found)
        return
    for line in _lines(found):
        typer.echo(line)


def _rows(connection: Connection, shop: str | None, *, everything: bool) -> "Iterable[Row]":
    from bot.store import MIGRATIONS, load_queries
    from engine.store.migrate import apply as migrate

    migrate(connection, "machine", MIGRATIONS)
    queries = load_queries("shops")
    return list(queries.problems(connection, shop=shop, settled=everything))


def _as_json(row: Row) -> dict[str, Any]:
    """Returns the row as JSON, with times as ISO 8601; `told` is when admins were told, None before that."""
    from engine.events.codec import iso_time

    times = {name: row[f"{name}_at"] for name in ("told", "settled")}
    return {
        "shop": row["shop"],
        "order": row["order_id"],
        "kind": row["kind"],
        **json.loads(row["content"]),
        "at": iso_time(row["at"]),
        **{name: iso_time(at) if at is not None else None for name, at in times.items()},
    }


def _lines(found: list[dict[str, Any]]) -> list[str]:
    lines = [
        f"{each['shop']}:{each['order']}  {each['at']}  {_said(each)}{'  (passed)' if each['settled'] else ''}"
        for each in found
    ]
    return lines or ["no shop order needs a decision"]


def _said(problem: dict[str, Any]) -> str:
    what = KINDS.get(problem["kind"], problem["kind"])
    more = [
        str(problem[name])
        for name in ("reason", "total", "status", "recorded", "currency", "sponsor")
        if problem.get(name)
    ]
    return f"{what}: {', '.join(more)}" if more else what
