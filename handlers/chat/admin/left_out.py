"""Lists what one confirmation leaves out: a line each, with why, and with who decided it where somebody did."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Final

from bot.kit.formatting import Argument, Choice, Count, Term, Text
from engine.batch_decisions import Decided

LINES_MAX: Final = 15

DecidedBy = Callable[[int], Awaitable[Argument | None]]
"""Returns who decided the one of a number; None where nobody did."""


async def left_out_lines(decided: Iterable[Decided], decided_by: DecidedBy) -> list[Term]:
    """Returns a heading and a line for each that is left out; nothing where none is."""
    told = sorted((each for each in decided if each.left_out is not None), key=lambda each: each.number)
    if not told:
        return []
    lines = [Term("admin-left-out", count=Count(len(told)))]
    lines += [await _line(each, decided_by) for each in told[:LINES_MAX]]
    if len(told) > LINES_MAX:
        lines.append(Term("listed-more", count=Count(len(told) - LINES_MAX)))
    return lines


async def _line(each: Decided, decided_by: DecidedBy) -> Term:
    who = None if each.left_out in ("unknown", "own", "changed") else await decided_by(each.number)
    return Term(
        "admin-left-out-line",
        number=Count(each.number),
        why=Choice(each.left_out or ""),
        named=Choice("no" if who is None else "yes"),
        admin=Text("") if who is None else who,
    )
