import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit.amounts import (
    AmbiguousAmount,
    AmountTooLarge,
    FractionalAmount,
    NegativeAmount,
    NotAnAmount,
    WrongUnit,
    ZeroAmount,
    parse_amount,
)
from bot.kit.errors import UserError
from bot.kit.formatting import Money
from bot.kit.texts import Texts
from engine.money import Currency

TOMAN, DOLLAR, DINAR = Currency.of("IRT"), Currency.of("USD"), Currency.of("KWD")


@pytest.mark.parametrize(
    "text",
    [
        "15000",
        "۱۵۰۰۰",
        "١٥٠٠٠",
        "15,000",
        "۱۵٬۰۰۰",
        "۱۵،۰۰۰",
        "15.000",
        "15'000",
        "15 000",
        "۱۵ هزار",
        "۱۵هزار تومان",
        "۱۵هزارتومان",
        "۱۵\u200cهزار\u200cتومان",
        "۱۵ هزار تومن",
        "15k",
        "15 thousand toman",
        "15000 IRT",
        "تومان ۱۵۰۰۰",
        " \u200f۱۵۰۰۰\u200e ",
        "+15000",
        "0.015 million",
        "۱۰ هزار و ۵۰۰۰",
    ],
)
def test_fifteen_thousand_toman_can_be_written_in_many_ways(text: str) -> None:
    assert parse_amount(text, TOMAN) == 15_000


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("۲ میلیون", 2_000_000),
        ("۲ میلیون و ۵۰۰ هزار تومان", 2_500_000),
        ("۲٫۵ میلیون", 2_500_000),
        ("1.500.000", 1_500_000),
        ("1 میلیارد", 10**9),
        ("1,000,000,000,000,000", 10**15),
    ],
)
def test_large_amounts_may_use_words_for_the_scale(text: str, amount: int) -> None:
    assert parse_amount(text, TOMAN) == amount


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("12.50", 1250),
        ("$12.50", 1250),
        ("12.5 dollars", 1250),
        ("۱۲٫۵۰ دلار", 1250),
        ("1,234.50", 123_450),
        ("1,500", 150_000),
    ],
)
def test_a_currency_with_decimals_is_read_into_its_minor_unit(text: str, cents: int) -> None:
    assert parse_amount(text, DOLLAR) == cents


@pytest.mark.parametrize(
    ("text", "currency", "reason"),
    [
        ("12,50", DOLLAR, AmbiguousAmount),
        ("1.234,50", DOLLAR, AmbiguousAmount),
        ("1.500", DOLLAR, AmbiguousAmount),
        ("1,500", DINAR, AmbiguousAmount),
        ("1.500 million", TOMAN, AmbiguousAmount),
        ("12,50", TOMAN, AmbiguousAmount),
        ("12.5", TOMAN, FractionalAmount),
        ("۱۲٫۵", TOMAN, FractionalAmount),
        ("0.0001 هزار", TOMAN, FractionalAmount),
        ("12.3456", DOLLAR, FractionalAmount),
        ("1.00000000000000000000000000000000001", TOMAN, FractionalAmount),
        ("-5", TOMAN, NegativeAmount),
        ("−۵ تومان", TOMAN, NegativeAmount),
        ("0", TOMAN, ZeroAmount),
        ("۰ هزار", TOMAN, ZeroAmount),
        ("1,000,000,000,000,001", TOMAN, AmountTooLarge),
        ("9" * 90, TOMAN, AmountTooLarge),
        ("۱۰ ریال", TOMAN, WrongUnit),
        ("$5", TOMAN, WrongUnit),
        ("5 toman", DOLLAR, WrongUnit),
        ("", TOMAN, NotAnAmount),
        ("صد تومان", TOMAN, NotAnAmount),
        ("half", TOMAN, NotAnAmount),
        ("تومان", TOMAN, NotAnAmount),
        ("هزار", TOMAN, NotAnAmount),
        ("5 5", TOMAN, NotAnAmount),
        ("15 0000", TOMAN, NotAnAmount),
        ("5 و", TOMAN, NotAnAmount),
        ("500 هزار و 2 میلیون", TOMAN, NotAnAmount),
        ("1e5", TOMAN, NotAnAmount),
        ("0x10", TOMAN, NotAnAmount),
        ("²", TOMAN, NotAnAmount),
        ("5-", TOMAN, NotAnAmount),
        ("--5", TOMAN, NotAnAmount),
        ("1" + " 000" * 1000, TOMAN, NotAnAmount),
    ],
)
def test_what_is_no_clear_amount_is_refused_with_its_own_reason(
    text: str, currency: Currency, reason: type[UserError]
) -> None:
    with pytest.raises(UserError) as caught:
        parse_amount(text, currency)
    assert type(caught.value) is reason


def test_an_adjustment_may_be_below_zero_but_not_zero() -> None:
    assert parse_amount("-۱۵ هزار", TOMAN, signed=True) == -15_000
    assert parse_amount("+15", TOMAN, signed=True) == 15
    with pytest.raises(ZeroAmount):
        parse_amount("-0", TOMAN, signed=True)


@given(st.integers(1, 10**15), st.sampled_from([TOMAN, DOLLAR]), st.sampled_from(["fa", "en"]))
def test_whatever_is_shown_can_be_typed_back(texts: Texts, amount: int, currency: Currency, language: str) -> None:
    shown = texts.plain("fa" if language == "fa" else "en", "refused-below_minimum", minimum=Money(amount, currency))
    around = texts.plain("fa" if language == "fa" else "en", "refused-below_minimum", minimum=Money(0, currency))
    zero = "۰" if language == "fa" else "0"
    before, after = around.split(zero)[0], around.rsplit(zero, 1)[1]
    assert parse_amount(shown.removeprefix(before).removesuffix(after), currency) == amount


@given(st.text(max_size=30))
def test_no_text_at_all_breaks_the_reading(text: str) -> None:
    try:
        amount = parse_amount(text, DOLLAR)
    except UserError:
        return
    assert 0 < amount <= 10**15
