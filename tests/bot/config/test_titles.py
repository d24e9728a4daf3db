"""Titles in the configuration: where they stand, what is wrong with them, and that they are no programme."""

from pathlib import Path
from typing import Any

import pytest

from bot.config import Config, ConfigError, build
from bot.config.loading import programme_of
from engine.programme.model import Programme

GOLD = {"en": "Gold", "fa": "طلایی"}
OFFER = {"id": "spring", "products": ["shoe"], "commission": "30%"}


def tables(**more: Any) -> dict[str, Any]:
    return {
        "program": {"currency": "IRT"},
        "ranks": [{"id": "base", "commission": "20%", **more.pop("rank", {})}],
        "rates": [{"category": "hats", "commission": "5%"}],
        "offers": [{**OFFER, **more.pop("offer", {})}],
        **more,
    }


def built(**more: Any) -> Config:
    return build(tables(**more), {}, Path.cwd(), token_needed=False)


def problems(**more: Any) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        built(**more)
    return [str(each) for each in caught.value.problems]


def test_titles_stand_beside_the_ids_and_are_no_programme() -> None:
    config = built(rank={"title": GOLD}, offer={"title": {"fa": "بهار"}})
    assert config.titles["rank"] == {"base": GOLD}
    assert config.titles["offer"] == {"spring": {"fa": "بهار"}}
    assert config.programme_tables == tables()
    assert Programme.from_tables(config.programme_tables) == Programme.from_tables(built().programme_tables)
    assert programme_of(tables(rank={"title": GOLD})) == tables()


def test_products_and_categories_have_a_table_of_their_own() -> None:
    titles = {"products": {"shoe": {"en": " The \n shoe "}}, "categories": {"hats": GOLD}}
    config = built(titles=titles)
    assert config.titles["product"] == {"shoe": {"en": "The shoe"}}
    assert config.titles["category"] == {"hats": GOLD}


def test_what_the_bot_sells_has_the_title_of_its_invoice() -> None:
    product = {"id": "case", "price": 5, "en": {"title": "A case"}}
    assert built(products=[product]).titles["product"] == {"case": {"en": "A case"}}
    assert problems(products=[product], titles={"products": {"case": {"en": "Case"}}}) == [
        "titles.products.case: expected no title here; it is sold by [[products]], which has one"
    ]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Gold", 'a title for each language, such as { en = "Gold", fa = "طلایی" }'),
        ({}, 'a title for each language, such as { en = "Gold", fa = "طلایی" }'),
        ({"en": ""}, "1 to 40 characters for en"),
        ({"en": " \u200f\n"}, "1 to 40 characters for en"),
        ({"fa": "ط" * 41}, "1 to 40 characters for fa"),
        ({"de": "Gold"}, "titles in fa, en; de is not one of them"),
        ({"en": 5}, "a text for en"),
    ],
)
def test_what_is_no_title_is_refused_by_its_key(title: Any, expected: str) -> None:
    assert problems(rank={"title": title}) == [f"ranks[0].title: expected {expected}"]
    assert problems(offer={"title": title}) == [f"offers[0].title: expected {expected}"]


@pytest.mark.parametrize("title", [{"en": ""}, {"en": "x" * 41}, {"de": "Gold"}, {}])
def test_a_bad_title_of_a_product_is_refused_too(title: Any) -> None:
    (problem,) = problems(titles={"products": {"shoe": title}})
    assert problem.startswith("titles.products.shoe: expected ")


def test_a_title_of_an_id_that_nothing_names_is_refused_unless_a_shop_may_have_it() -> None:
    titles = {"products": {"sock": GOLD}, "categories": {"socks": GOLD}}
    assert problems(titles=titles) == [
        "titles.products.sock: expected the id of a product that a rate or an offer names",
        "titles.categories.socks: expected the id of a category that a rate or an offer names",
    ]
    shop = {"main": {"kind": "api", "secret": "a-secret-of-both-of-us"}}
    assert built(titles=titles, shops=shop).titles["product"] == {"sock": GOLD}


def test_titles_of_products_that_join_are_known() -> None:
    joins = {"currency": "IRT", "join": {"mode": "purchase", "products": ["kit"]}}
    assert built(program=joins, titles={"products": {"kit": GOLD}}).titles["product"] == {"kit": GOLD}


def test_an_unknown_key_of_titles_is_refused() -> None:
    assert problems(titles={"ranks": {"base": GOLD}})[0].startswith("titles.ranks: expected no such key")
