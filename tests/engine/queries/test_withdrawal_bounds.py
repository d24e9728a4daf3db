import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import BelowMinimum, InsufficientFunds
from engine.queries.withdrawal_bounds import Suggested, can_withdraw, check_amount, suggested_amounts


@pytest.mark.parametrize(
    ("available", "minimum", "suggested"),
    [
        (20_000, 1000, Suggested(20_000, 10_000, 1000)),
        (20_001, 0, Suggested(20_001, 10_000, None)),
        (1500, 1000, Suggested(1500, None, 1000)),
        (1000, 1000, Suggested(1000, None, None)),
        (2000, 1000, Suggested(2000, None, 1000)),
        (1, 0, Suggested(1, None, None)),
        (999, 1000, Suggested(None, None, None)),
        (0, 0, Suggested(None, None, None)),
        (-5, 0, Suggested(None, None, None)),
    ],
)
def test_only_amounts_worth_a_button_are_suggested(available: int, minimum: int, suggested: Suggested) -> None:
    assert suggested_amounts(available, minimum) == suggested


@given(st.integers(-(10**6), 10**15), st.integers(0, 10**9))
def test_every_suggested_amount_is_one_that_is_taken(available: int, minimum: int) -> None:
    amounts = [amount for amount in suggested_amounts(available, minimum) if amount is not None]
    for amount in amounts:
        assert amount > 0
        check_amount(amount, available, minimum)
    assert len(set(amounts)) == len(amounts)
    assert bool(amounts) == can_withdraw(available, minimum)


def test_an_amount_outside_the_bounds_is_refused_with_the_bound() -> None:
    with pytest.raises(BelowMinimum) as below:
        check_amount(999, 5000, 1000)
    assert below.value.minimum == 1000
    with pytest.raises(InsufficientFunds) as over:
        check_amount(5001, 5000, 1000)
    assert over.value.available == 5000


def test_nothing_at_all_is_below_any_minimum() -> None:
    """A forged button may ask for it, and no programme need have a minimum."""
    with pytest.raises(BelowMinimum):
        check_amount(0, available=0, minimum=0)
