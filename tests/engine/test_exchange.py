"""Money of another currency: exact, and rounded once."""

from __future__ import annotations

import pytest

from engine.exchange import Exchange, minor_units, parse_rate, written
from engine.money import Currency

TOMAN, DOLLAR, DINAR = Currency.of("IRT"), Currency.of("USD"), Currency.of("KWD")


@pytest.mark.parametrize(
    ("currency", "code", "rate", "amount", "expected"),
    [
        (TOMAN, "USD", "58000", 1999, 1_159_420),
        (TOMAN, "USD", "58000.5", 1, 580),
        (TOMAN, "IRR", "0.1", 15, 2),
        (TOMAN, "IRR", "0.1", 14, 1),
        (DOLLAR, "IRT", "0.00001724", 1_000_000, 1724),
        (DOLLAR, "KWD", "3.25", 1000, 325),
        (DINAR, "USD", "0.3", 333, 999),
        (TOMAN, "XTR", "1000", 3, 3000),
    ],
)
def test_a_conversion_is_exact_and_rounded_once_half_up(
    currency: Currency, code: str, rate: str, amount: int, expected: int
) -> None:
    assert Exchange(currency, {code: rate}).converted(amount, code, rate) == expected


def test_the_programmes_own_currency_needs_no_rate_and_others_do() -> None:
    exchange = Exchange(TOMAN, {"USD": "58000"})
    assert (exchange.rate("IRT"), exchange.rate("USD"), exchange.rate("EUR")) == ("1", "58000", None)


@pytest.mark.parametrize("text", ["0", "0.0", "-1", "1e3", "1/3", "", "1.", ".5", "۵", "1,5", "nan"])
def test_a_rate_is_a_plain_decimal_above_zero(text: str) -> None:
    with pytest.raises(ValueError, match="an exact rate above 0"):
        parse_rate(text)


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("19.99", DOLLAR, 1999),
        ("19.990000", DOLLAR, 1999),
        ("19.995", DOLLAR, 2000),
        ("15000.00", TOMAN, 15000),
        ("13504.5", TOMAN, 13505),
        ("1.234", DINAR, 1234),
        ("0", TOMAN, 0),
    ],
)
def test_a_decimal_becomes_whole_minor_units(text: str, currency: Currency, amount: int) -> None:
    assert minor_units(text, currency) == amount


@pytest.mark.parametrize("text", ["", "12,5", "1e5", "NaN", "۱۲", " 1", "1 ", "--1", "1" * 19])
def test_what_is_no_decimal_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="a decimal"):
        minor_units(text, DOLLAR)


def test_an_amount_is_written_as_people_write_it() -> None:
    assert written(1999, DOLLAR) == "19.99 USD"
    assert written(5, DOLLAR) == "0.05 USD"
    assert written(15000, TOMAN) == "15000 IRT"
    assert written(5, DINAR) == "0.005 KWD"
    assert written(-1205, DOLLAR) == "-12.05 USD"


@pytest.mark.parametrize(
    ("ours", "rates", "code", "rate"),
    [
        (TOMAN, {}, "IRR", "0.1"),
        (Currency.of("IRR"), {}, "IRT", "10"),
        (TOMAN, {"IRR": "0.2"}, "IRR", "0.2"),
        (DOLLAR, {"IRT": "0.00001724"}, "IRR", "0.000001724"),
        (DOLLAR, {"IRR": "0.000001724"}, "IRT", "0.00001724"),
        (DOLLAR, {"IRT": "123456789012.123456789012"}, "IRR", "12345678901.2123456789012"),
        (DOLLAR, {}, "IRT", None),
        (TOMAN, {}, "USD", None),
    ],
)
def test_toman_and_rial_are_known_by_each_other_unless_the_configuration_says_else(
    ours: Currency, rates: dict[str, str], code: str, rate: str | None
) -> None:
    exchange = Exchange(ours, rates)
    assert exchange.rate(code) == rate
    assert rate is None or exchange.converted(10**9, code, rate) >= 0
