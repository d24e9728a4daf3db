"""Whatever plugins make of an order is read where it is certain; what is not is named, and nothing of it repeated."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.kit.shop import Malformed, Snapshot
from bot.shop_kinds.woocommerce.orders import deleted_order, order_name, product_of, snapshot_of
from engine.exchange import Exchange
from engine.money import Currency
from storefront import WOO_SHOP, with_code, woo_line, woo_order


def read(**fields: Any) -> Snapshot:
    return snapshot_of(json.dumps(woo_order(**fields)).encode(), WOO_SHOP)


def amounts(**fields: Any) -> list[int]:
    return [line.amount for line in read(**fields).purchase.lines]


def fee(total: Any, name: str = "Discount") -> dict[str, Any]:
    return {"id": 9, "name": name, "total": total, "total_tax": "0"}


# --- what was paid for goods


def test_a_line_below_zero_is_taken_off_the_others_as_they_are() -> None:
    assert amounts(line_items=[woo_line("100000"), woo_line("-30000")]) == [70_000]
    assert amounts(line_items=[woo_line("100000"), woo_line("-30000"), woo_line("50000")]) == [80_000, 40_000]


def test_what_is_taken_off_adds_up_exactly_and_no_line_goes_below_zero() -> None:
    assert amounts(line_items=[woo_line("1"), woo_line("1"), woo_line("1"), woo_line("-1")]) == [1, 1]
    three = [woo_line("10"), woo_line("10"), woo_line("10")]
    assert sum(amounts(line_items=[*three, woo_line("-20")])) == 10
    assert amounts(line_items=[woo_line("7"), woo_line("99993"), woo_line("-99999")]) == [1]


@pytest.mark.parametrize("off", ["-100000", "-100001", "-5000000"])
def test_an_order_of_which_nothing_was_paid_has_no_lines(off: str) -> None:
    assert amounts(line_items=[woo_line("100000"), woo_line(off)], total="10000") == []
    assert amounts(line_items=[woo_line(off)]) == []


def test_a_discount_as_a_fee_below_zero_is_taken_off_the_goods_and_a_fee_above_is_none() -> None:
    assert amounts(fee_lines=[fee("-20000"), fee("5000", "Wrapping")]) == [80_000]
    assert amounts(fee_lines={"4": fee("-20000.4"), "9": fee(-5000)}) == [75_000]
    assert amounts(fee_lines=[fee(""), fee(None)]) == [100_000]


@pytest.mark.parametrize(
    "trace",
    [
        {"gift_cards": [{"id": 1, "code": "AB-CD", "amount": "30000"}]},
        {"meta_data": [{"id": 1, "key": "_ywgc_applied_gift_cards_totals", "value": "30000"}]},
        {"meta_data": [{"id": 1, "key": "smart_coupons_contribution", "value": {"AB": 30000}}]},
        {"coupon_lines": [{"id": 1, "code": "AB", "discount": "30000", "discount_type": "smart_coupon"}]},
        {"pw_gift_cards": {"3": {"card_number": "AB", "amount": "30000"}}},
    ],
)
def test_what_a_gift_card_paid_was_not_paid_for_the_goods(trace: dict[str, Any]) -> None:
    assert amounts(total="80000", **trace) == [70_000]
    assert amounts(total="0", **trace) == []


def test_a_gift_card_that_is_a_fee_besides_is_taken_off_once() -> None:
    cards = [{"id": 1, "code": "AB-CD", "amount": "30000"}]
    assert amounts(total="80000", gift_cards=cards, fee_lines=[fee("-30000", "Gift card")]) == [70_000]


def test_what_only_looks_like_a_gift_card_takes_nothing_off() -> None:
    message = [{"id": 1, "key": "_gift_card_message", "value": "for you"}]
    assert amounts(meta_data=message) == [100_000]
    assert amounts(gift_cards=[], total="50000") == [100_000]


def test_an_order_that_came_to_nothing_paid_for_no_goods() -> None:
    assert amounts(total="0") == []


def test_a_total_below_zero_that_nothing_explains_is_not_read_while_it_counts() -> None:
    with pytest.raises(Malformed, match="malformed"):
        read(total="-5")
    assert read(total="-5", status="cancelled").payment_state == "over"
    assert amounts(total="-5", fee_lines=[fee("-150000")]) == []


@pytest.mark.parametrize(("quantity", "units"), [(-1, 1), (0, 1), (0.5, 1), ("2.75", 2), (None, 1), ("", 1), ("۳", 3)])
def test_a_quantity_is_whole_units_and_one_at_least(quantity: Any, units: int) -> None:
    (line,) = read(line_items=[woo_line("100000", quantity=quantity)]).purchase.lines
    assert (line.amount, line.quantity) == (100_000, units)


# --- refunds


@pytest.mark.parametrize("refund", ["-11000", "11000", -11000, 11000.0])
def test_a_refund_is_the_same_below_zero_and_above(refund: Any) -> None:
    snapshot = read(refunds=[{"id": 1, "reason": "", "total": refund}])
    assert (snapshot.refunded, snapshot.refunded_part) == (11_000, (11_000, 110_000))


def test_a_refund_of_exactly_the_shipping_leaves_the_goods() -> None:
    one = read(refunds=[{"id": 1, "total": "-10000"}])
    assert (one.refunded, one.refunded_part) == (10_000, (0, 100_000))
    both = read(refunds={"0": {"id": 1, "total": "-10000"}, "2": {"id": 2, "amount": "50000"}})
    assert (both.refunded, both.refunded_part) == (60_000, (50_000, 100_000))
    taxed = read(shipping_tax="900", refunds=[{"id": 1, "total": "-10900"}])
    assert taxed.refunded_part[0] == 0


def test_without_a_total_it_is_what_the_parts_come_to() -> None:
    assert read(total=None).purchase.total == 110_000
    assert read(total="", fee_lines=[fee("-20000")]).purchase.total == 90_000


# --- money


@pytest.mark.parametrize(
    ("currency", "total", "code", "amount", "in_toman", "in_rial"),
    [
        ("IRHT", "120", "IRT", 120_000, 120_000, 1_200_000),
        ("IRHT", "120.5", "IRT", 120_500, 120_500, 1_205_000),
        ("irht", 0.001, "IRT", 1, 1, 10),
        ("IRHR", "120", "IRR", 120_000, 12_000, 120_000),
        ("IRHR", 1200.5, "IRR", 1_200_500, 120_050, 1_200_500),
        ("IRT", "120000", "IRT", 120_000, 120_000, 1_200_000),
        ("irt", 120_000, "IRT", 120_000, 120_000, 1_200_000),
        ("IRR", "1200000", "IRR", 1_200_000, 120_000, 1_200_000),
        ("Iranian_TOMAN", "5", "IRT", 5, 5, 50),
        ("تومان", "۵۰۰۰", "IRT", 5000, 5000, 50_000),
        ("هزار تومان", "120", "IRT", 120_000, 120_000, 1_200_000),
        ("هزار\u200cریال", "120", "IRR", 120_000, 12_000, 120_000),
        ("تومن", "5", "IRT", 5, 5, 50),
        ("Rials", "50", "IRR", 50, 5, 50),
    ],
)
def test_toman_and_rial_and_thousands_of_them_are_known_exactly(
    currency: str, total: Any, code: str, amount: int, in_toman: int, in_rial: int
) -> None:
    purchase = read(currency=currency, line_items=[woo_line(total)], shipping_total="0", total=total).purchase
    assert (purchase.currency, purchase.total) == (code, amount)
    (line,) = purchase.lines
    for ours, worth in (("IRT", in_toman), ("IRR", in_rial)):
        exchange = Exchange(Currency.of(ours), {})
        rate = exchange.rate(code)
        assert rate is not None
        assert exchange.converted(line.amount, code, rate) == worth


@pytest.mark.parametrize(
    ("currency", "total", "amount"),
    [("USD", 19.99, 1999), ("usd", "19.990000000000002", 1999), (" KWD ", "1.2345", 1235), ("JPY", "5.5", 6)],
)
def test_amounts_are_read_as_numbers_and_as_texts_of_any_length(currency: str, total: Any, amount: int) -> None:
    assert amounts(currency=currency, line_items=[woo_line(total)], total=total) == [amount]


# --- lists, numbers, times


def test_an_object_with_numbered_keys_is_a_list() -> None:
    snapshot = read(
        line_items={"0": woo_line("60000"), "7": woo_line("40000")},
        meta_data={"0": {"id": 1, "key": "other", "value": [1]}, "2": {"id": 2, "key": "moaref_code", "value": "ABC"}},
        coupon_lines={"1": {"id": 3, "code": "spring"}},
        refunds={"5": {"id": 9, "total": "-11000"}},
        fee_lines={},
    )
    assert [line.amount for line in snapshot.purchase.lines] == [60_000, 40_000]
    assert (snapshot.purchase.codes, snapshot.refunded) == (("ABC", "spring"), 11_000)


@pytest.mark.parametrize(
    "meta",
    [{"moaref_code": "ABC"}, [[], None, 5, {"key": "moaref_code", "value": "ABC"}], [{"value": 1}, *with_code("ABC")]],
)
def test_a_code_is_found_in_meta_data_of_any_form(meta: Any) -> None:
    assert read(meta_data=meta).purchase.codes == ("ABC",)


@pytest.mark.parametrize("value", [None, True, 1.5, [], {"a": 1}, "x" * 10_000, ["ABC"]])
def test_a_value_that_can_be_no_code_is_passed_over(value: Any) -> None:
    snapshot = read(meta_data=with_code(value), coupon_lines=[value, {"code": value}])
    assert snapshot.purchase.codes == ()
    assert read(meta_data="none", coupon_lines=7).purchase.codes == ()


@pytest.mark.parametrize("nothing", [None, "", False, []])
def test_optional_fields_may_be_missing_or_hold_nothing(nothing: Any) -> None:
    names = ("meta_data", "coupon_lines", "refunds", "fee_lines")
    assert amounts(**dict.fromkeys(names, nothing), date_paid_gmt=nothing or None) == [100_000]
    order = woo_order()
    for name in (*names, "parent_id", "created_via", "total", "shipping_total", "total_tax", "date_paid_gmt"):
        del order[name]
    del order["line_items"][0]["quantity"], order["line_items"][0]["sku"], order["line_items"][0]["product_id"]
    assert snapshot_of(json.dumps(order).encode(), WOO_SHOP).purchase.lines[0].amount == 100_000


@pytest.mark.parametrize(
    ("customer", "buyer"),
    [
        (" 26 ", "26"),
        (26, "26"),
        ("26", "26"),
        (0, "guest-727"),
        ("0", "guest-727"),
        (None, "guest-727"),
        ("", "guest-727"),
    ],
)
def test_numbers_of_wordpress_may_be_texts(customer: Any, buyer: str) -> None:
    purchase = read(id="727", customer_id=customer, line_items=[woo_line("5", product_id="93", sku=None)]).purchase
    assert (purchase.id, purchase.buyer, purchase.lines[0].product) == ("727", buyer, "93")


def test_a_product_of_several_forms_is_found_in_its_category() -> None:
    shop = replace(WOO_SHOP, categories={"7": "by number", "41": "by sku"})
    items = [woo_line("5", sku=41), woo_line("5", product_id="9", variation_id=7), woo_line("5", product_id=None)]
    lines = snapshot_of(json.dumps(woo_order(line_items=items)).encode(), shop).purchase.lines
    assert [(line.product, line.category) for line in lines] == [("41", "by sku"), ("9", "by number"), ("0", None)]


@pytest.mark.parametrize(
    "time",
    [
        "2026-03-21T10:00:00",
        "2026-03-21T10:00:00Z",
        "2026-03-21T13:30:00+03:30",
        "2026-03-21 10:00:00",
        "۲۰۲۶-۰۳-۲۱T۱۰:۰۰:۰۰",
        {"date": "2026-03-21 13:30:00.000000", "timezone_type": 3, "timezone": "Asia/Tehran"},
        {"date": "2026-03-21 13:30:00.000000", "timezone_type": 1, "timezone": "+03:30"},
        "",
        None,
        "0000-00-00T00:00:00",
    ],
)
def test_the_moment_of_a_change_is_read_with_its_zone_or_found_by_the_shops_other_times(time: Any) -> None:
    assert read(date_modified_gmt=time).modified == read().modified


@pytest.mark.parametrize("paid", ["", None, "soon", 5, "0000-00-00 00:00:00"])
def test_a_time_that_is_information_alone_keeps_no_order_out(paid: Any) -> None:
    assert read(date_paid_gmt=paid).purchase.at is None
    assert read().purchase.at == "2026-03-21T09:59:58+00:00"


@pytest.mark.parametrize("status", ["processing", "wc-processing", "Completed"])
def test_a_status_is_known_with_and_without_its_prefix(status: str) -> None:
    assert read(status=status).payment_state == "paid"


def test_a_shop_says_which_statuses_are_paid() -> None:
    shop = replace(WOO_SHOP, paid_statuses=frozenset({"shipped"}))
    standings = [
        snapshot_of(json.dumps(woo_order(status=status)).encode(), shop).payment_state
        for status in ("shipped", "wc-shipped", "processing", "cancelled")
    ]
    assert standings == ["paid", "paid", "open", "over"]


def test_a_bom_and_control_characters_keep_no_order_out() -> None:
    raw = json.dumps(woo_order(customer_note="NOTE")).replace("NOTE", "a\tb\nc").encode()
    assert snapshot_of(b"\xef\xbb\xbf" + raw, WOO_SHOP).purchase.id == "727"


# --- what cannot be read


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"id": 0}, "id"),
        ({"id": True}, "id"),
        ({"id": None}, "id"),
        ({"id": "۱۲"}, "id"),
        ({"id": 2**63}, "id"),
        ({"status": None}, "status"),
        ({"status": "x" * 101}, "status"),
        ({"currency": "dollars"}, "currency"),
        ({"currency": None}, "currency"),
        ({"total": "12,50"}, "total"),
        ({"total": "1" * 17}, "total"),
        ({"total": float("nan")}, "total"),
        ({"total": [1]}, "total"),
        ({"date_modified_gmt": "soon"}, "date_modified_gmt"),
        ({"date_modified_gmt": None, "date_modified": None}, "date_modified_gmt"),
        ({"line_items": None}, "line_items"),
        ({"line_items": "two"}, "line_items"),
        ({"line_items": [5]}, "line_items.0"),
        ({"line_items": [woo_line("5"), woo_line("many")]}, "line_items.1.total"),
        ({"line_items": [woo_line("")]}, "line_items.0.total"),
        ({"line_items": [woo_line("5", quantity="two")]}, "line_items.0.quantity"),
        ({"line_items": [woo_line("5", quantity=10**10)]}, "line_items.0.quantity"),
        ({"line_items": [woo_line("5", product_id=[])]}, "line_items.0.product_id"),
        ({"fee_lines": [fee("little")]}, "fee_lines.0.total"),
        ({"refunds": [{"id": 1, "total": "five"}]}, "refunds.0.total"),
        ({"refunds": [{"id": 1}]}, "refunds.0.amount"),
        ({"refunds": [{"id": 1, "total": "9" * 15}] * 2}, "refunds"),
        ({"line_items": [woo_line("9" * 15)] * 2}, "line_items"),
        ({"customer_id": -1}, "customer_id"),
        ({"customer_id": True}, "customer_id"),
        ({"customer_id": 2**70}, "customer_id"),
        ({"parent_id": "a"}, "parent_id"),
    ],
)
def test_what_is_not_certain_is_named_by_its_place(fields: dict[str, Any], key: str) -> None:
    with pytest.raises(Malformed) as caught:
        read(**fields)
    assert caught.value.key == key


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"5",
        b'{"id": 1, "id": 2}',
        b"\xff\xfe",
        b'{"note": "\xff"}',
        b"[" * 100_000,
        b'{"a": "\\ud800"}',
    ],
)
def test_a_body_that_is_no_order_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed) as caught:
        snapshot_of(body, WOO_SHOP)
    assert caught.value.key in ("body", "id")


@pytest.mark.parametrize(
    "number", ["1e999999999999999999999", "9" * 5000, "NaN", "-Infinity", "1e400", "1" + "0" * 400]
)
def test_a_number_beyond_all_bounds_is_malformed_where_it_counts_and_passed_over_elsewhere(number: str) -> None:
    raw = json.dumps(woo_order(total="NUMBER")).replace('"NUMBER"', number).encode()
    with pytest.raises(Malformed) as caught:
        snapshot_of(raw, WOO_SHOP)
    assert caught.value.key == "total"
    elsewhere = json.dumps(woo_order(cart_hash="NUMBER", meta_data=with_code("NUMBER"))).replace('"NUMBER"', number)
    assert snapshot_of(elsewhere.encode(), WOO_SHOP).purchase.codes == ()


def test_what_is_said_of_it_repeats_nothing_of_the_body() -> None:
    private = "sara@example.com 0912"
    for name in ("id", "status", "currency", "total", "line_items", "refunds", "customer_id", "date_modified_gmt"):
        with pytest.raises(Malformed) as caught:
            read(**{name: [private]})
        assert "sara" not in f"{caught.value.key}{caught.value.expected}"


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (json.dumps(woo_order(total="much")).encode(), "727"),
        (json.dumps({**woo_order(total="much"), "id": "727"}).encode(), "727"),
        (b'{"order": {"id": 727, "total": "5"}}', "727"),
        (b'{"id":727,"parent_id":0,"status":"proc', "727"),
        (b'{"id": "727", "note": "\xff"}', "727"),
        (b'{"id":7271', "body-"),
        (b'{"id": true}', "body-"),
        (b"[]", "body-"),
        (b"", "body-"),
    ],
)
def test_what_cannot_be_read_is_called_by_its_number_or_by_a_digest(body: bytes, name: str) -> None:
    found = order_name(body)
    assert found == name or (name == "body-" and found.startswith(name) and len(found) == 17)


def test_products_and_deleted_orders_are_read_from_what_plugins_make_of_them() -> None:
    said = product_of(json.dumps({"id": 7, "sku": 41, "categories": {"3": {"slug": "books"}}}).encode())
    assert (said.names, said.category) == (("41", "7"), "books")
    assert deleted_order(b'{"id": "727"}') == "727"
    with pytest.raises(Malformed):
        deleted_order(b"{}")
