"""Checks a CSV file's quotation marks: which row begins a cell that never ends. Pure and stateless.

The csv module reads such a file without an error: everything up to the next quotation mark becomes one cell, with the
orders in it.
"""

from collections.abc import Iterable

from bot.order_files.problems import UnreadableFile

QUOTE = '"'


def check_quotes(lines: Iterable[str], delimiter: str, cells_min: int) -> None:
    """Raises UnreadableFile with the line of the row whose quotation mark is not closed.

    `lines` keep their ends and are counted from 1. Wrongly closed counts as well: a mark with text after it, or a cell
    that has swallowed a line of at least `cells_min` cells, which is a row of its own.
    """
    is_open, begins = False, 0
    for number, line in enumerate(lines, 1):
        if not is_open:
            begins = number
        elif line.count(delimiter, 0, _end_of_cell(line)) >= cells_min - 1:
            raise UnreadableFile("unclosed_quote", line=begins)
        if is_open or QUOTE in line:
            is_open = _is_open_behind(line, delimiter, begins, is_open=is_open)
    if is_open:
        raise UnreadableFile("unclosed_quote", line=begins)


def _is_open_behind(line: str, delimiter: str, begins: int, *, is_open: bool) -> bool:
    """Returns whether a quoted cell continues in the next line, given whether one is open."""
    place = 0
    while True:
        if not is_open:
            place = _after_blanks(line, place)
            if line.startswith(QUOTE, place):
                is_open, place = True, place + 1
            else:
                end = line.find(delimiter, place)
                _check_bare(line[place:] if end < 0 else line[place:end], begins)
                if end < 0:
                    return False
                place = end + 1
        else:
            end = _end_of_cell(line, place)
            if end == len(line):
                return True
            place, is_open = _after_blanks(line, end + 1), False
            if line.startswith(delimiter, place):
                place += 1
            elif line[place:].strip("\r\n"):
                raise UnreadableFile("stray_quote", line=begins)
            else:
                return False


def _check_bare(cell: str, begins: int) -> None:
    """Checks an unquoted cell: one that ends with a quotation mark has lost the opening one. Raises UnreadableFile."""
    if cell.rstrip().endswith(QUOTE) and cell.count(QUOTE) % 2:
        raise UnreadableFile("stray_quote", line=begins)


def _end_of_cell(line: str, place: int = 0) -> int:
    """Returns the index of the mark that closes the open cell, past doubled ones; the line's length if there is
    none.
    """
    while (end := line.find(QUOTE, place)) >= 0:
        if line.startswith(QUOTE, end + 1):
            place = end + 2
        else:
            return end
    return len(line)


def _after_blanks(line: str, place: int) -> int:
    while line.startswith(" ", place):
        place += 1
    return place
