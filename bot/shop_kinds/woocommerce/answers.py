"""Reads answers of a shop's REST API, and describes foreign ones."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

_PAGES: Final = "x-wp-totalpages"
_TOTAL: Final = "x-wp-total"
_TITLE = re.compile(r"<title[^>]*>([^<]{1,200})", re.IGNORECASE)
_TITLE_LENGTH_MAX: Final = 60


class NoJson(ValueError):
    """Reports an answer whose body is not JSON; the text describes it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Holds a shop's answer; header names are lower case."""

    status: int
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def pages(self) -> int | None:
        """Returns the number of pages from the header; None where it is missing or unusable."""
        return self._count(_PAGES)

    def pages_of(self, size: int) -> int:
        """Returns how many pages there are by both headers: as many as the larger of the two figures needs."""
        return max(self.pages or 0, -(-(self.total or 0) // size))

    @property
    def total(self) -> int | None:
        """Returns the total number of items from the header; None where it is missing or unusable."""
        return self._count(_TOTAL)

    def _count(self, name: str) -> int | None:
        text = self.headers.get(name, "").strip()
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None

    def json(self) -> Any:
        """Returns the parsed body, whatever content type the shop sends. Raises NoJson with a readable text."""
        try:
            return json.loads(self.body.decode("utf-8-sig"))
        except (ValueError, RecursionError) as problem:
            raise NoJson(f"{self._body_in_words()} instead of JSON ({type(problem).__name__})") from None

    @property
    def code(self) -> str:
        """Returns WordPress's own error code; empty where the body has none."""
        try:
            content = self.json()
        except NoJson:
            return ""
        code = content.get("code") if isinstance(content, dict) else None
        return code if isinstance(code, str) else ""

    def status_in_words(self) -> str:
        """Returns the status with a hint for the shop's owner."""
        return f"status {self.status}{_ADVICE.get(self.status, _advice_by_class(self.status))}"

    def _body_in_words(self) -> str:
        text = self.body[:4_096].decode("utf-8", "replace").strip()
        if not text:
            return "with nothing"
        if not text.startswith("<"):
            return "with a text that breaks off or has something before it" if text[0] in "[{" else "with a text"
        title = _TITLE.search(text)
        named = "".join(letter for letter in title[1].strip() if letter.isprintable()) if title else ""
        return f"with a web page “{named[:_TITLE_LENGTH_MAX]}”" if named else "with a web page"


_ADVICE: Final[Mapping[int, str]] = {
    401: ": it does not take the keys",
    403: ": the keys, or a firewall before the shop, do not allow this",
    404: ": there is no REST API at this address; are permalinks switched on?",
    429: ": it is asked too often",
    503: ": it is being maintained, or overloaded",
}


def _advice_by_class(status: int) -> str:
    if status in range(300, 400):
        return ": it sends on to another address, and the keys go to the one in `url` alone"
    return ""
