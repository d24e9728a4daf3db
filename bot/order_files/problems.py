"""Defines problems of an order file, with their place. The catalogue's text for one is `import-problem-<code>`."""

from dataclasses import dataclass, field
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
    "changed_number",
    "formula",
    "lost_letters",
    "split_amount",
    "unknown_buyer",
    "other_buyer",
    "other_content",
    "number_of_shop",
]

UnreadableCode = Literal[
    "no_text", "no_header", "unknown_column", "missing_column", "unclosed_quote", "stray_quote", "cell_too_large"
]


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Holds one unusable line: its number in the file, from 1; the column by our name; its content.

    `order` is the affected order, empty if that cannot be read. `cell` is the letter that spreadsheets show above the
    column, empty where no single cell is wrong.
    """

    line: int
    code: Code
    column: str
    value: str = ""
    order: str = ""
    cell: str = field(default="", compare=False)


@dataclass(eq=False)
class UnreadableFile(MoarefError):
    """Raised when the whole file cannot be read; `line` is where the faulty row begins, 0 if there is no single row."""

    code: UnreadableCode
    value: str = ""
    line: int = 0

    def __str__(self) -> str:
        where = f"line {self.line}: " if self.line else ""
        return f"{where}{self.code}: {self.value}" if self.value else f"{where}{self.code}"


def column_letter(place: int) -> str:
    """Returns the spreadsheet's letter for the column at that index, from 0: A, B ... Z, AA."""
    letters = ""
    while place >= 0:
        letters = chr(ord("A") + place % 26) + letters
        place = place // 26 - 1
    return letters
