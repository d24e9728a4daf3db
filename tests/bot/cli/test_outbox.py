"""`moaref outbox`: counts, and the delivery_statuses of somebody's messages, as text and as JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.store.database import Database
from machine import Store, text_to
from shell import shell


@pytest.fixture
async def database(tmp_path: Path) -> Path:
    """A store in which something has happened to Sara's messages, and to a broadcast."""
    path = tmp_path / "moaref.db"
    stores = await Database.open(path)
    await stores.close()
    store = await Store.open(path)
    await store.know(101, "Sara", username="sara")
    await store.know(102, "Ali")
    await store.enqueue("notice:17", text_to(101, "earned"), notice=True, now=5)
    await store.enqueue("update:3", text_to(101, "answer"), now=6)
    answers, notices = [await store.outbox.waiting(kind, 0, 10) for kind in (0, 1)]  # type: ignore[arg-type]
    await store.outbox.mark_unconfirmed(notices[0], "cut", 1, 7)
    await store.outbox.mark_failed(answers[0], "E-1: Bad Request", 1, 8)
    id = await store.broadcasts.create("update:1", "P101", 9)
    await store.broadcasts.write(id, "en", "Hello")
    await store.broadcasts.start(id, 101, None, 10)
    while await store.recipients.gather():
        pass
    letters = await store.recipients.waiting(10)
    await store.recipients.claim(letters[:1], 11)
    await store.recipients.mark_unconfirmed(letters[0], "cut", 1, 12)
    await store.close()
    return path


def asked(capsys: pytest.CaptureFixture[str], database: Path, *arguments: str) -> str:
    assert shell("outbox", *arguments, "--store", f"sqlite:///{database}") == 0
    return capsys.readouterr().out


async def test_counts_by_kind_and_state(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(capsys, database).splitlines() == [
        "answers failed: 1",
        "notices waiting: 1, 1 of them unsure",
        "broadcast 1 running, 2 people: 1 unknown",
    ]
    said: dict[str, Any] = json.loads(asked(capsys, database, "--json"))
    assert said["messages"][1] == {"kind": "notices", "state": "new", "count": 1, "unsure": 1}
    assert (said["broadcasts"][0]["recipients"], said["broadcasts"][0]["unknown"]) == (2, 1)


@pytest.mark.parametrize("whom", ["101", "@Sara", "P101"])
async def test_the_fates_of_a_persons_messages(database: Path, capsys: pytest.CaptureFixture[str], whom: str) -> None:
    said = asked(capsys, database, whom)
    assert [line.split(" ", 1)[1] for line in said.splitlines()] == [
        "101 broadcast broadcast:1: unknown (unsure; cut)",
        "101 answer update:3/0: failed (E-1: Bad Request)",
        "101 notice notice:17/0: waiting (unsure)",
    ]


async def test_the_fates_of_a_cause(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (notice,) = json.loads(asked(capsys, database, "notice:17", "--json"))
    assert (notice["chat_id"], notice["state"], notice["unsure"]) == (101, "waiting", 1)
    assert notice["at"] == "1970-01-01T00:00:00.005Z"
    states = [each["state"] for each in json.loads(asked(capsys, database, "broadcast:1", "--json"))]
    assert states == ["unknown", "waiting"]
    assert asked(capsys, database, "notice:18") == "no message is known\n"


async def test_somebody_unknown_is_one_line(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shell("outbox", "@nobody", "--store", f"sqlite:///{database}") == 1
    assert capsys.readouterr().err == "moaref: @nobody: no user of the bot matches\n"


@pytest.mark.parametrize("reference", ["N-H", "n-h", "B-1"])
async def test_a_message_is_found_by_the_reference_that_a_person_reads_out(
    database: Path, capsys: pytest.CaptureFixture[str], reference: str
) -> None:
    store = await Store.open(database)
    await store.enqueue("notice:17/P102", replace(text_to(102, "earned"), reference="N-H"), notice=True, now=7)
    await store.enqueue("broadcast:1/end", replace(text_to(101, "sent"), reference="B-1"), now=8)
    await store.close()
    (found,) = json.loads(asked(capsys, database, reference, "--json"))
    assert found["reference"] == reference.upper()


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("9" * 30,), 1),
        (("9" * 5_000,), 1),
        (("broadcast:" + "9" * 30,), 0),
        (("101", "--count", "9" * 30), 2),
        (("X-99",), 1),
    ],
)
def test_numbers_that_no_store_can_hold_and_references_that_nobody_gave_find_nothing(
    database: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], status: int
) -> None:
    assert shell("outbox", *arguments, "--store", f"sqlite:///{database}") == status
    assert "Traceback" not in capsys.readouterr().err
