"""No table of the books is left out of the proof."""

from __future__ import annotations

from engine.verify.replay_tables import TABLES, VOLUMES
from engine.verify.schema import _expected
from engine.verify.seals import _SEALED_TABLES

OF_THE_JOURNAL = {"journal", "transfers", "notices", "seals"}
COUNTED = {"friend_counts", "level_counts"}


def test_every_table_is_replayed_sealed_counted_or_compared_with_the_journal() -> None:
    tables = {name for name, (kind, *_) in _expected().items() if kind == "table"}
    replayed = {table.name for table in TABLES} | set(VOLUMES)
    assert tables - {"migrations"} == replayed | OF_THE_JOURNAL | COUNTED | set(_SEALED_TABLES)
