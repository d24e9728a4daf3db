from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Lock
from typing import Any

import pytest

from bot.kit.brand import Brand
from bot.pictures.renderer import ImageRenderer


class Painter:
    def __init__(self) -> None:
        self.painted: list[str] = []

    def __call__(self, recipe: Mapping[str, Any], _brand: Brand) -> bytes:
        code = str(recipe["code"])
        self.painted.append(code)
        return code.encode()


def test_a_picture_is_drawn_once_while_it_is_remembered() -> None:
    painter = Painter()
    gallery = ImageRenderer(capacity=2, kinds={"qr": painter})
    for code in ("A", "B", "A", "C", "A", "B"):
        assert gallery.draw({"kind": "qr", "code": code}) == code.encode()
    assert painter.painted == ["A", "B", "C", "B"]


def test_a_file_is_shown_as_it_is_and_one_that_is_gone_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"picture")
    assert ImageRenderer().draw({"kind": "file", "path": str(tmp_path / "a.png")}) == b"picture"
    with pytest.raises(FileNotFoundError):
        ImageRenderer().draw({"kind": "file", "path": str(tmp_path / "b.png")})


def test_a_kind_that_nobody_draws_is_an_error() -> None:
    with pytest.raises(KeyError, match="chart"):
        ImageRenderer(capacity=2, kinds={}).draw({"kind": "chart"})


def test_cards_that_wait_since_an_earlier_version_become_posters() -> None:
    picture = ImageRenderer().draw({"kind": "qr", "link": "https://t.me/moaref_shop_bot?start=A", "code": "A"})
    assert picture.startswith(b"\x89PNG")


def test_a_chart_is_nobody_else_s_and_takes_no_card_s_place() -> None:
    painter = Painter()
    gallery = ImageRenderer(capacity=1, kinds={"qr": painter, "weeks": painter})
    for kind, code in (("qr", "A"), ("weeks", "W"), ("weeks", "W"), ("qr", "A")):
        gallery.draw({"kind": kind, "code": code})
    assert painter.painted == ["A", "W", "W"]


class SlowPainter:
    """Paints when it is allowed to, and counts how many paint at once."""

    def __init__(self) -> None:
        self.begun, self.may_finish = Event(), Event()
        self.at_once, self.painted = 0, list[str]()
        self._one = Lock()

    def __call__(self, recipe: Mapping[str, Any], _brand: Brand) -> bytes:
        alone = self._one.acquire(blocking=False)
        self.at_once = max(self.at_once, 1 if alone else 2)
        self.begun.set()
        assert self.may_finish.wait(10)
        self.painted.append(recipe["code"])
        if alone:
            self._one.release()
        return str(recipe["code"]).encode()


def test_of_many_cards_one_is_drawn_at_a_time_and_the_same_one_is_drawn_once() -> None:
    painter = SlowPainter()
    gallery = ImageRenderer(capacity=9, kinds={"qr": painter})
    with ThreadPoolExecutor(6) as threads:
        drawn = [threads.submit(gallery.draw, {"kind": "qr", "code": code}) for code in "ABABAB"]
        assert painter.begun.wait(10)
        painter.may_finish.set()
    assert [each.result() for each in drawn] == [b"A", b"B"] * 3
    assert sorted(painter.painted) == ["A", "B"]
    assert painter.at_once == 1
