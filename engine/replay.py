"""Replays a history through a fresh engine and summarises the result as one object (section 10)."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Protocol

from engine.errors import MoarefError, SumOutOfRange
from engine.events.codec import BadEvent, parse_line
from engine.events.model import Event
from engine.facts import Decision
from engine.network.tree import Tree
from engine.programme.model import Programme, ProgrammeError
from engine.records import Commission, Member
from engine.timestamps import milliseconds


class BadHistory(MoarefError):
    """Raised for a line that stops the run; `line` counts from 1, `expected` says what was expected there."""

    def __init__(self, line: int, expected: str) -> None:
        super().__init__(f"{line}: {expected}")
        self.line = line
        self.expected = expected


class Replayable(Protocol):
    """A store that can replay a history and report its final state."""

    def take(self, event: Event, at: int) -> Decision: ...
    def members(self) -> Iterable[Member]: ...
    def all_commissions(self) -> Iterable[Commission]: ...
    def over_cap(self) -> int: ...
    def tree(self) -> Tree: ...
    @property
    def programme(self) -> Programme | None: ...


def read_history(lines: Iterable[str | bytes]) -> Iterator[tuple[int, int, Event]]:
    """Yields line number, time (milliseconds UTC) and event of each line that is not blank. Raises BadHistory."""
    before: datetime | None = None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            at, event = parse_line(line)
        except BadEvent as problem:
            raise BadHistory(number, str(problem)) from None
        if before is not None and at < before:
            raise BadHistory(number, "at: expected a time not before that of the line above")
        before = at
        yield number, milliseconds(at), event


def run_history(lines: Iterable[str | bytes], store: Replayable) -> list[dict[str, Any]]:
    """Applies every event of the history; returns the refusals as line and code. Raises BadHistory."""
    refused = []
    with without_collecting():
        for number, at, event in read_history(lines):
            try:
                decision = store.take(event, at)
            except ProgrammeError as problem:
                raise BadHistory(number, f"tables.{problem.problems[0]}") from None
            except (OverflowError, SumOutOfRange):
                raise BadHistory(number, "expected amounts whose sums stay within 64 bits") from None
            if decision.refusal is not None:
                refused.append({"line": number, "code": decision.refusal.code})
    return refused


@contextmanager
def without_collecting() -> Iterator[None]:
    """Disables garbage collection: a history has no reference cycles, so searching for them only takes time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def result(store: Replayable, refused: list[dict[str, Any]]) -> dict[str, Any]:
    """Builds the object that `moaref replay` prints: everything as of the last event's time."""
    return {
        "members": {member.id: _member(member) | _volume(member, store) for member in store.members()},
        "commissions": [
            _commission(commission)
            for commission in sorted(
                store.all_commissions(), key=lambda one: (one.source, one.member, one.kind, one.level)
            )
        ],
        "refused": refused,
        "over_cap": store.over_cap(),
    }


def _member(member: Member) -> dict[str, Any]:
    return {
        name: getattr(member, name)
        for name in ("sponsor", "parent", "slot", "rank", "held", "pending", "available", "reserved", "paid")
    }


def _volume(member: Member, store: Replayable) -> dict[str, Any]:
    """Returns the leg volumes, if the plan pairs them."""
    if store.programme is None or store.programme.plan.pairing is None:
        return {}
    return {"volume": list(store.tree().leg_volumes(member.id))}


def _commission(commission: Commission) -> dict[str, Any]:
    row = {name: getattr(commission, name) for name in ("source", "member", "kind", "level", "amount")}
    reversed_ = 0 if commission.state == "rejected" else commission.reversed
    return {**row, "reversed": reversed_, "state": commission.state}
