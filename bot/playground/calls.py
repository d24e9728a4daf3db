"""Records the bot's calls: every call with its answer, and every violation of the contract."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import asdict, dataclass

from bot.kit.json import Json

KEPT = 50_000


@dataclass(frozen=True, slots=True)
class CallRecord:
    """Records one call: its raw parameters, its answer (`ok`, `result` or `description`), the fault applied.

    `at` is milliseconds UTC, `took_ms` the duration of the answer.
    """

    seq: int
    method: str
    params: Json
    answer: Json
    at: int
    took_ms: int
    fault: str | None

    def as_json(self) -> Json:
        """Returns the record as JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Violation:
    """Records one violation of the contract: the call, and the problem."""

    method: str
    params: Json
    problem: str

    def as_json(self) -> Json:
        """Returns the violation as JSON."""
        return asdict(self)


class CallLog:
    """Keeps the last 50,000 calls, the number of all by method, and all violations."""

    def __init__(self) -> None:
        self.violations: list[Violation] = []
        self.counts: Counter[str] = Counter()
        self._records: deque[CallRecord] = deque(maxlen=KEPT)

    def add(self, method: str, params: Json, answer: Json, *, at: int, took_ms: int, fault: str | None = None) -> None:
        """Records an answered call."""
        self.counts[method] += 1
        self._records.append(CallRecord(self.counts.total(), method, params, answer, at, took_ms, fault))

    def breach(self, method: str, params: Json, problem: str) -> None:
        """Records a violation of the contract."""
        self.violations.append(Violation(method, params, problem))

    def after(self, seq: int, method: str | None = None) -> list[CallRecord]:
        """Returns the kept calls after number `seq`, of one method or of all."""
        return [record for record in self._records if record.seq > seq and method in {None, record.method}]
