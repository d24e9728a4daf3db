from collections.abc import Callable
from dataclasses import dataclass

import pytest

from bot.kit.buttons import Button
from bot.kit.context import Context
from bot.kit.dialogues import Dialogue, Step
from bot.kit.errors import StaleButton
from bot.kit.feature import on, on_answer, on_plain, on_plain_answer

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


class PageAsked(Step, frozen=True, tag="page"):
    of: str
    first: int = 1


class NameAsked(Step, frozen=True, tag="name"):
    pass


async def turn_to(ctx: Context, step: PageAsked) -> None:
    ctx.text = f"{step.of} from {step.first}"


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


async def test_an_answer_is_taken_with_the_values_that_it_was_asked_with(make_context: Make) -> None:
    ctx = make_context(text="7")
    asked = Dialogue.asking(PageAsked("friends", 3), 5)
    assert asked == Dialogue("page", '{"of":"friends","first":3}', 5)
    run = on_answer(PageAsked, turn_to).read(asked.content)
    assert run is not None
    await run(ctx)
    assert ctx.text == "friends from 3"


async def test_a_value_that_stored_questions_do_not_have_yet_has_its_default(make_context: Make) -> None:
    ctx = make_context(text="7")
    run = on_answer(PageAsked, turn_to).read('{"of": "friends", "dropped since": 1}')
    assert run is not None
    await run(ctx)
    assert ctx.text == "friends from 1"


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"of": 1}', '{"of": "friends", "first": "one"}'])
def test_values_that_the_step_would_not_have_stored_are_not_read(content: str) -> None:
    assert on_answer(PageAsked, turn_to).read(content) is None


def test_a_step_that_holds_values_is_not_registered_without_them() -> None:
    with pytest.raises(ValueError, match="PageAsked holds values"):
        on_plain_answer(PageAsked, leave)


def test_a_handler_of_another_step_is_an_error_of_types() -> None:
    on_answer(NameAsked, turn_to)  # type: ignore[arg-type]
    on_answer(PageAsked, leave)  # type: ignore[arg-type]
    on_plain_answer(NameAsked, turn_to)  # type: ignore[arg-type]


def test_a_handler_of_another_button_is_an_error_of_types() -> None:
    """The comments are what mypy checks: it reports them as unused where it would let these lines pass."""
    on(Choose, turn)  # type: ignore[arg-type]
    on(Turn, leave)  # type: ignore[arg-type]
    on_plain(Leave, turn)  # type: ignore[arg-type]
