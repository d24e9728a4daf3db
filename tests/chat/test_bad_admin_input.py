"""What admins do wrongly, and what others do who are none: a clear answer, and nothing changes."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from bot.kit.formatting import Argument, Choice, Code, Text, Unit
from bot.kit.languages import Language
from bot.kit.routes import Routes
from bot.playground.card import ChatCard
from bot.playground.story.stage import Actor
from bot.playground.story.words import story_languages, toman
from engine.money import Currency
from handlers.chat import FEATURES
from handlers.chat.admin.buttons import ApproveRequest, OpenPending, PayRequest, RejectRequest
from handlers.chat.buttons import OpenAdmin
from scene import Scene, open_scene

both_languages = pytest.mark.parametrize("language", story_languages())
ADMIN_COMMANDS = [each.name for each in Routes(FEATURES).commands.values() if each.admin]
Answers = dict[str, tuple[str, dict[str, Argument]]]


async def refused(scene: Scene, who: Actor, text: str, id: str, **arguments: Argument) -> None:
    """A text that is refused and changes nothing."""
    async with scene.nothing_changes():
        await who.writes(text)
        await who.sees(id, **arguments)


def data_on(card: ChatCard) -> list[str]:
    """What the card's buttons send, each."""
    return [button.data for row in card.buttons for button in row if button.data is not None]


# --- those who are no admins


@both_languages
async def test_an_admin_s_command_by_somebody_else_is_answered_like_one_that_does_not_exist(
    tmp_path: Path, language: Language, caplog: pytest.LogCaptureFixture
) -> None:
    assert {"admin", "pending", "approve", "reject", "paid", "purchase", "refund", "adjust"} <= set(ADMIN_COMMANDS)
    async with open_scene(tmp_path, language) as scene:
        nader = await scene.enter("nader")
        await scene.buys("karim", 100_000)
        await scene.asks_for(5_000)
        await nader.writes("/no_such_command 1")
        unknown = await nader.sees("unknown-command")
        caplog.set_level(logging.WARNING)
        async with scene.nothing_changes():
            for name in ADMIN_COMMANDS:
                await nader.writes(f"/{name} 1 2 3")
                answer = await nader.sees("unknown-command")
                assert (answer.text, answer.buttons) == (unknown.text, unknown.buttons)
                assert f"sent /{name}" in caplog.text


@both_languages
async def test_an_admin_s_button_pressed_by_somebody_else_is_answered_like_one_that_does_not_exist(
    tmp_path: Path, language: Language, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_scene(tmp_path, language) as scene:
        nader, hamid = await scene.enter("nader"), await scene.admin("hamid")
        await scene.buys("karim", 100_000)
        await scene.asks_for(5_000)
        card = await hamid.sees("admin-request")
        await hamid.writes("/purchase @karim 1000")
        purchase = await hamid.sees("admin-purchase-confirm")
        own = (await nader.phone.messages())[-1]
        pressed = [*data_on(card), *data_on(purchase)]
        assert len(pressed) >= 5
        caplog.set_level(logging.WARNING)
        async with scene.nothing_changes():
            for data in (*pressed, OpenAdmin().pack(), OpenPending(1).pack(), "no-such-button"):
                toast = await nader.phone.answer_to(await nader.phone.press_raw(data, own.id))
                await nader.is_told(toast, "refused-old_button")
        assert caplog.text.count("admin's button refused") == len(pressed) + 2


# --- decisions


async def sees_cards(admin: Actor, count: int) -> None:
    """The answer, and the earlier cards of the same request, which are edited."""
    for _ in range(count):
        await admin.sees("admin-request")


@both_languages
async def test_a_request_is_decided_once_and_in_its_order(tmp_path: Path, language: Language) -> None:
    async with open_scene(tmp_path, language) as scene:
        nader, hamid = await scene.enter("nader"), await scene.admin("hamid")
        await scene.buys("karim", 100_000)
        for _ in range(2):
            await scene.asks_for(5_000)
            await hamid.sees("admin-request")
        await refused(scene, hamid, "/paid 1 TRACK-1", "refused-not_approved")
        await hamid.writes("/approve 1")
        await sees_cards(hamid, 2)
        await nader.sees("notice-withdrawal-approved")
        by = scene.stage.words.name("hamid")
        await refused(scene, hamid, "/approve ۱", "toast-admin-decided", state=Choice("approved"), admin=by)
        await hamid.writes("/paid 1 TRACK-1")
        await sees_cards(hamid, 3)
        await nader.sees("notice-withdrawal-paid", tracking=Code("TRACK-1"))
        for text in ("/approve 1", "/reject 1 changed my mind", "/paid 1 TRACK-2"):
            await refused(scene, hamid, text, "toast-admin-decided", state=Choice("paid"), admin=by)
        await hamid.writes("/reject 2 wrong account")
        await sees_cards(hamid, 2)
        await nader.sees("notice-withdrawal-rejected")
        for text in ("/approve 2", "/reject 2 again", "/paid 2 TRACK-3"):
            await refused(scene, hamid, text, "toast-admin-decided", state=Choice("rejected"), admin=by)
        await refused(scene, nader, "/cancel_withdrawal 2", "refused-already_settled", state=Choice("rejected"))
        await refused(scene, hamid, "/approve 3", "refused-unknown_withdrawal")
        await refused(scene, hamid, "/approve first", "refused-not_a_number", word=Text("first"))
        await refused(scene, hamid, "/reject 2", "admin-usage-reject")
        await refused(scene, hamid, "/paid 2", "admin-usage-paid")


@both_languages
async def test_nobody_decides_about_their_own_request(tmp_path: Path, language: Language) -> None:
    async with open_scene(tmp_path, language) as scene:
        hamid, sara = await scene.enter("hamid"), await scene.enter("sara")
        await hamid.writes("/link")
        await hamid.sees("link-to-forward")
        link = max((await hamid.sees("link-card")).copy_texts, key=len)
        await sara.opens(link)
        await sara.sees("home-friend")
        await hamid.sees("notice-friend-came")
        await scene.app.engine.purchase("o-9", await scene.person_of(103), 100_000, "shoes", actor="shop")
        await hamid.sees("notice-commission")
        await hamid.writes("/withdraw 5000 6037991000000004")
        await hamid.presses(await hamid.sees("withdraw-confirm"), "button-withdraw-confirm")
        await hamid.sees("withdraw-done")
        card = await hamid.sees("admin-request")
        assert data_on(card) == [OpenPending(1).pack()]
        for text in ("/approve 1", "/reject 1 no", "/paid 1 TRACK-1"):
            await refused(scene, hamid, text, "refused-own_request")
        async with scene.nothing_changes():
            for button in (ApproveRequest(1), RejectRequest(1), PayRequest(1)):
                toast = await hamid.phone.answer_to(await hamid.phone.press_raw(button.pack(), card.id))
                await hamid.is_told(toast, "refused-own_request")
                await hamid.phone.read_all()


# --- records


@both_languages
async def test_a_purchase_that_cannot_be_recorded_says_why(tmp_path: Path, language: Language) -> None:
    async with open_scene(tmp_path, language) as scene:
        hamid, unit = await scene.admin("hamid"), Unit(Currency.of("IRT"))
        wrong: Answers = {
            "/purchase": ("admin-purchase-buyer", {}),
            "/purchase @karim": ("admin-purchase-amount", {}),
            "/purchase 999999 100000": ("refused-nobody_found", {"word": Text("999999")}),
            "/purchase @nobody 100000": ("refused-nobody_found", {"word": Text("@nobody")}),
            "/purchase <b>nader 100000": ("refused-nobody_found", {"word": Text("<b>nader")}),
            "/purchase @karim many": ("refused-not_an_amount", {}),
            "/purchase @karim -100000": ("refused-negative_amount", {}),
            "/purchase @karim 0": ("refused-zero_amount", {}),
            "/purchase @karim 100.5": ("refused-fractional_amount", {"currency": unit}),
            "/purchase @karim 100,5": ("refused-ambiguous_amount", {}),
            "/refund no-such-order": ("refused-unknown_order", {"order": Text("no-such-order")}),
            "/adjust @karim 1000 present": ("refused-unknown_member", {}),
            "/adjust @nader 1000": ("admin-usage-adjust", {}),
            "/adjust @nader lots present": ("refused-not_an_amount", {}),
        }
        async with scene.nothing_changes():
            await scene.is_answered(hamid, wrong)


@both_languages
async def test_an_order_s_number_is_not_used_for_another_purchase(tmp_path: Path, language: Language) -> None:
    async with open_scene(tmp_path, language) as scene:
        hamid = await scene.admin("hamid")
        await scene.buys("karim", 100_000, "o-7")
        await hamid.writes("/purchase @karim 90000 shoes o-7")
        card = await hamid.sees("admin-purchase-confirm")
        async with scene.nothing_changes():
            await hamid.is_told(await hamid.presses(card, "button-admin-confirm"), "refused-conflict")
        await refused(scene, hamid, "/refund o-7 100001", "refused-over_refund", left=toman(100_000))
        await refused(scene, hamid, "/refund o-7 -5", "refused-negative_amount")


@both_languages
async def test_two_refunds_of_one_order_that_are_too_much_together_are_not_both_taken(
    tmp_path: Path, language: Language
) -> None:
    async with open_scene(tmp_path, language) as scene:
        hamid, nader = await scene.admin("hamid"), await scene.enter("nader")
        await scene.buys("karim", 100_000, "o-7")
        cards = []
        for _ in range(2):
            await hamid.writes("/refund o-7 60000")
            cards.append(await hamid.sees("admin-refund-confirm"))
        await hamid.presses(cards[0], "button-admin-confirm")
        await hamid.sees("admin-refund-recorded")
        await nader.sees("notice-reversed")
        async with scene.nothing_changes():
            toast = await hamid.presses(cards[1], "button-admin-confirm")
            await hamid.is_told(toast, "refused-over_refund", left=toman(40_000))
