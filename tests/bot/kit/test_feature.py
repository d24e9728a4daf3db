from collections.abc import Callable
from dataclasses import dataclass

import pytest

from bot.kit.buttons import Button
from bot.kit.context import Context
from bot.kit.errors import StaleButton
from bot.kit.feature import on, on_plain

Make = Callable[..., Context]


@dataclass(frozen=True)
class Turn(Button, prefix="turn"):
    page: int


@dataclass(frozen=True)
class Choose(Button, prefix="choose"):
    place: int


@dataclass(frozen=True)
class Leave(Button, prefix="leave"):
    pass


async def turn(ctx: Context, button: Turn) -> None:
    ctx.effects.toast = None
    ctx.text = f"page {button.page}"


async def leave(ctx: Context) -> None:
    ctx.text = "left"


async def test_a_handler_is_given_its_button_with_the_values_that_were_pressed(make_context: Make) -> None:
    ctx = make_context(data="turn:7")
    await on(Turn, turn).read("turn:7")(ctx)
    assert ctx.text == "page 7"


async def test_a_button_without_values_needs_no_argument(make_context: Make) -> None:
    ctx = make_context(data="leave")
    await on_plain(Leave, leave).read("leave")(ctx)
    assert ctx.text == "left"


@pytest.mark.parametrize("data", ["turn", "turn:x", "turn:1:2", "choose:1", "leave:1"])
def test_data_that_the_button_would_not_have_written_is_refused(data: str) -> None:
    for handler in (on(Turn, turn), on_plain(Leave, leave)):
        with pytest.raises(StaleButton):
            handler.read(data)


def test_a_button_that_holds_values_is_not_registered_without_them() -> None:
    with pytest.raises(ValueError, match="Turn holds values"):
        on_plain(Turn, leave)


def test_a_handler_of_another_button_is_an_error_of_types() -> None:
    """The comments are what mypy checks: it reports them as unused where it would let these lines pass."""
    on(Choose, turn)  # type: ignore[arg-type]
    on(Turn, leave)  # type: ignore[arg-type]
    on_plain(Leave, turn)  # type: ignore[arg-type]
