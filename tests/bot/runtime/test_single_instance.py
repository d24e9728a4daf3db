"""One bot on a store, whichever name it is called by."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from bot.runtime.single_instance import alone_on
from engine.errors import StoreError
from engine.store.connection import connect


@pytest.fixture
def store(tmp_path: Path) -> Path:
    connect(tmp_path / "moaref.db").close()
    return tmp_path / "moaref.db"


def taken(path: Path) -> bool:
    """Whether another process is kept out."""
    module = "bot.runtime.single_instance"
    script = f"import pathlib, sys, {module}\nwith {module}.alone_on(pathlib.Path(sys.argv[1])): pass"
    ended = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=False)
    assert not ended.returncode or "another `moaref run` serves this store" in ended.stderr
    return ended.returncode != 0


def test_a_second_one_is_kept_out_under_every_name_of_the_file(store: Path) -> None:
    (store.parent / "elsewhere").mkdir()
    names = [store, store.parent / "soft.db", store.parent / "hard.db", store.parent / "elsewhere" / ".." / store.name]
    names[1].symlink_to(store)
    names[2].hardlink_to(store)
    with alone_on(store):
        assert all(taken(name) for name in names)
    with alone_on(names[1]):
        assert taken(store)
    assert not any(taken(name) for name in names)


def test_no_file_beside_the_store_lets_a_second_one_in_when_it_is_deleted(store: Path) -> None:
    with alone_on(store):
        for file in store.parent.iterdir():
            if file != store:
                file.unlink()
        assert taken(store)


def test_sqlites_own_locks_last_while_it_is_held(store: Path) -> None:
    """Closing any descriptor of a file drops a process's POSIX locks on it."""
    with alone_on(store):
        connection = connect(store)
        connection.execute("BEGIN IMMEDIATE")
        script = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('BEGIN IMMEDIATE')"
        ended = subprocess.run([sys.executable, "-c", script, str(store)], capture_output=True, text=True, check=False)
        assert "database is locked" in ended.stderr
        connection.execute("ROLLBACK")
        connection.close()


def test_the_other_commands_write_meanwhile(store: Path) -> None:
    with alone_on(store):
        other = sqlite3.connect(store)
        other.execute("CREATE TABLE numbers (number INTEGER)")
        other.close()


def test_where_there_is_no_store_yet_an_empty_file_for_its_owner_alone_is_locked(tmp_path: Path) -> None:
    with alone_on(tmp_path / "new.db"):
        assert taken(tmp_path / "new.db")
        assert (tmp_path / "new.db").stat().st_mode & 0o777 == 0o600


def test_what_cannot_be_opened_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="No such file"), alone_on(tmp_path / "nowhere" / "x.db"):
        pass
