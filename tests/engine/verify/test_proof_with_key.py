"""What follows from no event is proved with the key: at each proof where money is about to go, the rest in slices."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from books import Clock, open_engine
from engine.vault import Vault, new_key
from engine.verify.ledger import Verdict
from engine.verify.pace import at_full_speed
from engine.verify.proof import prove_books
from proofs import HOUR_MS, seals_of, tamper
from stores import DIRECT

KEY = new_key()
OLD = Path(__file__).parents[1] / "fixtures" / "version_3.sql"
OLD_KEY = "FIXEDKEYFIXEDKEYFIXEDKEYFIXEDKEYFIXEDKEYFIA="
SHEBA = "IR820540102680020817909002"


def proved(path: Path, hours: int = 0, key: str = KEY) -> Verdict:
    return prove_books(path, Vault([key]), Clock()() + hours * HOUR_MS, at_full_speed)


@pytest.fixture
async def books(tmp_path: Path) -> Path:
    """Two members, of whom one has asked for a withdrawal."""
    path = tmp_path / "books.db"
    async with open_engine(path, DIRECT, key=KEY) as engine:
        for number in ("1", "2"):
            person, _ = await engine.get_or_create_person("telegram", number)
            await engine.join(person, key=f"join:{number}")
            await engine.adjust(f"a{number}", person, 50_000, "a present", actor="admin")
            await engine.withdraw(f"w{number}", person, 9_000, await engine.keep_destination(person, "sheba", SHEBA))
        await engine.settle("w1", "rejected", actor="admin")
    assert proved(path).problems == ()
    return path


def test_with_the_key_a_proof_since_the_seal_holds(books: Path) -> None:
    verdict = proved(books, 1)
    assert verdict.problems == ()
    assert not verdict.full


WHERE_MONEY_GOES = {
    "the digits": "UPDATE destinations SET last_four = '0000' WHERE id = 2",
    "the ciphertext": "UPDATE destinations SET ciphertext = ciphertext || 'x' WHERE id = 2",
    "whose it is": "UPDATE destinations SET digest = 'x', member = (SELECT MIN(id) FROM members) WHERE id = 2",
}


@pytest.mark.parametrize("statement", WHERE_MONEY_GOES.values(), ids=WHERE_MONEY_GOES.keys())
def test_where_an_open_withdrawal_goes_is_looked_at_each_time(
    statement: str, books: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.verify.since_seal.compare_slices", lambda *_: iter(()))
    tamper(books, statement)
    verdict = proved(books, 1)
    assert not verdict.holds
    assert not verdict.full


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE destinations SET last_four = '0000' WHERE id = 1",
        "UPDATE identities SET person = (SELECT MAX(id) FROM members) WHERE external_id = '1'",
        "UPDATE identities SET seal = '' WHERE external_id = '2'",
    ],
)
def test_the_other_rows_have_their_turn(statement: str, books: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.verify.slices.SLICE_ROWS", 1)
    assert proved(books, 1).holds
    tamper(books, statement)
    assert not all(proved(books, hours).holds for hours in (2, 3, 4))


async def test_a_store_of_an_earlier_version_is_proved_in_parts_too(tmp_path: Path) -> None:
    path = tmp_path / "books.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(OLD.read_text(encoding="utf-8"))
    async with open_engine(path, key=OLD_KEY):
        pass
    assert proved(path, 0, OLD_KEY).problems == ()
    async with open_engine(path, key=OLD_KEY) as engine:
        await engine.settle("w2", "paid", actor="admin")
        await engine.get_or_create_person("telegram", "999")
    verdict = proved(path, 1, OLD_KEY)
    assert verdict.problems == ()
    assert not verdict.full
    assert len(seals_of(path)) == 2
