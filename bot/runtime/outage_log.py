"""Logs an outage once when it begins and once when it is over, however often it is met in between."""

import logging
from typing import Final

REPEATED: Final = logging.DEBUG


class OutageLog:
    """One for whatever may be out of reach. `failures` counts those of the present outage."""

    def __init__(self, log: logging.Logger, subject: str, *, level: int = logging.WARNING) -> None:
        """`subject` is what is out of reach: "the platform"."""
        self._log = log
        self._subject = subject
        self._level = level
        self._told: set[str] = set()
        self.failures = 0

    def failed(self, what: str, detail: object = "", *, kind: str = "") -> None:
        """One more failure; of each kind the first in an outage is told, with its detail."""
        self.failures += 1
        level = REPEATED if kind in self._told else self._level
        self._told.add(kind)
        self._log.log(level, "%s %s%s", self._subject, what, f": {detail}" if str(detail) else "")

    def ended(self) -> None:
        """It works; tells so where it did not before."""
        if self.failures:
            self._log.info("%s: it works again, after %d failures", self._subject, self.failures)
            self.failures = 0
            self._told.clear()
