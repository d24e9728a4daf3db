"""/suspend and /reinstate: what it means is shown before it is confirmed, and the member is told."""

from pathlib import Path

import pytest

from bot.kit.languages import Language
from chat import UNILEVEL, texts_of
from engine.errors import OwnMembership
from office import Office, button, open_office, rows_of

SUSPEND = {"en": ("Yes, suspend", "Suspend this member?"), "fa": ("بله، تعلیق شود", "عضویت این همکار فروش تعلیق شود؟")}


async def is_suspended(office: Office) -> bool:
    member = await office.chat.engine.member(office.sara.id)
    assert member is not None
    return bool(member.suspended)


@pytest.mark.parametrize("language", ["en", "fa"])
async def test_a_suspension_is_confirmed_and_told_with_its_reason(tmp_path: Path, language: Language) -> None:
    async with open_office(tmp_path, language=language) as office:
        label, title = SUSPEND[language]
        await office.chat.notices()
        card = await office.send(f"/suspend {office.sara.id} many accounts of one family")
        assert title in texts_of(card)[0]
        assert "many accounts of one family" in texts_of(card)[0]
        assert not await is_suspended(office)
        await office.press(card, label)
        assert await is_suspended(office)
        [(kind, [told])] = await office.chat.notices()
        assert kind == "suspended"
        assert "Reason: \u2068many accounts of one family\u2069" in str(told.params["text"])


async def test_what_it_means_follows_the_programme_and_names_what_the_member_has(tmp_path: Path) -> None:
    plan = {"kind": "unilevel", "levels": ["15%", "12%"], "unqualified": "hold", "chain": True}
    async with open_office(tmp_path, {**UNILEVEL, "plan": plan}) as office:
        await office.chat.buy(office.ali, 100_000, "o-17")
        available = await office.available(office.sara)
        await office.ask_for(1000)
        said = await office.said(f"/suspend {office.sara.id} why")
        assert "What their friends buy pays nobody, neither them nor anyone above." in said
        assert "is held until they are reinstated, and so is that of everybody above them." in said
        assert f"{available - 1000:,} toman available" in said
        assert "One request over 1,000 toman stays open: pay it or reject it." in said


async def test_a_suspended_member_goes_on_by_the_same_road(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await office.press(await office.send(f"/suspend {office.sara.id} why"), "Yes, suspend")
        await office.chat.notices()
        card = await office.send(f"/reinstate {office.sara.id}")
        assert "Reason: not given" in texts_of(card)[0]
        await office.press(card, "Yes, reinstate")
        assert not await is_suspended(office)
        assert [kind for kind, _ in await office.chat.notices()] == ["reinstated"]


async def test_the_member_page_has_the_button_which_asks_for_the_reason(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        page = await office.send(f"/member {office.sara.id}")
        question = await office.press(page, "Suspend")
        assert "Suspending \u2068Sara\u2069" in texts_of(question)[0]
        card = await office.send("two accounts")
        assert "Reason: \u2068two accounts\u2069" in texts_of(card)[0]
        done = await office.press(card, "Yes, suspend")
        assert rows_of(done)[0] == ["Reinstate"]
        assert await is_suspended(office)
        assert ["Reinstate"] in rows_of(await office.send(f"/member {office.sara.id}"))


async def test_nobody_suspends_or_reinstates_themself(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await office.chat.engine.join(office.nader.id, key="join")
        for typed in (f"/suspend {office.nader.id} why", f"/reinstate {office.nader.id}"):
            assert await office.said(typed) == "You can't suspend or reinstate yourself. Another admin has to."
        with pytest.raises(OwnMembership):
            await office.chat.engine.suspend(office.nader.id, actor=office.nader.id, key="k")
        assert ["Suspend"] not in rows_of(await office.send(f"/member {office.nader.id}"))


async def test_what_makes_no_sense_is_answered_and_changes_nothing(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        assert (await office.said("/suspend")).startswith("Please name the member and the reason")
        assert "Please write the reason" in await office.said(f"/suspend {office.sara.id}")
        assert (await office.said("/reinstate")).startswith("Please name the member")
        assert (await office.said("/suspend @nobody why")).startswith("I can't find")
        assert await office.said(f"/suspend {office.ali.id} why") == "This person is not a member."
        assert await office.said(f"/reinstate {office.sara.id}") == "This membership is not suspended."
        await office.press(await office.send(f"/suspend {office.sara.id} why"), "Yes, suspend")
        assert await office.said(f"/suspend {office.sara.id} why") == "This membership is already suspended."


async def test_of_two_admins_at_once_the_second_is_told_and_a_kill_does_not_show(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        mine = await office.send(f"/suspend {office.sara.id} why")
        theirs = await office.chat.send(office.karim, f"/suspend {office.sara.id} because")
        done = await office.killed_once(lambda: office.press(mine, "Yes, suspend"))
        assert texts_of(done)[0].startswith("<b>Suspended</b>")
        late = await office.chat.press(office.karim, button(theirs, "Yes, suspend"))
        assert late.toast is not None
        assert late.toast.text == "This membership is already suspended."


async def test_members_who_are_no_admins_have_neither_command_nor_button(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        card = await office.send(f"/suspend {office.sara.id} why")
        refused = await office.chat.press(office.maryam, button(card, "Yes, suspend"))
        assert not await is_suspended(office)
        assert refused.outgoing == []
        await office.chat.send(office.maryam, f"/suspend {office.sara.id} why")
        assert not await is_suspended(office)
