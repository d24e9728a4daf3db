"""Programme files that are refused: each contradiction and bad value of section 2 with its full key."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from engine.programme.model import Programme, ProgrammeError

SOUND = """
[program]
currency = "IRT"
[[ranks]]
id = "base"
commission = "20%"
"""

SILVER = """
[[ranks]]
id = "silver"
commission = "25%"
requires = { sales = 5 }
"""

PAIRING = """
[plan.pairing]
period = "week"
"""

MIDNIGHT = "2026-01-02T00:00:00"

EXPECTED_PERCENT = 'a percentage up to "100%" with at most four decimals, such as "12.5%"'


def refusals(text: str) -> dict[str, str]:
    """What is wrong with the file, by key."""
    with pytest.raises(ProgrammeError) as caught:
        Programme.from_tables(tomllib.loads(text))
    return {problem.key: problem.expected for problem in caught.value.problems}


def plan(text: str) -> str:
    return f"{SOUND}\n[plan]\n{text}"


def program(line: str) -> str:
    return SOUND.replace('currency = "IRT"', f'currency = "IRT"\n{line}')


def rank(line: str) -> str:
    return f"{SOUND}{line}\n"


CONTRADICTIONS = {
    "seller-funded levels over 100%": (
        plan('kind = "unilevel"\nlevels = ["60%", "40.0001%"]'),
        "plan.levels",
        'at most 100% in all, as funding = "seller" cuts them out of the direct commission',
    ),
    "the seller funds shares of the sale": (
        plan('kind = "unilevel"\nlevels = ["5%"]\nbase = "sale"\nfunding = "seller"'),
        "plan.funding",
        '"house" with base = "sale"',
    ),
    "unqualified to the seller, funded by the house": (
        plan('kind = "unilevel"\nfunding = "house"\nunqualified = "seller"'),
        "plan.unqualified",
        '"hold", "house" or "compress" with funding = "house"',
    ),
    "unqualified to the seller, of the sale": (
        plan('kind = "unilevel"\nbase = "sale"\nunqualified = "seller"'),
        "plan.unqualified",
        '"hold", "house" or "compress" with funding = "house"',
    ),
    "a chain that compresses": (
        plan('kind = "unilevel"\nunqualified = "compress"\nchain = true'),
        "plan.chain",
        'false with unqualified = "compress"; only hold and house can chain',
    ),
    "a chain that gives to the seller": (
        plan('kind = "unilevel"\nunqualified = "seller"\nchain = true'),
        "plan.chain",
        'false with unqualified = "seller"; only hold and house can chain',
    ),
    "legs outside binary": (
        plan('kind = "matrix"\nrequires = { legs = 1 }'),
        "plan.requires.legs",
        'no such key with kind = "matrix"; it is for binary',
    ),
    "pairs outside binary": (
        plan('kind = "unilevel"\npairs = 1'),
        "plan.pairs",
        'no such key with kind = "unilevel"; it is for binary',
    ),
    "pairing outside binary": (
        f'{SOUND}{PAIRING}rate = "10%"',
        "plan.pairing",
        'no such table with kind = "direct"; it is for binary',
    ),
    "pairing by rate and by pairs": (
        plan(f'kind = "binary"{PAIRING}rate = "10%"\nunit = 5\nbonus = 1'),
        "plan.pairing.rate",
        "either rate, or unit and bonus",
    ),
    "pairing that pays nothing": (
        plan(f'kind = "binary"{PAIRING}'),
        "plan.pairing.rate",
        "either rate, or unit and bonus",
    ),
    "a pair's bonus without its unit": (
        plan(f'kind = "binary"{PAIRING}bonus = 5'),
        "plan.pairing.unit",
        "unit and bonus together",
    ),
    "a pair's unit without its bonus": (
        plan(f'kind = "binary"{PAIRING}unit = 5'),
        "plan.pairing.bonus",
        "unit and bonus together",
    ),
    "a ratio of a rate": (
        plan(f'kind = "binary"{PAIRING}rate = "10%"\nratio = "1:1"'),
        "plan.pairing.ratio",
        "no ratio with rate; it is for unit and bonus",
    ),
    "levels of direct": (plan('kind = "direct"\nlevels = ["5%"]'), "plan.levels", 'none with kind = "direct"'),
    "weaker spill of a matrix": (
        plan('kind = "matrix"\nspill = "weaker"'),
        "plan.spill",
        '"breadth" or "left" with kind = "matrix"',
    ),
    "a second rank that asks for nothing": (
        SOUND + SILVER.replace("requires = { sales = 5 }", ""),
        "ranks[1].requires",
        "what the rank asks for; only the first is everybody's",
    ),
    "an offer that ends before it starts": (
        f'{SOUND}[[offers]]\nid = "o"\ncommission = "1%"\nstarts = "{MIDNIGHT}Z"\nends = "{MIDNIGHT}+00:01"',
        "offers[0].ends",
        "a time that is not before its start",
    ),
    "an offer on products and categories": (
        f'{SOUND}[[offers]]\nid = "o"\ncommission = "1%"\nproducts = ["a"]\ncategories = ["b"]',
        "offers[0]",
        "products or categories, not both",
    ),
    "a rate for nothing": (f'{SOUND}[[rates]]\ncommission = "1%"', "rates[0]", "either a product or a category"),
    "a rate for two things": (
        f'{SOUND}[[rates]]\nproduct = "a"\ncategory = "b"\ncommission = "1%"',
        "rates[0]",
        "either a product or a category",
    ),
    "two ranks of one id": (
        SOUND + SILVER + SILVER,
        "ranks[2].id",
        'an id of its own; "silver" is there twice',
    ),
    "two offers of one id": (
        SOUND + 2 * '[[offers]]\nid = "o"\ncommission = "1%"\n',
        "offers[1].id",
        'an id of its own; "o" is there twice',
    ),
}


@pytest.mark.parametrize(("text", "key", "expected"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_a_contradiction_is_refused_with_its_key_alone(text: str, key: str, expected: str) -> None:
    assert refusals(text) == {key: expected}


ABSENT = "a value; it is required"
UNKNOWN = "no such key; it is not one that the programme knows"
WHOLE = "a whole number"
NEITHER_LESS = "0 or above"

BAD_VALUES = {
    "no program": ('[[ranks]]\nid = "base"\ncommission = "1%"', "program", ABSENT),
    "no currency": (SOUND.replace('currency = "IRT"', ""), "program.currency", ABSENT),
    "no ranks": ('[program]\ncurrency = "IRT"', "ranks", ABSENT),
    "empty ranks": ('ranks = []\n[program]\ncurrency = "IRT"', "ranks", "at least 1"),
    "a rank without a rate": (SOUND.replace('commission = "20%"', ""), "ranks[0].commission", ABSENT),
    "a rank without an id": (SOUND.replace('id = "base"', ""), "ranks[0].id", ABSENT),
    "a rank with an empty id": (SOUND.replace('"base"', '""'), "ranks[0].id", "a text that is not empty"),
    "a rate without a rate": (f'{SOUND}[[rates]]\nproduct = "a"', "rates[0].commission", ABSENT),
    "an offer without a rate": (f'{SOUND}[[offers]]\nid = "a"', "offers[0].commission", ABSENT),
    "an offer without an id": (f'{SOUND}[[offers]]\ncommission = "1%"', "offers[0].id", ABSENT),
    "pairing without a period": (plan('kind = "binary"\npairing = { rate = "1%" }'), "plan.pairing.period", ABSENT),
    "an unknown table": (f"{SOUND}[plann]", "plann", UNKNOWN),
    "an unknown key": (program("maturity = 1"), "program.maturity", UNKNOWN),
    "an unknown key of joining": (f'{SOUND}[program.join]\nproduct = "a"', "program.join.product", UNKNOWN),
    "an unknown key of a rank": (rank("signup = 1"), "ranks[0].signup", UNKNOWN),
    "an unknown requirement": (SOUND + SILVER.replace("sales", "sale"), "ranks[1].requires.sale", UNKNOWN),
    "an unknown key of a rate": (f'{SOUND}[[rates]]\nproduct = "a"\ncommission = "1%"\nx = 1', "rates[0].x", UNKNOWN),
    "an unknown key of an offer": (f'{SOUND}[[offers]]\nid = "a"\ncommission = "1%"\nx = 1', "offers[0].x", UNKNOWN),
    "an unknown key of the plan": (plan("level = 1"), "plan.level", UNKNOWN),
    "an unknown key of pairing": (
        plan('kind = "binary"\npairing = { periods = "week" }'),
        "plan.pairing.periods",
        UNKNOWN,
    ),
    "a flag for a number": (program("maturity_days = true"), "program.maturity_days", WHOLE),
    "a fraction for a number": (program("max_earnings = 1.0"), "program.max_earnings", WHOLE),
    "a text for a number": (rank('bonus = "5"'), "ranks[0].bonus", WHOLE),
    "a number below 0": (rank("max_commission = -1"), "ranks[0].max_commission", NEITHER_LESS),
    "a number beyond all books": (rank("bonus = 1_000_000_000_000_001"), "ranks[0].bonus", "1000000000000000 or below"),
    "a number for a flag": (program("first_purchase_only = 1"), "program.first_purchase_only", "true or false"),
    "a text for a flag": (plan('chain = "yes"'), "plan.chain", "true or false"),
    "a number for a text": (SOUND.replace('"base"', "5"), "ranks[0].id", "a text"),
    "a text for a list": (plan('kind = "unilevel"\nlevels = "5%"'), "plan.levels", "a list"),
    "a table for a list of tables": ('[program]\ncurrency = "IRT"\n[ranks]\nid = "a"', "ranks", "a list"),
    "a text for a table": (plan('requires = "legs"'), "plan.requires", "a table"),
    "a word that is none of three": (
        program('week_start = "friday"'),
        "program.week_start",
        "'monday', 'saturday' or 'sunday'",
    ),
    "another plan": (plan('kind = "pyramid"'), "plan.kind", "'direct', 'unilevel', 'matrix' or 'binary'"),
    "three pairs": (plan('kind = "binary"\npairs = 3'), "plan.pairs", "2 or below"),
    "a flag for pairs": (plan('kind = "binary"\npairs = true'), "plan.pairs", WHOLE),
    "no places": (plan('kind = "matrix"\nwidth = 0'), "plan.width", "1 or above"),
    "a pair of nothing": (
        plan(f'kind = "binary"{PAIRING}unit = 0\nbonus = 1'),
        "plan.pairing.unit",
        "a whole number above 0",
    ),
    "a currency in words": (
        SOUND.replace("IRT", "toman"),
        "program.currency",
        "three capital letters, such as IRT or USD",
    ),
    "a zone that is none": (
        program('timezone = "Asia/Tehrann"'),
        "program.timezone",
        "a time zone of the IANA list, such as Asia/Tehran",
    ),
    "a time without an offset": (
        f'{SOUND}[[offers]]\nid = "a"\ncommission = "1%"\nends = "2026-01-01T00:00:00"',
        "offers[0].ends",
        "an ISO 8601 time with its offset, such as 2026-03-21T10:00:00Z",
    ),
    "a time of TOML's own": (
        f'{SOUND}[[offers]]\nid = "a"\ncommission = "1%"\nstarts = 2026-01-01T00:00:00Z',
        "offers[0].starts",
        "an ISO 8601 time with its offset, such as 2026-03-21T10:00:00Z",
    ),
    "a rate that is a number": (SOUND.replace('"20%"', "20"), "ranks[0].commission", 'a text such as "20%" or "5000"'),
    "a level of a fixed amount": (plan('kind = "unilevel"\nlevels = ["5%", "50"]'), "plan.levels[1]", EXPECTED_PERCENT),
}


@pytest.mark.parametrize(("text", "key", "expected"), BAD_VALUES.values(), ids=BAD_VALUES)
def test_a_bad_value_is_refused_with_its_full_key_and_what_was_expected(text: str, key: str, expected: str) -> None:
    assert refusals(text)[key] == expected


@pytest.mark.parametrize(
    "rate", ["100.0001%", "101%", "1000%", "12.34567%", "-5%", "5 %", "%", "٥%", "1e2%", "-5", "5.5", ""]
)
def test_a_rate_over_100_percent_or_with_five_decimals_or_of_another_shape_is_refused(rate: str) -> None:
    expected = f'{EXPECTED_PERCENT}, or whole minor units for each unit sold, such as "5000"'
    assert refusals(SOUND.replace("20%", rate)) == {"ranks[0].commission": expected}


@pytest.mark.parametrize("rate", ["100%", "0%", "0.0001%", "99.9999%", "5000", "0"])
def test_rates_up_to_the_edge_are_taken(rate: str) -> None:
    assert Programme.from_tables(tomllib.loads(SOUND.replace("20%", rate))).ranks[0].commission.text == rate


def test_everything_that_is_wrong_is_told_at_once() -> None:
    text = program('timezone = "?"\nmaturity_days = -1') + "[[rates]]\nx = 1"
    assert list(refusals(text)) == ["program.timezone", "program.maturity_days", "rates[0].commission", "rates[0].x"]


def test_the_tables_of_a_bot_are_no_programme() -> None:
    assert list(refusals(f"{SOUND}[telegram]")) == ["telegram"]


DEFAULTS: dict[str, dict[str, Any]] = {
    "program": {
        "timezone": "UTC", "calendar": "gregorian", "week_start": "monday", "approval": "auto", "maturity_days": 0,
        "commission_window_days": 0, "first_purchase_only": False, "max_earnings": 0, "min_withdrawal": 0,
    },
    "plan": {
        "kind": "direct", "width": 3, "levels": [], "base": "direct", "unqualified": "hold", "chain": False,
        "requires": None, "pairing": None, "seller_funds": True,
    },
}  # fmt: skip


@pytest.mark.parametrize("table", DEFAULTS)
def test_keys_that_are_absent_have_the_defaults_of_the_rules(table: str) -> None:
    sound = getattr(Programme.from_tables(tomllib.loads(SOUND)), table)
    assert {name: getattr(sound, name) for name in DEFAULTS[table]} == DEFAULTS[table]


def test_what_only_looks_contradictory_is_taken() -> None:
    moment = "2026-01-01T00:00:00Z"
    for text in (
        plan('kind = "unilevel"\nlevels = ["60%", "40%"]'),
        plan('kind = "unilevel"\nlevels = ["60%", "60%"]\nfunding = "house"'),
        plan('kind = "unilevel"\nbase = "sale"\nlevels = ["60%", "60%"]'),
        plan('kind = "unilevel"\nchain = true\nunqualified = "house"'),
        plan(f'kind = "binary"{PAIRING}unit = 1\nbonus = 1\nratio = "1:2"'),
        plan('kind = "unilevel"\nrequires = { legs = 0 }'),
        f'{SOUND}[[offers]]\nid = "base"\ncommission = "1%"\nstarts = "{moment}"\nends = "{moment}"',
    ):
        Programme.from_tables(tomllib.loads(text))
