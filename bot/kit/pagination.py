"""Long lists a page at a time, and many buttons in rows of a few.

page = paginate(total, wanted, size=6)
found = await ctx.engine.open_withdrawals(skip=page.skip, count=page.size)
rows = [*in_rows(buttons, 3), page.turning(OpenPending), back_to_admin()]
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.kit.buttons import Button, Press

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pagination:
    """One page of a list: `number` of `pages`, both counted from 1, with up to `size` entries."""

    number: int
    pages: int
    size: int

    @property
    def skip(self) -> int:
        """Returns how many entries stand on the pages before."""
        return (self.number - 1) * self.size

    def of(self, entries: Sequence[T]) -> Sequence[T]:
        """Returns those of all entries that stand on this page."""
        return entries[self.skip : self.skip + self.size]

    def turning(
        self, open_page: Callable[[int], Button], *, back: str = "button-previous", on: str = "button-next"
    ) -> list[Press]:
        """Returns the row that leads to the pages beside this one; `back` and `on` are ids of labels."""
        rows = [Press(back, open_page(self.number - 1))] if self.number > 1 else []
        return rows + ([Press(on, open_page(self.number + 1))] if self.number < self.pages else [])


def paginate(total: int, wanted: int, size: int) -> Pagination:
    """Returns the wanted page of `total` entries, or the nearest that there is: an empty list has one page."""
    pages = max(1, -(-total // size))
    return Pagination(min(max(1, wanted), pages), pages, size)


def in_rows(buttons: Sequence[T], width: int) -> list[list[T]]:
    """Divides buttons into rows of `width`; the last row may be shorter."""
    return [list(buttons[start : start + width]) for start in range(0, len(buttons), width)]
