"""Owners change the rates of ranks, products and categories."""

import tomllib
from pathlib import Path

import pytest

from bot.kit.effects import Effects
from chat import UNILEVEL
from handlers.chat.admin.programme_buttons import AskRate, DropRate
from office import Office
from owners import CONFIRM, alert, office_of, press, said

SILVER = {"id": "silver", "commission": "25%", "requires": {"sales": 1000}}


def rates(office: Office) -> dict[str, list[str]]:
    programme = office.chat.engine.programme
    found = {id: [each.text for each in rates] for id, rates in programme.rates_by_product.items()}
    found |= {id: [each.text for each in rates] for id, rates in programme.rates_by_category.items()}
    return found | {each.id: [each.commission.text] for each in programme.ranks}


async def confirmed(office: Office, shown: Effects) -> str:
    return said(await press(office, shown, CONFIRM["en"]))


async def test_a_rank_s_rate_is_changed_in_one_line_and_in_the_file(tmp_path: Path) -> None:
    async with office_of(tmp_path) as office:
        shown = await office.send("/rate base 25%")
        assert said(shown).split("\n") == [
            "Rank base: 25%",
            "What changes",
            "– ranks[base].commission: 20% → 25%",
        ]
        assert "The settings file has it, too." in await confirmed(office, shown)
        text = (tmp_path / "config.toml").read_text(encoding="utf-8")
        assert 'commission = "25%"          # everybody\'s' in text


async def test_with_one_rank_a_rate_alone_is_that_rank_s(tmp_path: Path) -> None:
    async with office_of(tmp_path) as office:
        await confirmed(office, await office.send("/rate ۱۲٫۵٪"))
        assert rates(office)["base"] == ["12.5%"]
    (tmp_path / "two").mkdir()
    ranks = [*UNILEVEL["ranks"], SILVER]
    async with office_of(tmp_path / "two", {**UNILEVEL, "ranks": ranks}) as office:
        assert said(await office.send("/rate 30%")).startswith("I don’t know 30%.")


async def test_products_and_categories_get_rates_of_their_own_and_lose_them(tmp_path: Path) -> None:
    async with office_of(tmp_path) as office:
        await confirmed(office, await office.send("/rate product:shoes 5 toman"))
        await confirmed(office, await office.send("/rate books none"))
        assert rates(office) == {"phones": ["10%"], "shoes": ["5"], "base": ["20%"]}
        file = tomllib.loads((tmp_path / "config.toml").read_text(encoding="utf-8"))
        assert file["rates"] == [{"product": "phones", "commission": "10%"}, {"product": "shoes", "commission": "5"}]


async def test_a_small_fixed_rate_is_asked_about(tmp_path: Path) -> None:
    async with office_of(tmp_path) as office:
        assert said(await office.send("/rate phones 15")).startswith("15%, or 15 toman for each unit?")
        assert "Did you mean a percentage?" in said(await office.send("/rate phones 15 toman"))


async def test_the_page_leads_to_each_rate(tmp_path: Path) -> None:
    async with office_of(tmp_path) as office:
        asked = await press(office, await office.send("/rate"), "Product: phones")
        assert "I can't read that amount." in said(await office.send("half"))
        await confirmed(office, await office.send("15%"))
        assert rates(office)["phones"] == ["15%"]
        assert alert(await press(office, asked, "Remove this rate")).startswith("This button")
        asked = await press(office, await office.send("/rate"), "Another product or category")
        assert "I don’t know socks." in said(await office.send("socks"))
        assert "New rate of the category socks" in said(await office.send("category:socks"))
        await confirmed(office, await office.send("1%"))
        assert rates(office)["socks"] == ["1%"]


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/rate base none", "A rank always has a rate."),
        ("/rate phones 10%", "There is nothing to change"),
        ("/rate product:socks none", "There is nothing to change"),
        ("/rate rank:gold 10%", "I don’t know rank:gold"),
        ("/rate nothing 10%", "I don’t know nothing."),
        ("/rate phones 101%", "I can’t read that rate."),
        ("/rate product: 10%", "I don’t know"),
    ],
)
async def test_bad_input_is_refused_with_its_reason(tmp_path: Path, line: str, answer: str) -> None:
    async with office_of(tmp_path) as office:
        assert answer in said(await office.send(line))
        assert rates(office) == {"phones": ["10%"], "books": ["5%"], "base": ["20%"]}


async def test_old_buttons_change_nothing(tmp_path: Path) -> None:
    async with office_of(tmp_path) as office:
        for button in (AskRate(7, 1), DropRate(0, 99), AskRate(-1, 1)):
            assert alert(await office.chat.press(office.nader, button)).startswith("This button")
