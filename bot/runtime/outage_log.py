"""Logs an outage once when it begins and once when it ends, however many failures lie between."""

import logging
from typing import Final

REPEATED: Final = logging.DEBUG


class OutageLog:
    """Logs the outages of one dependency. `failures` counts those of the current outage."""

    def __init__(self, log: logging.Logger, subject: str, *, level: int = logging.WARNING) -> None:
        """`subject` names the dependency in the log: "Telegram"."""
        self._log = log
        self._subject = subject
        self._level = level
        self._told: set[str] = set()
        self.failures = 0

    def failed(self, what: str, detail: object = "", *, kind: str = "") -> None:
        """Counts a failure; logs the first of each `kind` in an outage, with its detail."""
        self.failures += 1
        level = REPEATED if kind in self._told else self._level
        self._told.add(kind)
        self._log.log(level, "%s %s%s", self._subject, what, f": {detail}" if str(detail) else "")

    def ended(self) -> None:
        """Records success; logs the recovery after an outage."""
        if self.failures:
            self._log.info("%s: recovered after %d failures", self._subject, self.failures)
            self.failures = 0
            self._told.clear()
