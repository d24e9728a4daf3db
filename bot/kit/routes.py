"""Indexes all features' commands, buttons and steps. Clashes are found when it is built."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from bot.kit.buttons import Button
from bot.kit.context import Context
from bot.kit.dialogues import name_of
from bot.kit.errors import StaleButton
from bot.kit.feature import ButtonHandler, Command, Explain, Feature, Handler, StepHandler
from bot.kit.home_button import back_home

K = TypeVar("K")
T = TypeVar("T")


async def cancel(ctx: Context) -> None:
    """Ends the current dialogue."""
    if ctx.effects.dialogue_changed:
        ctx.say("dialogue-cancelled", rows=[back_home()])
    else:
        ctx.say("dialogue-nothing-to-cancel", rows=[back_home()])


CANCEL = Feature("cancel", commands=(Command("cancel", cancel),))


class Routes:
    """Holds the features' registrations by name. Raises ValueError for a name that two of them claim; adds /cancel."""

    def __init__(self, features: Iterable[Feature]) -> None:
        self.features = (*features, CANCEL)
        self.commands: Mapping[str, Command] = _unique(
            (command.name, command) for feature in self.features for command in feature.commands
        )
        self.steps: Mapping[str, StepHandler] = _unique(
            (name_of(each.step), each) for feature in self.features for each in feature.steps
        )
        self.refusals: Mapping[type[Exception], Explain] = _unique(
            refusal for feature in self.features for refusal in feature.refusals.items()
        )
        self.documents = _only([feature.documents for feature in self.features if feature.documents is not None])
        self.accounts = _only([feature.accounts for feature in self.features if feature.accounts is not None])
        self.paid = _only([feature.paid for feature in self.features if feature.paid is not None])
        self.given_back = _only([feature.given_back for feature in self.features if feature.given_back is not None])
        self.conversation = _only([each.conversation for each in self.features if each.conversation is not None])
        self.unexpected = _only([each.unexpected for each in self.features if each.unexpected is not None])
        self._buttons: Mapping[str, ButtonHandler] = _unique(
            (each.button.prefix, each) for feature in self.features for each in feature.buttons
        )

    def pressed(self, data: str) -> tuple[type[Button], Handler]:
        """Returns whose callback data this is and what is to be run; StaleButton where nobody knows it."""
        known = self._buttons.get(data.partition(":")[0])
        if known is None:
            raise StaleButton
        return known.button, known.read(data)


def _only(offers: list[T]) -> T | None:
    if len(offers) > 1:
        raise ValueError("two features claim what only one can see to")
    return offers[0] if offers else None


def _unique(offers: Iterable[tuple[K, T]]) -> dict[K, T]:
    found: dict[K, T] = {}
    for name, offer in offers:
        if name in found:
            raise ValueError(f"two features claim {name!r}")
        found[name] = offer
    return found
