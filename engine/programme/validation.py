"""Finds contradictions that section 2 refuses at load; each rule names the key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.plans import PLANS
from engine.programme.errors import ProgrammeProblem
from engine.rates import MILLION

if TYPE_CHECKING:
    from engine.programme.model import Programme


def contradictions(programme: Programme) -> Iterator[ProgrammeProblem]:
    """Yields all contradictions, rule by rule."""
    for rule in RULES:
        yield from rule(programme)


def levels_over_the_whole(programme: Programme) -> Iterator[ProgrammeProblem]:
    """Requires that shares cut out of the direct commission add up to no more than all of it."""
    plan = programme.plan
    if plan.seller_funds and sum(level.millionths for level in plan.levels) > MILLION:
        yield ProgrammeProblem(
            "plan.levels", 'at most 100% in all, as funding = "seller" cuts them out of the direct commission'
        )


def funding_and_base(programme: Programme) -> Iterator[ProgrammeProblem]:
    """Requires that `funding`, the base and the handling of blocked shares fit each other."""
    plan = programme.plan
    if plan.funding == "seller" and plan.base == "sale":
        yield ProgrammeProblem("plan.funding", '"house" with base = "sale"')
    if plan.unqualified == "seller" and not plan.seller_funds:
        yield ProgrammeProblem("plan.unqualified", '"hold", "house" or "compress" with funding = "house"')
    if plan.chain and plan.unqualified in ("compress", "seller"):
        yield ProgrammeProblem(
            "plan.chain", f'false with unqualified = "{plan.unqualified}"; only hold and house can chain'
        )


def keys_of_the_kind(programme: Programme) -> Iterator[ProgrammeProblem]:
    """Refuses pairs, legs and pairing with plans that do not name them among their own keys."""
    plan = programme.plan
    given = {
        "pairs": plan.pairs is not None,
        "requires.legs": plan.requires is not None and plan.requires.legs > 0,
        "pairing": plan.pairing is not None,
    }
    for key, is_given in given.items():
        if is_given and key not in plan.rules.own_keys:
            what = "table" if key == "pairing" else "key"
            owners = " or ".join(kind for kind, each in PLANS.items() if key in each.own_keys)
            yield ProgrammeProblem(f"plan.{key}", f'no such {what} with kind = "{plan.kind}"; it is for {owners}')


def rules_of_the_kind(programme: Programme) -> Iterator[ProgrammeProblem]:
    """Refuses what the plan itself refuses."""
    plan = programme.plan
    yield from (ProgrammeProblem(key, expected) for key, expected in plan.rules.problems(plan))


def pairing_pays_one_way(programme: Programme) -> Iterator[ProgrammeProblem]:
    """Requires that pairing pays either by a rate or by pairs."""
    pairing = programme.plan.pairing
    if pairing is None:
        return
    by_pairs = pairing.unit is not None or pairing.bonus is not None
    if (pairing.rate is not None) == by_pairs:
        yield ProgrammeProblem("plan.pairing.rate", "either rate, or unit and bonus")
    elif by_pairs and (pairing.unit is None or pairing.bonus is None):
        yield ProgrammeProblem(f"plan.pairing.{'unit' if pairing.unit is None else 'bonus'}", "unit and bonus together")
    if pairing.rate is not None and pairing.ratio is not None:
        yield ProgrammeProblem("plan.pairing.ratio", "no ratio with rate; it is for unit and bonus")


def ranks_are_earned(programme: Programme) -> Iterator[ProgrammeProblem]:
    """Requires that every rank but the first has a requirement."""
    for position, rank in enumerate(programme.ranks):
        if position and rank.requires is None:
            yield ProgrammeProblem(
                f"ranks[{position}].requires", "what the rank asks for; only the first is everybody's"
            )


def rates_name_one_thing(programme: Programme) -> Iterator[ProgrammeProblem]:
    """Requires that a rate is for one product or one category."""
    for position, rate in enumerate(programme.rates):
        if (rate.product is None) == (rate.category is None):
            yield ProgrammeProblem(f"rates[{position}]", "either a product or a category")


def offers_have_a_time(programme: Programme) -> Iterator[ProgrammeProblem]:
    """Requires that an offer ends after it starts, and is for one kind of thing."""
    for position, offer in enumerate(programme.offers):
        if offer.starts is not None and offer.ends is not None and offer.ends < offer.starts:
            yield ProgrammeProblem(f"offers[{position}].ends", "a time that is not before its start")
        if offer.products is not None and offer.categories is not None:
            yield ProgrammeProblem(f"offers[{position}]", "products or categories, not both")


def ids_are_unique(programme: Programme) -> Iterator[ProgrammeProblem]:
    """Requires that the ids of ranks and of offers are unique."""
    for table in ("ranks", "offers"):
        seen = set()
        for position, row in enumerate(getattr(programme, table)):
            if row.id in seen:
                yield ProgrammeProblem(f"{table}[{position}].id", f'an id of its own; "{row.id}" is there twice')
            seen.add(row.id)


RULES = (
    levels_over_the_whole,
    funding_and_base,
    keys_of_the_kind,
    rules_of_the_kind,
    pairing_pays_one_way,
    ranks_are_earned,
    rates_name_one_thing,
    offers_have_a_time,
    ids_are_unique,
)
