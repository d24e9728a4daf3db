"""Owners make offers and end them: in one line, and step by step."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from bot.kit.bidi import strip_controls
from bot.kit.errors import StaleButton
from bot.kit.languages import Language
from chat import DAY, UNILEVEL
from handlers.chat.admin.programme_buttons import CloseOffer
from office import Office
from owners import CONFIRM, FILE, alert, office_of, press, said


def offers(office: Office) -> list[str]:
    return [each.id for each in office.chat.engine.programme.offers]


async def test_an_offer_is_shown_whole_and_in_force_once_it_is_confirmed(tmp_path: Path) -> None:
    async with office_of(tmp_path) as office:
        shown = await office.send("/offer 30% on phones from tomorrow to 1405/1/13 title Nowruz")
        assert said(shown).split("\n") == [
            "New offer: Nowruz, 30%",
            "– on the product phones",
            "– from 2026-03-22 00:00",
            "– until the end of 2026-04-02",
            "What changes",
            "– offers[offer-2026-03-21].products: (none) → phones",
            "– offers[offer-2026-03-21].starts: (none) → 2026-03-21T20:30:00.000Z",
            "– offers[offer-2026-03-21].ends: (none) → 2026-04-02T20:30:00.000Z",
            "– offers[offer-2026-03-21].commission: (none) → 30%",
        ]
        assert offers(office) == []
        done = await press(office, shown, CONFIRM["en"])
        assert "The settings file has it, too." in said(done)
        assert offers(office) == ["offer-2026-03-21"]
        assert alert(await press(office, shown, CONFIRM["en"])) == "This has already been done."
        assert len(offers(office)) == 1


async def test_the_file_follows_and_keeps_its_comments(tmp_path: Path) -> None:
    async with office_of(tmp_path) as office:
        await press(office, await office.send("/offer 30% to a week title Nowruz"), CONFIRM["en"])
        text = (tmp_path / "config.toml").read_text(encoding="utf-8")
        assert FILE.split("[plan]", maxsplit=1)[0] in text
        assert tomllib.loads(text)["offers"][0]["title"] == {"en": "Nowruz"}
        await press(office, await office.send("/offer end offer-2026-03-21"), CONFIRM["en"])
        ended = tomllib.loads((tmp_path / "config.toml").read_text(encoding="utf-8"))["offers"][0]
        assert ended["ends"] == "2026-03-21T11:00:00.000Z"


async def test_a_file_that_cannot_be_written_is_told_of(tmp_path: Path) -> None:
    async with office_of(tmp_path) as office:
        (tmp_path / "config.toml").write_text("this is no TOML", encoding="utf-8")
        done = await press(office, await office.send("/offer 30%"), CONFIRM["en"])
        assert "The settings file could not be changed." in said(done)
        assert len(offers(office)) == 1


async def test_a_file_that_differs_elsewhere_is_told_of(tmp_path: Path) -> None:
    async with office_of(tmp_path) as office:
        file = tmp_path / "config.toml"
        file.write_text(FILE.replace('commission = "20%"', 'commission = "25%"'), encoding="utf-8")
        done = await press(office, await office.send("/offer 30%"), CONFIRM["en"])
        assert "differs from what is in force in other places" in said(done)
        assert tomllib.loads(file.read_text(encoding="utf-8"))["ranks"][0]["commission"] == "25%"
        assert office.chat.engine.programme.ranks[0].commission.text == "20%"


@pytest.mark.parametrize("language", ["en", "fa"])
async def test_the_dialogue_asks_for_one_part_after_the_other(tmp_path: Path, language: Language) -> None:
    steps = {
        "en": ["New offer", "phones", "Tomorrow", "A week", "Without a title"],
        "fa": ["پیشنهاد تازه", "phones", "از فردا", "یک هفته", "بدون عنوان"],
    }[language]
    async with office_of(tmp_path, language=language) as office:
        begun = await press(office, await office.send("/offer"), steps[0])
        assert begun.dialogue_changed
        shown = await office.send("۳۰٪")
        for label in steps[1:]:
            shown = await press(office, shown, label)
        await press(office, shown, CONFIRM[language])
        (made,) = office.chat.engine.programme.offers
        assert (made.products, made.commission.text) == (["phones"], "30%")
        assert made.ends is not None
        assert made.starts is not None
        assert made.ends - made.starts == 7 * DAY
        title = tomllib.loads((tmp_path / "config.toml").read_text(encoding="utf-8"))["offers"][0]["title"]
        assert title == {"en": "Special offer", "fa": "پیشنهاد ویژه"}


async def test_an_answer_that_cannot_be_read_is_asked_for_again(tmp_path: Path) -> None:
    async with office_of(tmp_path) as office:
        await press(office, await office.send("/offer"), "New offer")
        for text, answer in {
            "30": "30%, or 30 toman for each unit?",
            "101%": "I can’t read that rate.",
            "a lot": "I can't read that amount.",
            "-5%": "I can't read that amount.",
            "0": "0%, or 0 toman for each unit?",
        }.items():
            assert answer in said(await office.send(text)), text
        assert "What is it for?" in said(await office.send("12.5 %"))


async def test_an_offer_can_be_for_some_sellers_alone(tmp_path: Path) -> None:
    async with office_of(tmp_path) as office:
        shown = await press(office, await office.send("/offer 30%"), "Only for some sellers")
        assert "I can't find @nobody" in said(await office.send("@nobody"))
        shown = await office.send("@ali")
        assert "– only for 1 seller" in said(shown)
        await press(office, shown, CONFIRM["en"])
        assert office.chat.engine.programme.offers[0].members == [office.ali.id]


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("/offer 30% from 2026-03-20", "That is in the past."),
        ("/offer 30% from 2026-04-02 to 2026-04-01", "It would end before it starts."),
        ("/offer 30% to 1404/12/29", "It would end before it starts."),
        ("/offer 30% to 1404/12/30", "There is no such day or time: 1404/12/30"),
        ("/offer 30% to ۱۳/۱/۱۴۰۵", "Please write the year first"),
        ("/offer 30% to 05/1/13", "Please write the year first"),
        ("/offer 30% on shoes", "I don’t know shoes."),
        ("/offer 30% on phones, books", "An offer is for products or for categories, not both."),
        ("/offer on phones", "I can't read that amount."),
        ("/offer 100.5%", "I can’t read that rate."),
        ("/offer 30% title " + "x" * 41, "That is too long."),
        ("/offer end nothing", "There is nothing to change"),
    ],
)
async def test_bad_input_is_refused_with_its_reason(tmp_path: Path, line: str, answer: str) -> None:
    async with office_of(tmp_path) as office:
        refused = await office.send(line)
        assert answer in said(refused)
        assert offers(office) == []


async def test_offers_that_hold_together_and_pay_more_than_the_order_are_warned_of(tmp_path: Path) -> None:
    tables = {**UNILEVEL, "plan": {"kind": "unilevel", "levels": ["15%", "12%", "8%"], "funding": "house"}}
    async with office_of(tmp_path, tables) as office:
        await press(office, await office.send("/offer 50% to a week"), CONFIRM["en"])
        shown = said(await office.send("/offer 100% from tomorrow"))
        assert "⚠️ One order could pay out 135% of its total." in shown
        assert "⚠️ It runs at the same time as Special offer (offer-2026-03-21)." in shown
        apart = said(await office.send("/offer 20% from 2026-03-28"))
        assert "at the same time" not in apart


async def test_a_summary_that_is_out_of_date_is_shown_anew_and_changes_nothing(tmp_path: Path) -> None:
    async with office_of(tmp_path) as office:
        old = await office.send("/offer 30% title Nowruz")
        await press(office, await office.send("/rate base 25%"), CONFIRM["en"])
        anew = await press(office, old, CONFIRM["en"])
        assert said(anew).startswith("The programme was changed meanwhile.")
        assert offers(office) == []
        await press(office, anew, CONFIRM["en"])
        assert office.chat.engine.programme.ranks[0].commission.text == "25%"
        assert len(offers(office)) == 1


async def test_a_confirmation_that_was_killed_is_done_once(tmp_path: Path) -> None:
    async with office_of(tmp_path) as office:
        shown = await office.send("/offer 30% title Nowruz")
        done = await office.killed_once(lambda: press(office, shown, CONFIRM["en"]))
        assert "In force from now on" in said(done)
        assert "The settings file has it, too." in said(done)
        assert len(offers(office)) == 1


async def test_an_offer_that_would_be_over_by_now_is_not_put_in_force(tmp_path: Path) -> None:
    async with office_of(tmp_path) as office:
        shown = await office.send("/offer 30% to today 15:00")
        office.chat.clock.now += 3 * DAY // 24
        assert "would be over already" in alert(await press(office, shown, CONFIRM["en"]))
        assert offers(office) == []


async def test_ending_drops_what_has_not_begun_and_an_old_button_ends_nothing(tmp_path: Path) -> None:
    async with office_of(tmp_path) as office:
        await press(office, await office.send("/offer 30% from tomorrow title Later"), CONFIRM["en"])
        seen, _ = await office.chat.engine.programme_in_force()
        dropped = await office.chat.press(office.nader, CloseOffer(0, seen))
        assert "which has not started" in said(dropped)
        await press(office, dropped, CONFIRM["en"])
        assert offers(office) == []
        assert "offers" not in tomllib.loads((tmp_path / "config.toml").read_text(encoding="utf-8"))
        stale = await office.chat.press(office.nader, CloseOffer(0, seen))
        assert alert(stale) == office.chat.texts.plain("en", f"refused-{StaleButton.code}")


async def test_an_admin_who_is_no_owner_changes_nothing(tmp_path: Path) -> None:
    async with office_of(tmp_path) as office:
        shown, people = await office.send("/offer 30%"), office.chat.people.known
        people[office.nader.id] = replace(office.nader, is_owner=False)
        for line in ("/offer", "/rate", "/admins", "/offer 30%"):
            assert said(await office.send(line)).startswith("Only owners can do that.")
        assert alert(await press(office, shown, CONFIRM["en"])).startswith("Only owners can do that.")
        people[office.nader.id] = replace(office.nader, is_owner=False, is_admin=False)
        assert alert(await press(office, shown, CONFIRM["en"])) == office.chat.texts.plain("en", "refused-old_button")
        assert offers(office) == []


async def test_an_owner_who_lost_the_role_before_answering_is_not_heard(tmp_path: Path) -> None:
    async with office_of(tmp_path) as office:
        await press(office, await office.send("/offer"), "New offer")
        office.chat.people.known[office.nader.id] = replace(office.nader, is_owner=False)
        answered = await office.send("30%")
        assert said(answered) == strip_controls(office.chat.texts.plain("en", "unknown-text"))
        assert answered.dialogue_changed


async def test_the_journal_says_who_changed_the_programme(tmp_path: Path) -> None:
    async with office_of(tmp_path) as office:
        await press(office, await office.send("/offer 30%"), CONFIRM["en"])
        acts, _ = await office.chat.engine.acts_after(0)
        assert [(each.kind, each.actor) for each in acts][-1] == ("programme", office.nader.id)
