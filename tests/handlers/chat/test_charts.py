"""Charts in the chat: who may see which, what they hold, how they switch in place, and word for word what they say.

After a change of texts, look at what the change does to the screens:

    MOAREF_WRITE_TRANSCRIPTS=1 pytest tests/handlers/chat/test_charts.py && git diff tests/handlers
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.kit.brand import Brand
from bot.kit.effects import Effects, Outgoing
from bot.kit.languages import LANGUAGES, Language
from bot.kit.links import Purpose
from bot.kit.person import Person
from bot.pictures.canvas import Canvas
from bot.pictures.funnel import funnel_of
from bot.pictures.overview import overview_of
from bot.pictures.progress import progress_of
from bot.pictures.shares import shares_of
from bot.pictures.team import team_of
from bot.pictures.weeks import chart_of
from chat import DAY, Chat, buttons_of, open_chat, text_of, texts_of
from handlers.chat.admin.buttons import ShowOrderShares, ShowOverview
from handlers.chat.buttons import ShowEarnings, ShowFunnel, ShowLegs, ShowProgress, ShowShares, ShowTeam
from handlers.chat.earnings import SHOWN
from plans import BASE, SILVER, WEEKLY, binary, with_plan, with_ranks
from posters import clipped_or_overlapping

SCREENS = Path(__file__).parent / "screens"
WRITE = "MOAREF_WRITE_TRANSCRIPTS"
DRAWN = {
    "weeks": chart_of,
    "team": team_of,
    "progress": progress_of,
    "funnel": funnel_of,
    "shares": shares_of,
    "overview": overview_of,
}


def canvas_of(effects: Effects) -> Canvas:
    recipe = picture_of(effects)
    return DRAWN[recipe["kind"]](recipe, Brand())


def picture_of(effects: Effects) -> Mapping[str, Any]:
    (outgoing,) = effects.outgoing
    assert outgoing.picture is not None
    return outgoing.picture


def only(effects: Effects) -> Outgoing:
    (outgoing,) = effects.outgoing
    return outgoing


def words(effects: Effects) -> list[str]:
    return [each.words for each in canvas_of(effects).labels if each.words]


async def family(chat: Chat) -> tuple[Person, Person, Person]:
    """Nader brought Babak and Maryam; Maryam brought Ali, and Ali Sara. Returned are Nader, Babak and Maryam."""
    nader = await chat.member("Nader")
    babak, maryam = await chat.member("Babak", nader), await chat.member("Maryam", nader)
    await chat.member("Sara", await chat.member("Ali", maryam))
    return nader, babak, maryam


# Earnings


async def test_earnings_are_shown_by_week_and_switch_in_place(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        nader = await chat.member("Nader")
        await chat.buy(await chat.friend("Hamid", nader), 100_000, "o1")
        chat.clock.now += 40 * DAY
        shown = await chat.send(nader, "/earnings")
        assert only(shown).method == "sendPhoto"
        assert "Earned: 20,000 toman" in text_of(only(shown))
        assert [each for each in picture_of(shown)["amounts"] if each] == [20_000]
        assert buttons_of(only(shown))["✓ Weeks"] == "earn:week"
        days = await chat.press(nader, ShowEarnings("day"), under_picture=True)
        assert (only(days).method, only(days).params["message_id"]) == ("editMessageMedia", 77)
        assert picture_of(days)["amounts"] == [0] * SHOWN["day"]
        assert "✓ Days" in buttons_of(only(days))
        fresh = await chat.press(nader, ShowEarnings("month"))  # under the text of the history
        assert only(fresh).method == "sendPhoto"


@pytest.mark.parametrize(
    ("asked", "chosen"),
    [
        ("/earnings", "week"),
        ("/earnings day", "day"),
        ("/earnings Month", "month"),
        ("/earnings ماه", "month"),
        ("/earnings روز", "day"),
        ("/earnings yesterday", "week"),
        ("/earnings 7 <b>", "week"),
    ],
)
async def test_a_word_behind_the_command_chooses_the_period(tmp_path: Path, asked: str, chosen: str) -> None:
    async with open_chat(tmp_path) as chat:
        shown = await chat.send(await chat.member("Nader"), asked)
        assert f"earn:{chosen}" in [data for label, data in buttons_of(only(shown)).items() if label.startswith("✓")]


async def test_what_was_taken_back_hangs_below_the_line_in_its_own_week(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        nader = await chat.member("Nader")
        await chat.buy(await chat.friend("Hamid", nader), 100_000, "o1")
        chat.clock.now += 7 * DAY
        await chat.engine.refund("o1", None, key="r1", actor="admin")
        shown = await chat.send(nader, "/earnings")
        assert picture_of(shown)["amounts"] == [20_000, -20_000]
        assert "Earned: 0 toman" in text_of(only(shown))


@pytest.mark.parametrize("data", ["earn:year", "earn", "earn:week:1", "tree:abc:1", "tree::1", "funnel:x", "cut:999"])
async def test_data_that_no_button_has_changes_nothing(tmp_path: Path, data: str) -> None:
    async with open_chat(tmp_path) as chat:
        effects = await chat.press(await chat.member("Nader"), data)
        assert all(each.picture is None for each in effects.outgoing)


@pytest.mark.parametrize(
    "button", [ShowEarnings("day"), ShowLegs(), ShowProgress(), ShowFunnel(1), ShowTeam("abc", 1)], ids=str
)
async def test_whoever_is_no_member_is_told_how_to_become_one(tmp_path: Path, button: Any) -> None:
    async with open_chat(tmp_path) as chat:
        effects = await chat.press(await chat.arrive("Hamid"), button)
        assert only(effects).picture is None
        assert "Get my link" in buttons_of(only(effects))


# The team


async def test_a_tree_shows_three_levels_and_lights_up_who_sold_this_month(tmp_path: Path) -> None:
    async with open_chat(tmp_path, with_plan(kind="unilevel", levels=["15%", "12%"])) as chat:
        nader, babak, maryam = await family(chat)
        await chat.buy(await chat.friend("Hamid", babak), 100_000, "o1")
        shown = await chat.press(nader, ShowTeam(nader.id, 1))
        rows = picture_of(shown)["rows"]
        assert sorted((each["level"], each["lit"]) for each in rows) == [(1, False), (1, True), (2, False), (3, False)]
        assert "1 member here has sold this month" in words(shown)
        assert text_of(only(shown)).count("somebody in your team") == 2  # whom others brought are not named
        branches = [data for data in buttons_of(only(shown)).values() if data.startswith("tree:")]
        assert branches == [f"tree:{maryam.id}:1"]
        chat.clock.now += 40 * DAY
        later = await chat.press(nader, ShowTeam(nader.id, 1), under_picture=True)
        assert only(later).method == "editMessageMedia"
        assert "Nobody here has sold this month" in words(later)


async def test_a_branch_opens_and_leads_up_again(tmp_path: Path) -> None:
    async with open_chat(tmp_path, with_plan(kind="unilevel", levels=["15%", "12%"])) as chat:
        nader, _, maryam = await family(chat)
        shown = await chat.press(nader, ShowTeam(maryam.id, 1), under_picture=True)
        assert words(shown)[0] == "Below \u2068Maryam\u2069"
        assert [each["level"] for each in picture_of(shown)["rows"]] == [1, 2]
        assert buttons_of(only(shown))["One level up"] == f"tree:{nader.id}:1"


@pytest.mark.parametrize("plan", ["unilevel", "binary"])
async def test_a_branch_is_opened_only_by_those_above_it(tmp_path: Path, plan: str) -> None:
    tables = binary(pairing=WEEKLY) if plan == "binary" else with_plan(kind=plan, levels=["15%"])
    async with open_chat(tmp_path, tables) as chat:
        nader, babak, maryam = await family(chat)
        for reader, root in ((babak, nader), (babak, maryam), (maryam, nader)):
            effects = await chat.press(reader, ShowTeam(root.id, 1))
            assert all(each.picture is None for each in effects.outgoing)


async def test_a_wide_team_has_pages(tmp_path: Path) -> None:
    async with open_chat(tmp_path, with_plan(kind="unilevel", levels=["15%"])) as chat:
        nader = await chat.member("Nader")
        for number in range(8):
            await chat.member(f"Friend {number}", nader)
        first = await chat.press(nader, ShowTeam(nader.id, 1))
        assert len(picture_of(first)["rows"]) == 6
        assert words(first)[0] == "Your team, page 1 of 2"
        assert buttons_of(only(first))["Next"] == f"tree:{nader.id}:2"
        last = await chat.press(nader, ShowTeam(nader.id, 99))
        assert len(picture_of(last)["rows"]) == 2


async def test_names_of_forty_letters_and_foreign_ones_fit(tmp_path: Path) -> None:
    async with open_chat(tmp_path, with_plan(kind="unilevel", levels=["15%"])) as chat:
        nader = await chat.member("Nader")
        for name in ("Mohammad-Hossein Abdolrahman Shahrokhabadi", "王小明", "a\u202eb", "😀" * 20):
            await chat.member(name, nader)
        shown = await chat.press(nader, ShowTeam(nader.id, 1))
        assert clipped_or_overlapping(canvas_of(shown)) == []
        assert len(text_of(only(shown))) <= 1024


async def test_legs_show_what_will_be_matched_and_when(tmp_path: Path) -> None:
    async with open_chat(tmp_path, binary(pairing=WEEKLY)) as chat:
        nader, babak, maryam = await family(chat)
        await chat.buy(await chat.friend("Hamid", babak), 70_000, "o1")
        await chat.buy(await chat.friend("Omid", maryam), 30_000, "o2")
        shown = await chat.press(nader, ShowLegs())
        assert [(each["share"], each["marked"]) for each in picture_of(shown)["bars"]] == [(1000, 428), (428, 428)]
        assert "Matched now: 30,000 toman on the left, 30,000 toman on the right" in words(shown)
        assert "The period closes: 2026-03-23 00:00" in words(shown)
        assert "That pays 3,000 toman" in text_of(only(shown))


async def test_there_are_no_legs_where_the_plan_has_none(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        effects = await chat.press(await chat.member("Nader"), ShowLegs())
        assert all(each.picture is None for each in effects.outgoing)


# Rank, links, shares, the last seven days


async def test_a_rank_is_shown_as_bars_and_the_highest_in_words(tmp_path: Path) -> None:
    async with open_chat(tmp_path, with_ranks(BASE, {**SILVER, "requires": {"recruits": 2}})) as chat:
        nader = await chat.member("Nader")
        await chat.member("Babak", nader)
        shown = await chat.press(nader, "climb")
        assert [(each["value"], each["share"]) for each in picture_of(shown)["bars"]] == [("1 of 2", 500)]
        await chat.member("Maryam", nader)
        assert "This is the highest rank." in texts_of(await chat.press(nader, ShowProgress()))[0]


async def test_links_are_shown_as_funnels_a_page_at_a_time(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        nader = await chat.member("Nader")
        await chat.friend("Hamid", nader)
        tags = [Purpose("tag", f"tag-{number}") for number in range(6)]
        await chat.links.make(nader.id, tags, chat.clock.now)
        first = await chat.press(nader, ShowFunnel(1))
        assert picture_of(first)["links"][0]["name"] == "Own link"
        assert picture_of(first)["links"][0]["steps"][0]["count"] == 1
        assert buttons_of(only(first))["Next"] == "funnel:2"
        second = await chat.press(nader, ShowFunnel(2), under_picture=True)
        assert len(picture_of(second)["links"]) == 2


async def test_an_orders_shares_are_all_of_it_and_others_are_not_named(tmp_path: Path) -> None:
    async with open_chat(tmp_path, with_plan(kind="unilevel", levels=["15%", "12%"])) as chat:
        nader, _, maryam = await family(chat)
        await chat.buy(await chat.friend("Hamid", maryam), 100_000, "o1")
        numbers = [each.commission.number for each in await chat.engine.explain_source("order:o1")]
        shown = await chat.press(maryam, ShowShares(numbers[0]))
        shares = picture_of(shown)["shares"]
        assert [each["kind"] for each in shares] == ["own", "other", "rest"]
        assert sum(each["amount"] for each in shares) == 100_000
        assert shares[2]["amount"] == 80_000
        assert "Nader" not in text_of(only(shown))
        alien = await chat.press(nader, ShowShares(numbers[0]))  # Maryam's, not his
        assert all(each.picture is None for each in alien.outgoing)


async def test_an_admin_sees_an_orders_shares_by_name_and_the_last_seven_days(tmp_path: Path) -> None:
    async with open_chat(tmp_path, with_plan(kind="unilevel", levels=["15%", "12%"])) as chat:
        hamid = await chat.arrive("Hamid", admin=True)
        nader, _, maryam = await family(chat)
        await chat.buy(await chat.friend("Omid", maryam), 100_000, "o1")
        shown = await chat.press(hamid, ShowOrderShares(1))
        assert {"Nader", "Maryam"} <= set(words(shown))
        days = await chat.press(hamid, ShowOverview())
        assert picture_of(days)["amounts"] == [0] * 6 + [100_000]
        assert {"Nader", "Maryam"} <= set(words(days))
        for button in (ShowOverview(), ShowOrderShares(1)):
            effects = await chat.press(nader, button)
            assert all(each.picture is None for each in effects.outgoing)


# Word for word


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_charts_read_like_their_transcript(tmp_path: Path, language: Language) -> None:
    names = {"en": ("Nader", "Babak", "Maryam", "Omid"), "fa": ("نادر", "بابک", "مریم", "امید")}[language]
    tables = {**binary(pairing=WEEKLY), "ranks": [dict(BASE), dict(SILVER)]}
    shown: list[str] = []
    async with open_chat(tmp_path, tables) as chat:
        nader = await chat.member(names[0], language=language)
        babak = await chat.member(names[1], nader, language=language)
        await chat.member(names[2], babak, language=language)
        await chat.buy(await chat.friend(names[3], babak, language=language), 100_000, "o1")
        admin = await chat.arrive("Hamid", admin=True, language=language)
        pages = [
            (nader, ShowEarnings("day")),
            (nader, ShowEarnings("week")),
            (nader, ShowEarnings("month")),
            (nader, ShowTeam(nader.id, 1)),
            (nader, ShowTeam(babak.id, 1)),
            (nader, ShowLegs()),
            (nader, ShowProgress()),
            (nader, ShowFunnel(1)),
            (babak, ShowShares(1)),
            (admin, ShowOrderShares(1)),
            (admin, ShowOverview()),
        ]
        for reader, button in pages:
            effects = await chat.press(reader, button, under_picture=True)
            assert clipped_or_overlapping(canvas_of(effects)) == []
            labels = " ".join(f"[{label}]" for label in buttons_of(only(effects)))
            name = button.pack().replace(nader.id, "NADER").replace(babak.id, "BABAK")
            shown += [f"> {name}", " | ".join(words(effects)), text_of(only(effects)), labels, ""]
    file = SCREENS / f"charts.{language}.txt"
    text = "\n".join(shown)
    if os.environ.get(WRITE):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")
