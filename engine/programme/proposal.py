"""Compares a proposed programme with the one in force: what changes, and what the operator may not expect."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.programme.diff import Change, changes
from engine.programme.model import Offer, Programme
from engine.programme.warnings import ProgrammeWarning, guard_rails


@dataclass(frozen=True, slots=True)
class Proposal:
    """Holds a proposed programme's tables, each key that differs, and the warnings about it."""

    tables: dict[str, Any]
    changes: tuple[Change, ...]
    warnings: tuple[ProgrammeWarning, ...]


def propose(in_force: Mapping[str, Any], tables: Mapping[str, Any]) -> Proposal:
    """Compares the tables with those in force. Raises ProgrammeError where they are no programme."""
    before, after = Programme.from_tables(in_force), Programme.from_tables(tables)
    warnings = [*guard_rails(after), *overlapping_offers(before, after)]
    return Proposal(dict(tables), tuple(changes(before, after)), tuple(warnings))


def overlapping_offers(before: Programme, after: Programme) -> Iterator[ProgrammeWarning]:
    """Warns of each new or changed offer that holds at the same time as another for the same sellers and things."""
    for place, offer in enumerate(after.offers):
        if offer in before.offers:
            continue
        for other in after.offers:
            if other is not offer and _overlap(offer, other):
                yield ProgrammeWarning(
                    f"offers[{place}]",
                    f"it holds at the same time as offer {other.id}; where both are for the same thing, the one that"
                    " pays more counts",
                    "overlap",
                    {"offer": other.id},
                )


def _overlap(one: Offer, other: Offer) -> bool:
    """Returns whether a line may be under both, as far as their own tables tell."""
    return (
        _starts_before_the_end_of(one, other)
        and _starts_before_the_end_of(other, one)
        and _share(one.members, other.members)
        and _share(one.products, other.products)
        and _share(one.categories, other.categories)
        and (one.products is None) == (other.products is None)
        and (one.categories is None) == (other.categories is None)
    )


def _starts_before_the_end_of(one: Offer, other: Offer) -> bool:
    return one.starts is None or other.ends is None or one.starts < other.ends


def _share(one: list[str] | None, other: list[str] | None) -> bool:
    return one is None or other is None or not set(one).isdisjoint(other)
