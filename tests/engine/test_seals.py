"""What follows from no event is sealed: who is who, where money goes, and what was noted beside events."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from books import open_engine
from engine.errors import DestinationChanged, VaultError
from engine.store.connection import connect
from engine.store.rows import event_digest
from engine.store.sealing import is_sealed, seal_again
from engine.store.sqlite import SqliteStore
from engine.vault import Sealed, SecretPlace, Vault, new_key
from engine.verify.ledger import verify, verify_file
from stores import rows_of

OLD = Path(__file__).parent / "fixtures" / "version_3.sql"
OLD_KEY = "FIXEDKEYFIXEDKEYFIXEDKEYFIXEDKEYFIXEDKEYFIA="
SHEBA = "IR820540102680020817909002"
LAST = "WHERE seq = (SELECT MAX(seq) FROM journal)"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A store as the version before seals left it: three destinations, of which two are one member's."""
    with closing(sqlite3.connect(tmp_path / "books.db")) as connection:
        connection.executescript(OLD.read_text(encoding="utf-8"))
    return tmp_path / "books.db"


async def upgraded(path: Path, key: str = OLD_KEY) -> None:
    async with open_engine(path, key=key):
        pass


def problems(path: Path, key: str | None = OLD_KEY) -> tuple[str, ...]:
    return verify_file(path, Vault([key]) if key else None).problems


def tamper(path: Path, *statements: str) -> None:
    """Changes rows as somebody does who knows that there are triggers."""
    with closing(connect(path)) as connection:
        triggers = rows_of(connection, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        connection.execute("PRAGMA foreign_keys = OFF")
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            assert connection.execute(statement).rowcount >= 1, statement
        for _, sql in triggers:
            connection.execute(sql)


async def test_an_old_store_is_sealed_by_the_first_start_with_its_key(old: Path) -> None:
    await upgraded(old)
    assert problems(old) == ()
    async with open_engine(old, key=OLD_KEY) as engine:
        assert await engine.destination(1) == ("sheba", SHEBA)
        assert [row.state for row in (await engine.open_withdrawals(count=9))[0]] == ["approved"]
        await engine.settle("w2", "paid", actor="admin")
    assert problems(old) == ()
    assert problems(old, None) == ()
    with closing(connect(old)) as connection:
        assert rows_of(connection, "SELECT COUNT(*) FROM destinations WHERE substr(ciphertext, 1, 2) <> '2.'") == [(0,)]


async def test_an_old_store_holds_also_before_it_is_sealed(old: Path) -> None:
    with closing(connect(old)) as connection:
        SqliteStore.prepare(connection)
        assert not is_sealed(connection)
        assert verify(connection).problems == ()
        assert verify(connection, Vault([OLD_KEY])).problems == ()


async def test_a_store_is_not_sealed_with_a_key_that_opens_none_of_its_destinations(old: Path) -> None:
    with pytest.raises(VaultError, match=r"store\.key is not the key"):
        await upgraded(old, new_key())
    await upgraded(old)
    assert problems(old) == ()


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE identities SET person = CAST(x'ff' AS TEXT) WHERE external_id = '100'",
        "UPDATE journal SET details = CAST(x'ff' AS TEXT) WHERE seq = 2",
        "UPDATE destinations SET kind = CAST(x'ff' AS TEXT) WHERE id = 1",
        "UPDATE destinations SET ciphertext = 'x' WHERE id = 1",
    ],
)
async def test_an_old_store_that_is_too_damaged_to_be_sealed_is_opened_and_fails_its_proof(
    old: Path, damage: str
) -> None:
    tamper(old, damage)
    await upgraded(old)
    assert problems(old)


EXCHANGE = """
UPDATE destinations SET ciphertext = ciphertext || '|' || (SELECT ciphertext FROM destinations WHERE id = OTHER)
WHERE id = ONE;
UPDATE destinations SET ciphertext = (
    SELECT substr(ciphertext, 1, instr(ciphertext, '|') - 1) FROM destinations WHERE id = ONE
) WHERE id = OTHER;
UPDATE destinations SET ciphertext = substr(ciphertext, instr(ciphertext, '|') + 1) WHERE id = ONE
"""


def exchanged(one: int, other: int) -> tuple[str, ...]:
    """Each destination has the other's ciphertext."""
    return tuple(EXCHANGE.replace("ONE", str(one)).replace("OTHER", str(other)).split(";"))


TAMPERINGS: dict[str, tuple[str, ...]] = {
    "two members' ciphertexts are exchanged": exchanged(1, 3),
    "one member's own ciphertexts are exchanged": exchanged(1, 2),
    "a destination is another member's": ("UPDATE destinations SET member = 'CODE003' WHERE id = 1",),
    "a destination is of another kind": ("UPDATE destinations SET kind = 'card' WHERE id = 1",),
    "a destination shows other digits": ("UPDATE destinations SET last_four = '0000' WHERE id = 1",),
    "a destination is told from others by another digest": ("UPDATE destinations SET digest = 'x' WHERE id = 1",),
    "an account is another member's": (
        "UPDATE identities SET person = 'CODE002' WHERE realm = 'telegram' AND external_id = '100'",
    ),
    "an account is another one": ("UPDATE identities SET external_id = '777' WHERE external_id = '100'",),
    "two accounts are exchanged": (
        """UPDATE identities SET person = CASE person WHEN 'CODE001' THEN 'CODE002' ELSE 'CODE001' END
        WHERE realm = 'telegram' AND person IN ('CODE001', 'CODE002')""",
    ),
    "an account's seal is taken away": ("UPDATE identities SET seal = '' WHERE external_id = '100'",),
    "where a withdrawal goes, there and in the journal": (
        "UPDATE withdrawal_details SET destination = 2 WHERE id = 'w1'",
        """UPDATE journal SET details = replace(details, '"destination":1', '"destination":2') WHERE type = 'withdraw'
        AND key = 'withdraw:w1'""",
    ),
    "how a withdrawal was paid, there and in the journal": (
        "UPDATE withdrawal_details SET tracking = 'T-2' WHERE id = 'w1'",
        "UPDATE journal SET details = replace(details, 'T-1', 'T-2') WHERE type = 'settle'",
    ),
    "what was told": ("UPDATE notices SET content = '{}' WHERE number = 1",),
    "what the proof begins with": ("UPDATE baselines SET upto = upto + 1 WHERE name = 'journal'",),
    "that the store is sealed": ("DELETE FROM baselines WHERE name = 'sealed'",),
    "who somebody was before": ("UPDATE identity_changes SET earlier = 'CODE001'",),
}


@pytest.mark.parametrize("statements", TAMPERINGS.values(), ids=TAMPERINGS.keys())
async def test_what_somebody_changes_in_a_sealed_store_is_found(old: Path, statements: tuple[str, ...]) -> None:
    async with open_engine(old, key=OLD_KEY) as engine:
        await engine.transaction(lambda books: books.relink("shop:woo", "7", "CODE004"))
    assert problems(old) == ()
    tamper(old, *statements)
    assert problems(old)


async def test_a_new_row_of_the_journal_is_not_taken_for_one_of_before(old: Path) -> None:
    async with open_engine(old, key=OLD_KEY) as engine:
        await engine.adjust("a9", "CODE001", 5, "a present", actor="admin")
        (seq,) = [row[0] for row in await engine._reader.fetch("SELECT MAX(seq) FROM journal")]
    tamper(old, f"""UPDATE journal SET details = '{{"x":1}}' {LAST}""")  # noqa: S608
    assert f"journal row {seq}: its digest does not match its content" in problems(old)
    with closing(connect(old)) as connection:
        row = connection.execute("SELECT * FROM journal WHERE seq = ?", (seq,)).fetchone()
        digest = event_digest(row["seq"], row["at"], row["content"], row["key"], row["actor"], row["refusal"])
    tamper(old, f"UPDATE journal SET digest = '{digest}' {LAST}")  # noqa: S608
    assert f"journal row {seq}: its digest does not match its content" in problems(old)
    tamper(old, "UPDATE baselines SET upto = (SELECT MAX(seq) FROM journal) WHERE name = 'journal'")
    assert problems(old)


@pytest.mark.parametrize(
    "statements",
    [
        exchanged(1, 3),
        ("UPDATE destinations SET member = 'CODE003' WHERE id = 3",),
        ("UPDATE withdrawal_details SET destination = 1 WHERE id = 'w2'",),
        ("UPDATE destinations SET digest = 'x', last_four = '0004' WHERE id = 3",),
    ],
)
async def test_nobody_is_paid_where_the_destination_is_not_the_one_that_was_given(
    old: Path, statements: tuple[str, ...]
) -> None:
    await upgraded(old)
    tamper(old, *statements)
    async with open_engine(old, key=OLD_KEY) as engine:
        with pytest.raises(DestinationChanged):
            await engine.settle("w2", "paid", actor="admin")
        view = await engine.withdrawal_called("w2")
        assert view is not None
        assert view.state == "approved"
        await engine.settle("w2", "rejected", actor="admin")


def test_a_secret_is_opened_in_its_own_row_alone() -> None:
    vault, place = Vault([new_key()]), SecretPlace(1, "CODE001", "sheba")
    sealed = vault.seal(SHEBA, place)
    assert vault.open(sealed, place) == SHEBA
    others: list[Callable[[], str]] = [
        lambda: vault.open(sealed, place._replace(id=2)),
        lambda: vault.open(sealed, place._replace(member="CODE002")),
        lambda: vault.open(sealed, place._replace(kind="card")),
        lambda: vault.open(Sealed(sealed.ciphertext, sealed.key_id, "0000", sealed.digest), place),
        lambda: vault.open(Sealed(sealed.ciphertext, sealed.key_id, sealed.last_four, "x"), place),
        lambda: vault.open(Sealed("2.", sealed.key_id, sealed.last_four, sealed.digest), place),
        lambda: Vault([new_key()]).open(sealed, place),
    ]
    for each in others:
        with pytest.raises(VaultError):
            each()


async def test_without_the_key_nobody_is_written_down_in_a_sealed_store(old: Path) -> None:
    await upgraded(old)
    async with open_engine(old, key=OLD_KEY) as engine:
        engine._vault = None
        with pytest.raises(VaultError, match=r"store\.key"):
            await engine.get_or_create_person("telegram", "999")
    assert problems(old) == ()


async def test_after_a_key_was_lost_a_store_is_sealed_again_by_hand(old: Path) -> None:
    async with open_engine(old, key=OLD_KEY) as engine:
        await engine.transaction(lambda books: books.relink("shop:woo", "7", "CODE004"))
    key = new_key()
    assert problems(old, key)
    with closing(connect(old)) as connection:
        connection.execute("BEGIN")
        seal_again(connection, Vault([key]))
        connection.execute("COMMIT")
    assert problems(old, key) == ()
    async with open_engine(old, key=key) as engine:
        with pytest.raises(DestinationChanged):
            await engine.settle("w2", "paid", actor="admin")
        assert await engine.keep_destination("CODE001", "sheba", SHEBA) == 4
    assert problems(old, key) == ()


SCHEMA = {
    "a trigger is dropped": "DROP TRIGGER journal_stays",
    "an index is dropped": "DROP INDEX commissions_once",
    "a view is another": "DROP VIEW withdrawals_seen",
    "a trigger that nobody knows": "CREATE TRIGGER t AFTER INSERT ON profiles BEGIN DELETE FROM halts; END",
    "an index that nobody knows": "CREATE INDEX i ON members (rank)",
    "a version that never was": "UPDATE migrations SET name = '0001_x' WHERE component = 'engine' AND number = 1",
}


@pytest.mark.parametrize("statement", SCHEMA.values(), ids=SCHEMA.keys())
async def test_what_is_changed_about_tables_triggers_and_indexes_is_found(old: Path, statement: str) -> None:
    await upgraded(old)
    with closing(connect(old)) as connection:
        connection.execute(statement)
    assert problems(old)
