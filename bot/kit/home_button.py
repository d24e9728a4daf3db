"""Defines the button to the home card, which stands under every page and every answer that ends something."""

from dataclasses import dataclass

from bot.kit.buttons import Button, Press


@dataclass(frozen=True)
class OpenHome(Button, prefix="home"):
    """Opens the home card, where Back leads in the end."""

    fresh: bool = False


def back_home(*, fresh: bool = False) -> list[Press]:
    """Returns the row that every page ends with."""
    return [Press("button-home", OpenHome(fresh))]
