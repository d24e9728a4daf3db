"""The configuration's file follows a change of the programme: that change, and nothing else."""

import asyncio
import os
import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.config.loading import programme_of
from bot.config.programme_file import CannotFollow, ConfigurationFile, with_edit
from bot.kit.programme_file import FileState
from bot.kit.titles import TitleBook, Titles, TitleWords
from engine.programme.edits import Edit, EndOffer, NewOffer, NewRate, edited
from engine.programme.model import Programme

FILE = """# the shop
[telegram]
token = "1:secret"   # mine

[program]
currency = "IRT"

[[ranks]]            # lowest first
id = "base"
commission = "20%"   # everybody's

[[rates]]
product = "phones"
commission = "10%"

[[rates]]
product = "phones"
commission = "12%"

[plan]
kind = "direct"      # the end
"""
SPRING = NewOffer({"id": "spring", "commission": "30%", "ends": "2026-04-01T00:00:00Z"})


def followed(
    path: Path | None, edit: Edit, title: TitleWords | None = None, environ: Mapping[str, str] | None = None
) -> FileState:
    """What becomes of the file when the edit has come into force."""
    programme = Programme.from_tables(in_force_after(edit))
    file = ConfigurationFile(path, environ or {}, lambda: programme, TitleBook(Titles()))
    return asyncio.run(file.follow(edit, title or {}))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(FILE, encoding="utf-8")
    path.chmod(0o640)
    return path


def in_force_after(edit: Edit) -> dict[str, Any]:
    return edited(programme_of(tomllib.loads(FILE)), edit)


@pytest.mark.parametrize(
    ("edit", "gone", "new"),
    [
        (SPRING, [], ["[[offers]]", 'id = "spring"', 'commission = "30%"', 'ends = "2026-04-01T00:00:00Z"']),
        (
            NewRate("rank", "base", "25%"),
            ['commission = "20%"   # everybody\'s'],
            ['commission = "25%"   # everybody\'s'],
        ),
        (NewRate("category", "hats", "5%"), [], ["[[rates]]", 'category = "hats"', 'commission = "5%"']),
        (NewRate("product", "phones", "9%"), ['commission = "10%"', 'product = "phones"'], ['commission = "9%"']),
    ],
)
def test_the_edit_alone_is_written(file: Path, edit: Edit, gone: list[str], new: list[str]) -> None:
    assert followed(file, edit) == "same"
    text = file.read_text(encoding="utf-8")
    for line in FILE.splitlines():
        assert line in text or line in gone or "12%" in line, line
    for line in new:
        assert line in text
    assert programme_of(tomllib.loads(text)) == in_force_after(edit)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert [each.name for each in file.parent.iterdir()] == ["config.toml"]


def test_a_repeat_writes_nothing_again(file: Path) -> None:
    assert [followed(file, SPRING, {"en": "Spring"}) for _ in range(2)] == ["same", "same"]
    assert file.read_text(encoding="utf-8").count('id = "spring"') == 1
    assert tomllib.loads(file.read_text(encoding="utf-8"))["offers"][0]["title"] == {"en": "Spring"}


def test_what_differs_already_stays_and_is_told(file: Path) -> None:
    file.write_text(FILE.replace('"20%"', '"22%"'), encoding="utf-8")
    assert followed(file, SPRING) == "differs"
    assert 'commission = "22%"' in file.read_text(encoding="utf-8")


def test_a_value_of_the_environment_counts(file: Path) -> None:
    environ = {"MOAREF_PROGRAM__MATURITY_DAYS": "7"}
    assert followed(file, SPRING, environ=environ) == "differs"


@pytest.mark.parametrize("content", [b"not TOML", b"\xff\xfe", b"", FILE.replace("base", "other").encode()])
def test_a_file_that_the_edit_does_not_fit_stays_as_it_is(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    edit = NewRate("rank", "base", "25%")
    assert followed(file, edit) == "unchanged"
    assert file.read_bytes() == content


def test_without_a_file_the_owner_has_to_do_it(tmp_path: Path) -> None:
    for path in (None, tmp_path / "gone.toml"):
        assert followed(path, SPRING) == "unchanged"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_file_that_is_read_only_stays(file: Path) -> None:
    file.chmod(0o440)
    assert followed(file, SPRING) == "unchanged"


def test_a_link_to_the_file_stays_a_link(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.toml"
    link.symlink_to(file)
    assert followed(link, SPRING) == "same"
    assert link.is_symlink()
    assert "spring" in file.read_text(encoding="utf-8")


def test_a_mark_at_the_start_and_windows_line_ends_stay(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + FILE.replace("\n", "\r\n").encode())
    assert followed(file, SPRING) == "same"
    content = file.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf# the shop\r\n")
    assert tomllib.loads(content.decode("utf-8-sig"))["offers"][0]["id"] == "spring"


def test_offers_in_one_line_are_added_to_and_the_last_one_s_end_takes_the_key_away() -> None:
    inline = 'offers = [{ id = "a", commission = "1%" }]\n' + FILE
    assert len(tomllib.loads(with_edit(inline, SPRING, {}))["offers"]) == 2
    assert "offers" not in tomllib.loads(with_edit(inline, EndOffer("a", None), {}))
    with pytest.raises(CannotFollow):
        with_edit(inline, EndOffer("b", None), {})
