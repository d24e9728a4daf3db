"""Buttons as people find them: others', old ones, pressed twice, pressed after everything was started anew."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.kit.formatting import Choice, Code, Count, Money
from bot.kit.languages import Language
from bot.playground import playground_server
from bot.playground.card import ChatCard
from bot.playground.story import shop_tables
from bot.playground.story.stage import Actor
from bot.playground.story.withdrawals import CARD
from bot.playground.story.words import story_languages, toman
from engine.vault import new_key
from engine.verify.ledger import verify_file
from handlers.chat.buttons import CancelRequest, OpenBalance, OpenWhy
from handlers.chat.withdraw import Confirm, TakeDestination
from running import running_app
from scene import Scene, begun, open_scene, stage_on

both_languages = pytest.mark.parametrize("language", story_languages())

GARBAGE = (
    "0", ":", "zzz:1", "wdy", "wda:", "wda:lots", "wda:1:2", "wda:-1e9", "his:99999999999999999999",
    "why:1", "speak:xx", "home:maybe", "wdc:۱", "\u202e", "🧿" * 16, "x" * 64, "'; DROP TABLE members; --",
)  # fmt: skip


async def confirmation(scene: Scene) -> tuple[Actor, ChatCard]:
    """Nader, who has 20,000 toman, before the card that asks whether 15,000 shall go."""
    nader = await scene.enter("nader")
    await scene.buys("karim", 100_000)
    await nader.writes(f"/withdraw 15000 {CARD}")
    return nader, await nader.sees("withdraw-confirm", amount=toman(15_000))


def with_key(database: Path) -> dict[str, Any]:
    """The shop's configuration with a key of its own, for a store that is opened more than once."""
    return {**shop_tables(), "store": {"url": f"sqlite:///{database}", "key": new_key()}}


@both_languages
async def test_buttons_of_other_people_do_nothing(tmp_path: Path, language: Language) -> None:
    async with open_scene(tmp_path, language) as scene:
        nader, card = await confirmation(scene)
        karim = await scene.enter("karim")
        own = (await karim.phone.messages())[-1]
        data = card.buttons[0][0].data
        assert data is not None
        assert data.startswith("wdy:")
        async with scene.nothing_changes():
            under_his = await karim.phone.press_raw(data, card.id, chat_id=nader.phone.id)
            answer = await scene.playground.get(f"queries/{under_his}", timeout=5)
            assert answer["text"] == scene.stage.words.label("refused-not_yours")
            toast = await karim.phone.answer_to(await karim.phone.press_raw(data, own.id))
            await karim.is_told(toast, "refused-not_yours")
        await nader.presses(card, "button-withdraw-confirm")
        await nader.sees("withdraw-done")


@both_languages
async def test_another_person_s_commission_request_or_destination_is_as_if_it_were_not_there(
    tmp_path: Path, language: Language
) -> None:
    async with open_scene(tmp_path, language) as scene:
        nader, card = await confirmation(scene)
        await nader.presses(card, "button-withdraw-confirm")
        await nader.sees("withdraw-done", number=Count(1))
        sara = await scene.enter("sara")
        await sara.writes("/link")
        own = await sara.sees("link-to-forward")
        await sara.sees("link-card")
        await scene.app.engine.adjust("gift", await scene.person_of(103), 9_000, "a gift", actor="shop")
        await sara.sees("notice-adjusted")
        refused = {
            OpenWhy(1, 0).pack(): "refused-unknown_commission",
            CancelRequest(1).pack(): "refused-unknown_withdrawal",
            TakeDestination(5_000, 1).pack(): "refused-old_button",
        }
        async with scene.nothing_changes():
            for data, id in refused.items():
                toast = await sara.phone.answer_to(await sara.phone.press_raw(data, own.id))
                await sara.is_told(toast, id)
            await sara.writes("/why 1")
            await sara.sees("refused-unknown_commission")
            await sara.writes("/cancel_withdrawal 1")
            await sara.sees("refused-unknown_withdrawal")


@both_languages
async def test_data_that_is_no_button_of_ours_is_told_to_be_old(tmp_path: Path, language: Language) -> None:
    async with open_scene(tmp_path, language) as scene:
        nader, card = await confirmation(scene)
        async with scene.nothing_changes():
            for data in GARBAGE:
                toast = await nader.phone.answer_to(await nader.phone.press_raw(data, card.id))
                await nader.is_told(toast, "refused-old_button")
            unknown = await nader.phone.answer_to(await nader.phone.press_raw(Confirm("AAAAAAAA").pack(), card.id))
            await nader.is_told(unknown, "refused-draft_gone")


@both_languages
async def test_a_button_under_a_message_that_is_gone_is_answered_with_a_new_one(
    tmp_path: Path, language: Language
) -> None:
    async with open_scene(tmp_path, language) as scene:
        nader = await scene.enter("nader")
        await nader.phone.answer_to(await nader.phone.press_raw(OpenBalance().pack(), 9_999, gone=True))
        assert not (await nader.sees("balance-card")).edited


async def test_buttons_work_after_everything_was_started_anew(tmp_path: Path) -> None:
    database = tmp_path / "moaref.db"
    kept = with_key(database)
    async with playground_server() as playground:
        stage = stage_on(playground, "en")
        async with running_app(playground, database, kept) as app:
            scene = await begun(Scene(stage, app, database))
            karim = await scene.enter("karim")
            home = (await karim.phone.messages())[-1]
            nader, card = await confirmation(scene)
            await karim.writes("/code")
            await karim.sees("code-ask")
        async with running_app(playground, database, kept):
            await nader.presses(card, "button-withdraw-confirm")
            done = await nader.sees("withdraw-done", amount=toman(15_000))
            await karim.writes("not a code")  # the question survived, too
            await karim.sees("code-malformed")
            await karim.sees("home-friend")
            await karim.presses(home, "button-help")
            await karim.sees("help-card")
        async with running_app(playground, database, kept):
            await nader.presses(done, "button-cancel-request")
            await nader.sees("cancel-done", amount=toman(15_000))
        await playground.assert_no_violations()
    assert verify_file(database).problems == ()


async def test_a_destination_that_cannot_be_read_any_more_moves_no_money(tmp_path: Path) -> None:
    database = tmp_path / "moaref.db"
    async with playground_server() as playground:
        stage = stage_on(playground, "en")
        async with running_app(playground, database, with_key(database)) as app:
            nader, card = await confirmation(await begun(Scene(stage, app, database)))
        async with (
            running_app(playground, database, with_key(database)) as app,
            Scene(stage, app, database).nothing_changes(),
        ):
            await nader.presses(card, "button-withdraw-confirm")
            await nader.sees("error")


@both_languages
async def test_a_confirmation_pressed_many_times_is_one_withdrawal(tmp_path: Path, language: Language) -> None:
    async with open_scene(tmp_path, language) as scene:
        nader, card = await confirmation(scene)
        label = scene.stage.words.label("button-withdraw-confirm")
        presses = await asyncio.gather(*(card.tap(label) for _ in range(5)))
        toasts = [await nader.phone.answer_to(each) for each in presses]
        assert sum(toast is None for toast in toasts) == 1
        for toast in filter(None, toasts):
            await nader.is_told(toast, "refused-draft_used")
        await nader.sees("withdraw-done", number=Count(1))
        requests, total = await scene.app.engine.open_withdrawals(count=10)
        assert (total, requests[0].amount) == (1, 15_000)
        await scene.playground.assert_no_violations()
        await scene.stage.is_quiet()


@both_languages
async def test_an_admin_s_confirmation_pressed_twice_is_recorded_once(tmp_path: Path, language: Language) -> None:
    async with open_scene(tmp_path, language) as scene:
        hamid, nader = await scene.admin("hamid"), await scene.enter("nader")
        await hamid.writes("/purchase @karim 100000 shoes o-7")
        card = await hamid.sees("admin-purchase-confirm", order=Code("o-7"))
        label = scene.stage.words.label("button-admin-confirm")
        presses = await asyncio.gather(card.tap(label), card.tap(label))
        toasts = [await hamid.phone.answer_to(each) for each in presses]
        assert [each.text if each else None for each in sorted(toasts, key=bool)] == [
            None,
            scene.stage.words.label("refused-draft_used"),
        ]
        await hamid.sees("admin-purchase-recorded", before=Choice("no"))
        await nader.sees("notice-commission", amount=Money(20_000, scene.app.engine.programme.currency))
        await hamid.writes("/purchase @karim 5000")
        dropped = await hamid.sees("admin-purchase-confirm")
        await hamid.presses(dropped, "button-leave")
        await hamid.sees("admin-card-dropped")
        async with scene.nothing_changes():
            toast = await hamid.presses(dropped, "button-admin-confirm")
            await hamid.is_told(toast, "refused-draft_used")


@both_languages
async def test_an_approval_pressed_twice_is_one_and_the_second_is_told(tmp_path: Path, language: Language) -> None:
    async with open_scene(tmp_path, language) as scene:
        hamid, nader = await scene.admin("hamid"), await scene.enter("nader")
        await scene.buys("karim", 100_000)
        await scene.asks_for(5_000)
        card = await hamid.sees("admin-request")
        label = scene.stage.words.label("button-admin-approve")
        first, second = [await card.tap(label) for _ in range(2)]
        await hamid.is_told(await hamid.phone.answer_to(first), "toast-admin-approved")
        by = scene.stage.words.name("hamid")
        second_told = await hamid.phone.answer_to(second)
        await hamid.is_told(second_told, "toast-admin-decided", state=Choice("approved"), admin=by)
        await nader.sees("notice-withdrawal-approved")
        await nader.phone.receives_nothing()
        await scene.playground.assert_no_violations()
