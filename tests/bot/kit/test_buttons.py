from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.buttons import Button, Copy
from bot.kit.errors import StaleButton


class Colour(Enum):
    RED = "r"
    GREEN = "g"


@dataclass(frozen=True)
class HistoryPage(Button, prefix="his"):
    page: int


@dataclass(frozen=True)
class Everything(Button, prefix="all"):
    number: int
    word: str
    flag: bool
    colour: Colour
    part: Literal["all", "half"]


@dataclass(frozen=True)
class Home(Button, prefix="home"):
    pass


def test_a_button_is_packed_as_its_prefix_and_its_fields() -> None:
    assert HistoryPage(2).pack() == "his:2"
    assert Home().pack() == "home"
    assert Everything(-1, "x", True, Colour.GREEN, "half").pack() == "all:-1:x:1:g:half"


@given(
    st.integers(-(10**17), 10**17),
    st.text("abcABC09-_", max_size=8),
    st.booleans(),
    st.sampled_from(Colour),
    st.sampled_from(["all", "half"]),
)
def test_every_button_comes_back_as_it_was(number: int, word: str, flag: bool, colour: Colour, part: Any) -> None:
    button = Everything(number, word, flag, colour, part)
    assert Everything.unpack(button.pack()) == button


@pytest.mark.parametrize(
    "data",
    [
        "",
        "his",
        "his:",
        "his:x",
        "his:1:2",
        "his:1.0",
        "his:٣",
        "his: 1",
        "her:1",
        "HIS:1",
        f"his:{'9' * 30}",
        "his:--1",
    ],
)
def test_callback_data_that_the_class_would_not_write_is_an_old_button(data: str) -> None:
    with pytest.raises(StaleButton):
        HistoryPage.unpack(data)


@pytest.mark.parametrize("data", ["all:1:x:2:g:half", "all:1:x:1:blue:half", "all:1:x:1:g:third"])
def test_values_outside_a_field_s_choices_are_an_old_button(data: str) -> None:
    with pytest.raises(StaleButton):
        Everything.unpack(data)


def test_sixty_four_bytes_fit_and_one_more_does_not() -> None:
    fits = Everything(1, "a" * (64 - len("all:1::1:r:all")), True, Colour.RED, "all")
    assert len(fits.pack()) == 64
    with pytest.raises(ValueError, match="over 64 bytes"):
        Everything(10, fits.word, True, Colour.RED, "all").pack()


def test_bytes_are_counted_and_not_letters() -> None:
    with pytest.raises(ValueError, match="over 64 bytes"):
        Everything(1, "ی" * 30, True, Colour.RED, "all").pack()


def test_a_text_that_holds_the_separator_is_not_packed() -> None:
    with pytest.raises(ValueError, match="separator"):
        Everything(1, "a:b", True, Colour.RED, "all").pack()


def test_a_prefix_is_short_and_plain() -> None:
    with pytest.raises(ValueError, match="is no prefix"):

        class Wrong(Button, prefix="with space"):
            pass


@pytest.mark.parametrize("text", ["", "x" * 257])
def test_a_copy_button_takes_1_to_256_characters(text: str) -> None:
    with pytest.raises(ValueError, match="1 to 256"):
        Copy("button-x", text)
