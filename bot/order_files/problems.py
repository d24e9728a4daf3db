"""What can be wrong with a file of orders, and where. The catalogue's text for one is `import-problem-<code>`."""

from dataclasses import dataclass
from typing import Literal

from engine.errors import MoarefError

Code = Literal[
    "missing",
    "not_an_amount",
    "not_a_count",
    "not_a_time",
    "too_long",
    "too_many_cells",
    "too_many_lines",
    "unknown_buyer",
    "other_buyer",
    "other_content",
    "number_of_shop",
]


@dataclass(frozen=True, slots=True)
class Problem:
    """One line that cannot be taken: its number in the file, from 1; the column by our name; what stands there.

    `order` is the order that it spoils, empty where that cannot be read.
    """

    line: int
    code: Code
    column: str
    value: str = ""
    order: str = ""


@dataclass(eq=False)
class UnreadableFile(MoarefError):
    """The whole file cannot be read; `code` is `no_text`, `no_header`, `unknown_column` or `missing_column`."""

    code: str
    value: str = ""

    def __str__(self) -> str:
        return f"{self.code}: {self.value}" if self.value else self.code
