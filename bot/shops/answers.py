"""Reads answers of a shop's REST API, and says in words what an answer that is none of its own looks like."""

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
    """An answer's body is no JSON; the text says what it is."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a shop answered; the names of headers are in small letters."""

    status: int
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def pages(self) -> int | None:
        """Returns how many pages there are by the header; None where it says nothing that can be used."""
        return self._count(_PAGES)

    def pages_of(self, size: int) -> int:
        """Returns how many pages there are by both headers: as many as the larger of the two figures needs."""
        return max(self.pages or 0, -(-(self.total or 0) // size))

    @property
    def total(self) -> int | None:
        """Returns how many things all pages hold by the header; None where it says nothing that can be used."""
        return self._count(_TOTAL)

    def _count(self, name: str) -> int | None:
        text = self.headers.get(name, "").strip()
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None

    def json(self) -> Any:
        """Returns the body's content, whatever type the shop gives it. Raises NoJson with words for a person."""
        try:
            return json.loads(self.body.decode("utf-8-sig"))
        except (ValueError, RecursionError) as problem:
            raise NoJson(f"{self._body_in_words()} instead of JSON ({type(problem).__name__})") from None

    @property
    def code(self) -> str:
        """Returns WordPress's own code of an error; empty where the body names none."""
        try:
            content = self.json()
        except NoJson:
            return ""
        code = content.get("code") if isinstance(content, dict) else None
        return code if isinstance(code, str) else ""

    def status_in_words(self) -> str:
        """Returns the status with what an owner of a shop can do about it."""
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
