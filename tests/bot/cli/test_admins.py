"""`moaref admins`: who is an admin, and who made them one."""

import asyncio
import json
from pathlib import Path

import pytest

from bot.kit.admins import AddedAdmin
from bot.kit.person import Person
from bot.runtime.signals import Topic
from bot.store.admins import AdminRoll
from bot.store.database import Database
from bot.store.profiles import Profiles, UserSeen
from shell import shell

CONFIG = """
[telegram]
admins = [900]
[store]
url = "sqlite:///m.db"
[program]
currency = "IRT"
[[ranks]]
id = "base"
commission = "20%"
"""


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.toml").write_text(CONFIG)
    asyncio.run(changes_in(tmp_path / "m.db"))
    return tmp_path


async def changes_in(file: Path) -> None:
    """Hamid has added Sara and Ali, and removed Ali."""
    stores = await Database.open(file)
    roll = AdminRoll(stores.writer, stores.machine, owners=frozenset({900}), added=(), changed=Topic())
    people = Profiles(stores.writer, stores.machine, roll)
    for id, telegram_id, name in (("HAMID", 900, "Hamid"), ("SARA", 101, "Sara"), ("ALI", 102, "Ali")):
        await people.arrive(id, UserSeen(telegram_id, name, None, "en", 0), 0)
        if id != "HAMID":
            person = Person(id, telegram_id, name, None, "en", is_admin=False, blocked=False)
            await roll.add(person, owner="HAMID", cause=f"admin:{id}", at=1_773_000_000_000)
    await roll.remove(AddedAdmin(102, "ALI", "", 0), owner="HAMID", cause="admin:-", at=1_773_000_001_000)
    await stores.close()


@pytest.mark.usefixtures("config")
def test_owners_admins_and_changes_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert shell("admins") == 0
    assert capsys.readouterr().out.splitlines() == [
        "owner  900",
        "admin  101  Sara, added by Hamid",
        "2026-03-08T20:00:00.000Z  Hamid added Sara (101)",
        "2026-03-08T20:00:00.000Z  Hamid added Ali (102)",
        "2026-03-08T20:00:01.000Z  Hamid removed Ali (102)",
    ]
    assert shell("admins", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["owners"], told["admins"]) == ([900], [101])
    assert [each["kind"] for each in told["changes"]] == ["added", "added", "removed"]


def test_without_a_store_there_is_nothing_to_list(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (config / "m.db").unlink()
    assert shell("admins") == 2
    assert "there is no store yet" in capsys.readouterr().err
