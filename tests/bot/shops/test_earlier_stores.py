"""A store of an earlier version keeps its problems with shops, told or not, and takes new ones."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.store import MIGRATIONS
from earlier_migrations import migrations_before
from engine.store import migrate
from engine.store.connection import connect

PUT = (
    "INSERT INTO shop_problems (shop, order_id, kind, content, at, told_at)"
    " VALUES ('woo', '7', 'more_left', '{}', 5, 6)"
)
PUT_CHANGE = (
    "INSERT INTO shop_problems (shop, order_id, kind, content, at, change) VALUES ('woo', '7', 'more_left', '{}', 5, ?)"
)


def test_problems_of_an_earlier_version_stay_as_they_were(tmp_path: Path) -> None:
    early = migrations_before("*_shop_states.sql", MIGRATIONS, tmp_path)
    with closing(connect(tmp_path / "moaref.db")) as connection:
        migrate.apply(connection, "machine", early)
        connection.execute(PUT)
        before = dict(connection.execute("SELECT * FROM shop_problems").fetchone())
        migrate.apply(connection, "machine", MIGRATIONS)
        assert dict(connection.execute("SELECT * FROM shop_problems").fetchone()) == {**before, "change": ""}
        connection.execute(PUT_CHANGE, ("1",))
        for change in ("", "1"):
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(PUT_CHANGE, (change,))
