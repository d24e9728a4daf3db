"""The clock that the bot goes by, while the computer's jumps."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.runtime.trusted_time import DAY_MS, HOUR_MS, STEP_MAX_MS, Anchor
from bot.store import MIGRATIONS
from bot.store.trusted_clock import TrustedClock, trusted_clock_on
from engine.store.connection import connect
from engine.store.migrate import apply as migrate
from engine.store.sqlite import SqliteStore
from ticking import START, StandingClock

TEN_YEARS = 3650 * DAY_MS


@dataclass
class TwoHands(StandingClock):
    """Ticks go their own way."""

    passed: int = 0

    def ticks(self) -> int:
        return self.passed

    def go_on(self, ms: int) -> None:
        self.time += ms
        self.passed += ms


@pytest.fixture
def hands() -> TwoHands:
    return TwoHands()


@pytest.fixture
def clock(hands: TwoHands) -> TrustedClock:
    return TrustedClock(hands, Anchor(START, 0))


def test_it_goes_with_the_computers_and_its_small_corrections(hands: TwoHands, clock: TrustedClock) -> None:
    for correction in (0, 400, -900, STEP_MAX_MS // 2, -STEP_MAX_MS // 2):
        hands.go_on(DAY_MS)
        hands.time += correction
        assert clock.now() == hands.time
        assert clock.doubt() is None


@pytest.mark.parametrize("jump", [TEN_YEARS, DAY_MS, STEP_MAX_MS + 1, -DAY_MS, -20 * TEN_YEARS])
def test_while_the_computers_is_wrong_it_counts_on_and_recovers_by_itself(
    hands: TwoHands, clock: TrustedClock, jump: int
) -> None:
    hands.time += jump
    hands.go_on(HOUR_MS)
    assert clock.now() == START + HOUR_MS
    doubt = clock.doubt()
    assert doubt is not None
    assert (doubt.wall, doubt.trusted, doubt.is_ahead) == (START + jump + HOUR_MS, START + HOUR_MS, jump > 0)
    hands.time -= jump
    assert clock.now() == hands.time
    assert clock.doubt() is None


def test_a_clock_that_creeps_ahead_step_by_step_is_no_more_believed_than_one_that_jumps(
    hands: TwoHands, clock: TrustedClock
) -> None:
    for _ in range(100):
        hands.go_on(1_000)
        hands.time += STEP_MAX_MS // 3
        assert clock.now() <= START + hands.passed + STEP_MAX_MS


def test_an_accepted_clock_is_gone_by_from_then_on(hands: TwoHands, clock: TrustedClock) -> None:
    hands.time += TEN_YEARS
    clock.accept()
    hands.go_on(5_000)
    assert clock.now() == START + TEN_YEARS + 5_000
    assert clock.doubt() is None


def test_a_store_without_the_machines_tables_knows_its_journal(tmp_path: Path) -> None:
    connection = connect(tmp_path / "x.db")
    assert trusted_clock_on(connection, StandingClock()).doubt() is None
    SqliteStore.prepare(connection)
    connection.execute("INSERT INTO journal VALUES (1, ?, 'tick', '{}', NULL, NULL, NULL, '{}', '')", (START + DAY_MS,))
    assert trusted_clock_on(connection, StandingClock()).now() == START + DAY_MS
    migrate(connection, "machine", MIGRATIONS)
    assert trusted_clock_on(connection, StandingClock(START + DAY_MS)).doubt() is None
    connection.close()
