"""Stores notification preferences, and derives who gets a digest at which schedule."""

import sqlite3
from dataclasses import dataclass
from typing import Final

from bot.kit.languages import Language, language_for
from bot.kit.preferences import GROUPS, ChosenPreferences, Defaults, Frequency, Quiet
from bot.store import Queries, load_queries
from engine.store.driver import Value
from engine.store.reader import Reader

_WANTED: Final = "+"
"""Separates kinds switched off from kinds switched on although they are off by default."""


@dataclass(frozen=True, slots=True)
class DigestRhythm:
    """Holds a digest's frequency, its hour and zone, and its language's calendar."""

    digest: Frequency
    hour: int
    zone: str
    language: Language


@dataclass(frozen=True, slots=True)
class Subscriber:
    """Holds a person with digests, their zone and quiet hours; `always` also without news."""

    person: str
    always: bool
    zone: str
    quiet: Quiet


class CachedPreferences:
    """Holds the table `wishes`; implements the kit's PreferenceRepository. Times are ms, UTC."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._queries = load_queries("preferences")

    async def of(self, person_id: str) -> ChosenPreferences:
        """Returns the person's choices; all defaults if they have made none."""
        row = await self._reader.fetch_row(self._queries.wishes_of.sql, {"person": person_id})
        return _wishes(row)

    async def chosen_rhythms(self, defaults: Defaults, zone: str) -> dict[DigestRhythm, int]:
        """Returns the schedules of people who have chosen anything, each with the earliest time of a choice."""
        rows = await self._reader.fetch(self._queries.rhythms.sql, _defaults(defaults, zone))
        return {
            DigestRhythm(row["digest"], row["hour"], row["zone"], language_for(row["language"])): row["since"]
            for row in rows
        }

    async def subscribers(
        self, rhythm: DigestRhythm | None, defaults: Defaults, zone: str, *, before: int, after: str, size: int
    ) -> list[Subscriber]:
        """Returns some of those with this schedule since before a moment (None: any), by their ids after `after`.

        People who have blocked the bot are left out.
        """
        if rhythm is None:
            arguments: dict[str, Value] = {"digest": defaults.digest, "after": after, "size": size}
            rows = await self._reader.fetch(self._queries.with_digests.sql, arguments)
        else:
            of = {"of_digest": rhythm.digest, "of_hour": rhythm.hour, "of_zone": rhythm.zone}
            arguments = {"language": rhythm.language, "before": before, "after": after, "size": size, **of}
            rows = await self._reader.fetch(self._queries.with_rhythm.sql, {**arguments, **_defaults(defaults, zone)})
        return [_subscriber(row, defaults, zone) for row in rows]


def keep_wishes(
    queries: Queries, connection: sqlite3.Connection, person_id: str, chosen: ChosenPreferences, now: int
) -> None:
    """Stores a person's choices. Runs inside a write transaction."""
    queries.put_wishes(
        connection,
        person=person_id,
        muted=" ".join([*sorted(chosen.muted), *(f"{_WANTED}{group}" for group in sorted(chosen.wanted))]),
        digest=chosen.digest,
        hour=chosen.hour,
        zone=chosen.zone,
        quiet_from=None if chosen.quiet is None else chosen.quiet.begins,
        quiet_until=None if chosen.quiet is None else chosen.quiet.ends,
        always=int(chosen.always),
        gather=chosen.gather,
        now=now,
    )


def _defaults(defaults: Defaults, zone: str) -> dict[str, Value]:
    return {"digest": defaults.digest, "hour": defaults.hour, "zone": zone}


def _subscriber(row: sqlite3.Row, defaults: Defaults, zone: str) -> Subscriber:
    chosen = _quiet(row)
    quiet = defaults.quiet if chosen is None else chosen
    return Subscriber(row["person"], bool(row["always"]), row["zone"] or zone, quiet)


def _wishes(row: sqlite3.Row) -> ChosenPreferences:
    chosen = row["muted"].split()
    return ChosenPreferences(
        muted=frozenset(group for group in GROUPS if group in chosen),
        wanted=frozenset(group for group in GROUPS if f"{_WANTED}{group}" in chosen),
        digest=row["digest"],
        hour=row["hour"],
        zone=row["zone"],
        quiet=_quiet(row),
        always=bool(row["always"]),
        gather=row["gather"],
        busy_from=row["busy_from"],
    )


def _quiet(row: sqlite3.Row) -> Quiet | None:
    return None if row["quiet_from"] is None else Quiet(row["quiet_from"], row["quiet_until"])
