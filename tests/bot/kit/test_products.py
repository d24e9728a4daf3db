"""What may be paid, and what a payment is in the books."""

from collections.abc import Mapping

import pytest

from bot.kit.languages import Language
from bot.kit.products import (
    Catalogue,
    NotForSale,
    Payment,
    Product,
    ProductWords,
    in_each_language,
    star_charge,
)
from engine.events.model import Line, Order
from engine.exchange import Exchange
from engine.money import Currency

WORDS: Mapping[Language, ProductWords] = {"en": ProductWords("A case", "For a phone"), "fa": ProductWords("قاب", "")}
CASE = Product("case", 50, Currency.of("XTR"), "cases", "", in_each_language(WORDS))
SHIRT = Product("shirt", 1999, Currency.of("USD"), None, "", in_each_language(WORDS))
SHOP = Catalogue(Exchange(Currency.of("IRT"), {"XTR": "1500.5"}), {"case": CASE, "shirt": SHIRT})


def test_what_is_sold_at_its_price_may_be_paid() -> None:
    assert SHOP.agreed("case", "XTR", 50) is CASE


@pytest.mark.parametrize(
    ("payload", "currency", "amount", "why"),
    [
        ("shoe", "XTR", 50, "gone"),
        ("case", "XTR", 49, "price"),
        ("case", "USD", 50, "price"),
        ("shirt", "USD", 1999, "currency"),
    ],
)
def test_anything_else_may_not(payload: str, currency: str, amount: int, why: str) -> None:
    with pytest.raises(NotForSale) as refused:
        SHOP.agreed(payload, currency, amount)
    assert refused.value.why == why


def test_a_payment_in_stars_is_an_order_that_matures_when_stars_may_be_spent() -> None:
    order, noted = SHOP.order(Payment("c1", "case", "XTR", 50), "sara")
    assert order("B-101") == Order("B-101", "sara", (Line("case", 75_025, "cases"),), 21)
    assert noted == {"currency": "XTR", "paid": 50, "rate": "1500.5"}


def test_a_payment_in_the_programmes_money_is_taken_as_it_is() -> None:
    order, noted = SHOP.order(Payment("c1", "case", "IRT", 50), "sara")
    assert order("B-101") == Order("B-101", "sara", (Line("case", 50, "cases"),), None)
    assert noted["rate"] == "1"


def test_what_is_not_sold_any_more_is_recorded_all_the_same() -> None:
    order, _ = SHOP.order(Payment("c1", "shoe", "XTR", 2), "sara")
    assert order("B-101").lines == (Line("shoe", 3001),)


def test_money_without_a_rate_and_money_worth_nothing_cannot_be_recorded() -> None:
    with pytest.raises(NotForSale):
        SHOP.order(Payment("c1", "shirt", "USD", 1999), "sara")
    nothing = Catalogue(Exchange(Currency.of("IRT"), {"XTR": "0.001"}), {})
    with pytest.raises(NotForSale):
        nothing.order(Payment("c1", "case", "XTR", 50), "sara")


def test_a_language_without_a_title_shows_the_others_and_a_description_is_never_empty() -> None:
    assert in_each_language(WORDS)["fa"] == ProductWords("قاب", "قاب")
    assert in_each_language({"en": ProductWords("", "x"), "fa": WORDS["fa"]})["en"] == ProductWords("قاب", "قاب")


@pytest.mark.parametrize(
    ("order", "charge"), [("stars:a:b", "a:b"), ("payment:a", None), ("stars", None), ("o-1", None)]
)
def test_an_order_says_whether_it_was_paid_in_stars(order: str, charge: str | None) -> None:
    assert star_charge(order) == charge
