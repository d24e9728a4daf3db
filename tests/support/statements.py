"""Collects every SQL statement of the project, and reads in SQLite's plan what each goes through from end to end."""

from __future__ import annotations

import ast
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiosql

from bot.broadcasts.audience import condition
from bot.kit.broadcasts import Audience
from bot.store import MIGRATIONS
from engine.store.connection import connect
from engine.store.migrate import apply as migrate
from engine.store.sqlite import SqliteStore

ROOT = Path(__file__).parents[2]
QUERIES = {"bot": ROOT / "bot/store/queries", "engine": ROOT / "engine/store/queries"}
LARGEST_AUDIENCE = Audience(language="fa", rank="gold", activity="never_bought")
# Statements that are put together when they are needed, by their module and their first words.
COMPOSED = {
    "bot/broadcasts/repository.py: SELECT COUNT(*) AS people,": (
        "SELECT COUNT(*) AS people, COUNT(p.blocked_at) AS blocked FROM profiles AS p WHERE "  # noqa: S608
        + condition(LARGEST_AUDIENCE)
    ),
    "bot/broadcasts/recipients.py: INSERT INTO broadcast_recipients (broadcast,": (
        "INSERT INTO broadcast_recipients (broadcast, chat_id) SELECT :broadcast, p.telegram_id"  # noqa: S608
        " FROM profiles AS p"
        f" WHERE p.telegram_id > :after AND p.telegram_id <= :last AND {condition(LARGEST_AUDIENCE)}"
        " ORDER BY p.telegram_id RETURNING state"
    ),
}
_BEGINS = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH|REPLACE)\s")
_MAY_BEGIN = re.compile("SELECT|INSERT|UPDATE|DELETE|WITH|REPLACE")
_QUOTED = re.compile(r"'[^']*'")
_NAMED = re.compile(r"(?<![:\w]):([a-z_]+)")
_SCAN = re.compile(r"SCAN (?:TABLE )?(\S+)(?: USING (?:COVERING )?INDEX (\S+))?")


@contextmanager
def empty_store(path: Path) -> Iterator[sqlite3.Connection]:
    """Yields a connection to a new store, with the scratch tables of some modules in it, too."""
    connection = connect(path)
    try:
        SqliteStore.prepare(connection)
        migrate(connection, "machine", MIGRATIONS)
        for module in (ROOT / "bot/order_files").glob("*.py"):
            for text, _ in _texts(module):
                if text.startswith("CREATE TABLE"):
                    connection.execute(text)
        yield connection
    finally:
        connection.close()


def statements(without: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yields name and text of all statements of query files and of modules, except those whose path begins as one of
    these.
    """
    for owner, folder in QUERIES.items():
        for file in sorted(folder.glob("*.sql")):
            queries: Any = aiosql.from_path(file, "sqlite3")
            for name in queries.available_queries:
                if not name.endswith("_cursor"):
                    yield f"{owner}/{file.stem}.{name}", getattr(queries, name).sql
    for package in ("bot", "engine", "handlers"):
        for module in sorted((ROOT / package).rglob("*.py")):
            path = module.relative_to(ROOT).as_posix()
            if not path.startswith(without):
                yield from _of_module(path, module)


def _of_module(path: str, module: Path) -> Iterator[tuple[str, str]]:
    if not _MAY_BEGIN.search(module.read_text(encoding="utf-8")):
        return  # to read a module's strings takes 10 ms
    for text, is_whole in _texts(module):
        if _BEGINS.match(text):
            words = text.split()
            begins, known = f"{path}: {' '.join(words[:5])}", f"{path}: {' '.join(words[:4])}"
            composed = COMPOSED.get(known)
            assert composed is not None or is_whole, f"{begins} ... is put together: give an example in COMPOSED"
            yield known if composed is not None else f"{path}: {' '.join(words)[:60]}", composed or text


def _texts(module: Path) -> Iterator[tuple[str, bool]]:
    """Yields each string, and whether it is all there: of one with fields in it only what comes before the first."""
    nodes = list(ast.walk(ast.parse(module.read_text(encoding="utf-8"))))
    joined = [node for node in nodes if isinstance(node, ast.JoinedStr)]
    parts = {id(part) for node in joined for part in ast.walk(node) if part is not node}
    for node in nodes:
        if id(node) in parts:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value, True
        elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            yield str(node.values[0].value), False


def walks_of(connection: sqlite3.Connection, sql: str) -> frozenset[str]:
    """Returns what the plan goes through without looking anything up, and what it sorts apart."""
    bare = _QUOTED.sub("''", sql)
    named = dict.fromkeys(_NAMED.findall(bare), 1)
    numbered = len(set(re.findall(r"\?\d+", bare))) + len(re.findall(r"\?(?!\d)", bare))
    rows = connection.execute(f"EXPLAIN QUERY PLAN {sql}", named or (1,) * numbered)
    return frozenset(walk for row in rows if (walk := _walk(row["detail"])) is not None)


def _walk(detail: str) -> str | None:
    if "TEMP B-TREE" in detail:
        return "SORT"
    match = _SCAN.match(detail)
    if match is None or match[1] == "CONSTANT":
        return None
    return f"{match[1]} by {match[2]}" if match[2] is not None else match[1]
