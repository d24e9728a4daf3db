from decimal import Decimal
from typing import Any

import pytest

from bot.kit.formatting import (
    Argument,
    Code,
    Count,
    Exact,
    Lines,
    Link,
    Money,
    Percent,
    Term,
    Text,
    Unit,
    When,
)
from bot.kit.languages import Language
from bot.kit.texts import Texts
from engine.money import Currency

TOMAN, DOLLAR, DINAR = Currency.of("IRT"), Currency.of("USD"), Currency.of("KWD")
NOWRUZ = 1_774_051_200_000  # 2026-03-21T00:00:00Z


def shown(texts: Texts, language: Language, argument: Argument, *, html: bool = True) -> str:
    """What stands for the argument in a text, taken out of a message that holds nothing else of interest."""
    render = texts.render if html else texts.plain
    whole = render(language, "group-talk-in-private", link=argument)
    return whole.partition("\n")[2]


@pytest.mark.parametrize(
    ("language", "argument", "expected"),
    [
        ("fa", Money(13_000, TOMAN), "۱۳٬۰۰۰ تومان"),
        ("en", Money(13_000, TOMAN), "13,000 toman"),
        ("fa", Money(-13_000, TOMAN), "\u2066\u2212۱۳٬۰۰۰\u2069 تومان"),
        ("en", Money(-13_000, TOMAN), "\u221213,000 toman"),
        ("en", Money(1250, DOLLAR), "12.50 dollars"),
        ("fa", Money(1250, DOLLAR), "۱۲٫۵۰ دلار"),
        ("en", Money(-5, DOLLAR), "\u22120.05 dollars"),
        ("en", Money(1_234_567, DINAR), "1,234.567 Kuwaiti dinars"),
        ("en", Money(100, Currency.of("CHF")), "1.00 CHF"),
        ("fa", Money(0, TOMAN), "۰ تومان"),
        ("en", Exact("2400.75", TOMAN), "2,400.75 toman"),
        ("fa", Exact("2400.75", TOMAN), "۲٬۴۰۰٫۷۵ تومان"),
        ("en", Exact("1250.5", DOLLAR), "12.505 dollars"),
        ("en", Exact("0.5", DOLLAR), "0.005 dollars"),
        ("fa", Unit(Currency.of("IRR")), "ریال"),
        ("fa", Count(1_234_567), "۱٬۲۳۴٬۵۶۷"),
        ("en", Count(-1234), "\u22121,234"),
        ("fa", Percent("20%"), "۲۰٪"),
        ("fa", Percent("12.50"), "۱۲٫۵٪"),
        ("en", Percent(Decimal(100)), "100%"),
        ("en", Percent("0.0001"), "0.0001%"),
        ("fa", When(NOWRUZ, "Asia/Tehran"), "۱ فروردین ۱۴۰۵"),
        ("en", When(NOWRUZ, "Asia/Tehran"), "2026-03-21"),
        ("fa", When(NOWRUZ, "Asia/Tehran", time=True), "۱ فروردین ۱۴۰۵، ساعت ۰۳:۳۰"),
        ("en", When(NOWRUZ, "UTC", time=True), "2026-03-21 00:00"),
        ("fa", When(NOWRUZ - 1, "UTC"), "۲۹ اسفند ۱۴۰۴"),
        ("fa", When(NOWRUZ, "UTC", "gregorian"), "۲۱ مارس ۲۰۲۶"),
        ("en", When(NOWRUZ, "UTC", "jalali"), "1 Farvardin 1405"),
        ("fa", When(-1, "UTC", "gregorian"), "۳۱ دسامبر ۱۹۶۹"),
    ],
)
def test_numbers_dates_and_money_follow_the_language(
    texts: Texts, language: Language, argument: Argument, expected: str
) -> None:
    assert shown(texts, language, argument) == expected
    assert shown(texts, language, argument, html=False) == expected


@pytest.mark.parametrize(
    ("argument", "html", "plain"),
    [
        (Text("<b>a & b</b>"), "\u2068&lt;b&gt;a &amp; b&lt;/b&gt;\u2069", "\u2068<b>a & b</b>\u2069"),
        (Text("a\u202eb\u2069\u2069c"), "\u2068abc\u2069", "\u2068abc\u2069"),
        (Text("one\ntwo"), "\u2068one\u2069\n\u2068two\u2069", "\u2068one\u2069\n\u2068two\u2069"),
        (Text(""), "", ""),
        (Code("A<1"), "\u2068<code>A&lt;1</code>\u2069", "A<1"),
        (Link("https://t.me/b?a=1&b=2"), "https://t.me/b?a=1&amp;b=2", "https://t.me/b?a=1&b=2"),
    ],
)
def test_people_s_words_can_neither_format_nor_turn_a_text(
    texts: Texts, argument: Argument, html: str, plain: str
) -> None:
    assert shown(texts, "en", argument) == html
    assert shown(texts, "en", argument, html=False) == plain


@pytest.mark.parametrize("hostile", ["{ $link }", "\ue0000\ue001", "{", "x" * 4000])
def test_nothing_that_people_type_is_taken_for_a_placeable(texts: Texts, hostile: str) -> None:
    assert shown(texts, "en", Text(hostile)) == f"\u2068{hostile}\u2069"


def test_terms_take_arguments_of_their_own_and_lines_stack_them(texts: Texts) -> None:
    rows: Any = Lines(tuple(Term("refused-over_refund", left=Money(each, TOMAN)) for each in (1, 2)))
    assert shown(texts, "en", rows) == (
        "Only 1 toman of this order is left to refund.\nOnly 2 toman of this order is left to refund."
    )
