"""Reads the rows of an order file: its text, the headings in it, and the rows below them with their lines."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, Final

from bot.order_files.columns import headings_of
from bot.order_files.encoding import ARABIC_CODE_PAGE, encoding_of
from bot.order_files.problems import UnreadableFile
from bot.order_files.quotes import check_quotes
from bot.order_files.spreadsheet import is_blank

_BEGINNING_MAX: Final = 64 * 1024
"""The number of characters in which the headings are searched."""


class CsvRows:
    """Iterates over the file's rows, each time from the beginning; `read` is the latest pass's progress, from 0
    to 1.
    """

    def __init__(self, path: Path) -> None:
        """Finds the headings. Raises UnreadableFile for anything but such a file, OSError."""
        self.read = 0.0
        self._path = path
        self._encoding = encoding_of(path)
        self.narrow = self._encoding == ARABIC_CODE_PAGE
        """Whether the file is in a code page that lacks letters of Persian."""
        self._bytes = max(1, path.stat().st_size)
        with self._opened() as (_, text):
            self.headings = headings_of(text.read(_BEGINNING_MAX))

    def check(self) -> None:
        """Checks quotation marks. Raises UnreadableFile for a row in which one is not closed."""
        with self._opened() as (_, text):
            check_quotes(text, self.headings.delimiter, self.headings.cells)

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """Yields the line where a row begins, from 1, and its cells; empty rows and repeated headings are left out.

        Raises UnreadableFile where the file stops being text.
        """
        headings = self.headings
        with self._opened() as (raw, text):
            reader = csv.reader(text, delimiter=headings.delimiter, skipinitialspace=True)
            line = 1
            try:
                for number, row in enumerate(reader, 1):
                    if number > headings.rows and row != headings.row and not all(map(is_blank, row)):
                        self.read = min(1.0, raw.tell() / self._bytes)
                        yield line, row
                    line = 1 + reader.line_num
            except csv.Error:
                raise UnreadableFile("cell_too_large", line=line) from None

    @contextmanager
    def _opened(self) -> Iterator[tuple[BinaryIO, TextIOWrapper]]:
        with self._path.open("rb") as raw, TextIOWrapper(raw, encoding=self._encoding, newline="") as text:
            try:
                yield raw, text
            except UnicodeDecodeError:
                raise UnreadableFile("no_text") from None
