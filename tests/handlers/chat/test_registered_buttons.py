"""The buttons of all features: each leads somewhere, and its callback data stays as it was in messages already sent."""

import re
from dataclasses import fields
from enum import Enum
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest

from bot.kit.buttons import Button
from bot.kit.errors import StaleButton
from bot.kit.feature import ButtonHandler
from bot.kit.languages import Language
from handlers.chat import FEATURES

WRITTEN = Path(__file__).with_name("callback_data.txt")
HANDLERS = sorted((each for feature in FEATURES for each in feature.buttons), key=lambda each: each.button.prefix)
EXAMPLES: dict[Any, Any] = {int: 7, str: "abc", bool: True, Language: "fa"}


def example_of(button: type[Button]) -> Button:
    """A button with a value of the right type in each field."""
    hints = get_type_hints(button, include_extras=True)
    return button(*(_value(hints[each.name]) for each in fields(button)))  # type: ignore[arg-type]


def _value(wanted: Any) -> Any:
    if get_origin(wanted) is Literal:
        return get_args(wanted)[0]
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return next(iter(wanted))
    return EXAMPLES[wanted]


@pytest.mark.parametrize("handler", HANDLERS, ids=lambda each: each.button.prefix)
def test_each_button_leads_to_its_handler_and_anything_else_to_none(handler: ButtonHandler) -> None:
    data = example_of(handler.button).pack()
    assert callable(handler.read(data))
    with pytest.raises(StaleButton):
        handler.read(data + ":more")


def test_each_button_that_is_written_is_registered() -> None:
    def below(button: type[Button]) -> list[type[Button]]:
        return [each for child in button.__subclasses__() for each in (child, *below(child))]

    written = {each for each in below(Button) if each.__module__.startswith(("handlers.", "bot.kit."))}
    assert written == {each.button for each in HANDLERS}


def test_callback_data_is_what_it_was_when_the_buttons_were_sent() -> None:
    """Buttons stay in chats for years. A new one is a new line of the file; no line of it ever changes."""
    lines = [f"{'admin ' if each.button.admin else ''}{example_of(each.button).pack()}" for each in HANDLERS]
    assert lines == WRITTEN.read_text(encoding="utf-8").splitlines()


def test_no_handler_asks_which_button_it_was_given() -> None:
    asking = re.compile(r"isinstance\([\w.]*button\b")
    files = Path(__file__).parents[3].joinpath("handlers").rglob("*.py")
    assert [str(each) for each in files if asking.search(each.read_text(encoding="utf-8"))] == []
