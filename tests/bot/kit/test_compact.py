import pytest

from bot.kit.formatting import Compact
from bot.kit.texts import LOCALE, Texts
from engine.money import Currency

TEXTS = Texts(LOCALE)


@pytest.mark.parametrize(
    ("amount", "currency", "english", "persian"),
    [
        (0, "IRT", "0", "۰"),
        (999, "IRT", "999", "۹۹۹"),
        (1_000, "IRT", "1K", "۱ هزار"),
        (13_000, "IRT", "13K", "۱۳ هزار"),
        (1_235, "IRT", "1.24K", "۱٫۲۴ هزار"),
        (999_499, "IRT", "999K", "۹۹۹ هزار"),
        (999_500, "IRT", "1M", "۱ میلیون"),
        (1_250_000, "IRT", "1.25M", "۱٫۲۵ میلیون"),
        (9_999_999_999, "IRT", "10B", "۱۰ میلیارد"),
        (10**15, "IRT", "1,000T", "۱٬۰۰۰ تریلیون"),
        (-5_000, "IRT", "−5K", "\u2066−۵\u2069 هزار"),
        (1_250, "USD", "12.5", "۱۲٫۵"),
        (99_999, "USD", "1K", "۱ هزار"),
        (1, "KWD", "0.001", "۰٫۰۰۱"),
        (7, "USD", "0.07", "۰٫۰۷"),
    ],
)
def test_an_amount_in_three_digits(amount: int, currency: str, english: str, persian: str) -> None:
    shown = Compact(amount, Currency.of(currency))
    assert TEXTS.plain("en", "chart-value", value=shown) == english
    assert TEXTS.plain("fa", "chart-value", value=shown) == persian
