"""Names the spans of time that figures are asked for; a module of its own, so that a command's help loads no more."""

from typing import Final, Literal, get_args

Span = Literal["today", "week", "month", "last_month"]
SPANS: Final[tuple[Span, ...]] = get_args(Span)
