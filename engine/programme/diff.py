"""Compares two programmes key by key. Defaults are filled in, so changes without effect are not listed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from engine.events.codec import iso_time
from engine.programme.model import PlanTable, Programme
from engine.rates import Rate

Value = str | int | bool | list[str]


@dataclass(frozen=True, slots=True)
class Change:
    """Holds a key whose value differs; None where the key is missing before or after."""

    key: str
    before: Value | None
    after: Value | None


def changes(old: Programme, new: Programme) -> list[Change]:
    """Returns every key that differs, in file order: the old programme's keys, then new ones."""
    before, after = dict(_all_keys(old)), dict(_all_keys(new))
    return [
        Change(key, before.get(key), after.get(key)) for key in {**before, **after} if before.get(key) != after.get(key)
    ]


def _all_keys(programme: Programme) -> Iterator[tuple[str, Value]]:
    """Yields every key and its value. Ranks and offers are named by their ids, rates by what they apply to."""
    yield from _keys(programme.program, "program")
    yield "ranks", [rank.id for rank in programme.ranks]
    for rank in programme.ranks:
        yield from _keys(rank, f"ranks[{rank.id}]")
    yield from _rates(programme)
    for offer in programme.offers:
        yield from _keys(offer, f"offers[{offer.id}]")
    yield from _keys(programme.plan, "plan")
    yield from _plan_defaults(programme.plan)


def _keys(table: BaseModel, prefix: str) -> Iterator[tuple[str, Value]]:
    for name in type(table).model_fields:
        value = getattr(table, name)
        key = f"{prefix}.{name}"
        if isinstance(value, BaseModel):
            yield from _keys(value, key)
        elif name in ("starts", "ends") and value is not None:
            yield key, iso_time(value)
        elif value is not None and name != "id":
            yield key, _plain(value)


def _plain(value: Any) -> Value:
    if isinstance(value, Rate):
        return value.text
    if isinstance(value, list):
        return [each.text if isinstance(each, Rate) else each for each in value]
    plain: Value = value
    return plain


def _rates(programme: Programme) -> Iterator[tuple[str, Value]]:
    """Yields one key for all rates of one thing: only the one that pays most for a line is ever used."""
    found: dict[str, list[str]] = {}
    for rate in programme.rates:
        thing = f"product {rate.product}" if rate.product is not None else f"category {rate.category}"
        found.setdefault(f"rates[{thing}].commission", []).append(rate.commission.text)
    yield from ((key, _one_or_all(texts)) for key, texts in found.items())


def _one_or_all(texts: Iterable[str]) -> Value:
    first, *more = sorted(texts)
    return [first, *more] if more else first


def _plan_defaults(plan: PlanTable) -> Iterator[tuple[str, Value]]:
    """Yields the defaults that depend on another key."""
    yield from plan.rules.defaults(plan)
    yield "plan.funding", "seller" if plan.seller_funds else "house"
    if plan.pairing is not None and plan.pairing.rate is None:
        yield "plan.pairing.ratio", {"1:2": "2:1"}.get(plan.pairing.ratio or "", plan.pairing.ratio or "1:1")
