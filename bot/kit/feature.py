"""Defines a feature, the unit of one handler module: its commands, buttons and dialogue steps."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

import msgspec

from bot.kit.buttons import Button
from bot.kit.context import Context
from bot.kit.dialogues import Step
from bot.kit.formatting import Argument
from bot.kit.imports import Document
from bot.kit.person import SharedAccount
from bot.kit.products import Payment

B = TypeVar("B", bound=Button)
S = TypeVar("S", bound=Step)
Handler = Callable[[Context], Awaitable[None]]
TakesDocument = Callable[[Context, Document], Awaitable[None]]
TakesAccount = Callable[[Context, SharedAccount], Awaitable[None]]
TakesConversation = Callable[[Context], Awaitable[bool]]
TakesPayment = Callable[[Context, Payment], Awaitable[None]]
Explain = Callable[[Any, Context], Mapping[str, Argument]]
"""Turns an error's fields into the arguments of its text `refused-<code>`."""


@dataclass(frozen=True, slots=True)
class Command:
    """Holds a command of the chat. Its description is the message `command-<name>`; `menu` lists it in the menu.

    An owner's command has both `admin` and `owner`.
    """

    name: str
    run: Handler
    admin: bool = False
    menu: bool = True
    owner: bool = False


@dataclass(frozen=True, slots=True)
class ButtonHandler:
    """Handles a press of a button. `on` and `on_plain` make them, so that mypy compares button and handler.

    read: turns callback data into what is to be run. StaleButton for data that the button would not have written.
    """

    button: type[Button]
    read: Callable[[str], Handler]


def on(button: type[B], run: Callable[[Context, B], Awaitable[None]]) -> ButtonHandler:
    """Registers the handler that takes this button, with the values that it holds."""

    def read(data: str) -> Handler:
        pressed = button.unpack(data)

        async def handle(ctx: Context) -> None:
            await run(ctx, pressed)

        return handle

    return ButtonHandler(button, read)


def on_plain(button: type[Button], run: Handler) -> ButtonHandler:
    """Registers the handler of a button that holds no values. ValueError for one that does: `on` is meant."""
    if fields(button):  # type: ignore[arg-type]  # buttons are dataclasses
        raise ValueError(f"{button.__name__} holds values that its handler would not see")

    def read(data: str) -> Handler:
        button.unpack(data)
        return run

    return ButtonHandler(button, read)


@dataclass(frozen=True, slots=True)
class StepHandler:
    """Handles an answer to a question. `on_answer` and `on_plain_answer` make them, as `on` does for buttons.

    read: turns the question's stored values into what is to be run. None for values that the step would not have
    stored: the question was another version's, and counts as expired.
    """

    step: type[Step]
    read: Callable[[str], Handler | None]


def on_answer(step: type[S], run: Callable[[Context, S], Awaitable[None]]) -> StepHandler:
    """Registers the handler that takes the answer to this step, with the values that it was asked with."""

    def read(content: str) -> Handler | None:
        try:
            asked = msgspec.json.decode(content, type=step)
        except (msgspec.DecodeError, UnicodeError):
            return None

        async def handle(ctx: Context) -> None:
            await run(ctx, asked)

        return handle

    return StepHandler(step, read)


def on_plain_answer(step: type[Step], run: Handler) -> StepHandler:
    """Registers the handler of a step without values. ValueError for one that has some: `on_answer` is meant."""
    if step.__struct_fields__:
        raise ValueError(f"{step.__name__} holds values that its handler would not see")
    return StepHandler(step, lambda _content: run)


@dataclass(frozen=True, slots=True)
class Feature:
    """Holds a handler module's registrations for the router.

    refusals: how to explain errors whose fields' types do not say enough. documents, accounts: handle files, and
    forwarded messages and contacts, that admins send outside of any dialogue; paid, given_back: handle payments and
    refunds. conversation: handles replies to messages that were passed on, and returns whether this was one.
    unexpected: handles messages in private that nothing else expects. Of these, only one feature may set each.
    """

    name: str
    commands: tuple[Command, ...] = ()
    buttons: tuple[ButtonHandler, ...] = ()
    steps: tuple[StepHandler, ...] = ()
    refusals: Mapping[type[Exception], Explain] = field(default_factory=dict)
    documents: TakesDocument | None = None
    accounts: TakesAccount | None = None
    paid: TakesPayment | None = None
    given_back: TakesPayment | None = None
    conversation: TakesConversation | None = None
    unexpected: Handler | None = None
