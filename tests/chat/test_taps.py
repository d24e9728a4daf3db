"""Each task takes no more taps than its bound: it is played through the real bot in each language and counted.

`docs/taps.md` holds the figures beside those of before. After a change of a way, look at what it does to them:

    MOAREF_WRITE_TRANSCRIPTS=1 pytest tests/chat/test_taps.py && git diff docs/taps.md
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from bot.assembly.scheduling import timetable_beside
from bot.kit.formatting import Argument, Choice, Count, Term, Text
from bot.kit.languages import Language
from bot.kit.texts import LOCALE, Texts
from bot.playground.card import ChatCard
from bot.playground.story.stage import Actor
from bot.playground.story.withdrawals import SHEBA
from bot.playground.story.words import story_languages, toman
from bot.runtime.clock import SystemClock
from helpdesk import GROUP, support
from scene import PATIENCE_S, Scene, open_scene

PAGE = Path(__file__).parents[2] / "docs" / "taps.md"
WRITE = "MOAREF_WRITE_TRANSCRIPTS"
WAITING = 30


@dataclass
class Hand:
    """Acts as one person, and counts what they tap and type; `received` counts new messages, not edits."""

    actor: Actor
    taps: int = 0
    typed: int = 0
    before: int = 0

    async def begins(self) -> None:
        """Counts from here on."""
        self.taps, self.typed, self.before = 0, 0, len(await self.actor.phone.messages())

    async def tap(self, card: ChatCard, label: str, /, **arguments: Argument) -> None:
        """Presses the button of that text."""
        self.taps += 1
        await self.actor.presses(card, label, **arguments)

    async def tap_on(self, card: ChatCard, part: str) -> None:
        """Presses the first button whose label holds this."""
        self.taps += 1
        await card.press(part, timeout=PATIENCE_S)

    async def writes(self, text: str) -> None:
        self.typed += 1
        await self.actor.writes(text)

    async def figures(self) -> Figures:
        return Figures(self.taps, self.typed, len(await self.actor.phone.messages()) - self.before)


@dataclass(frozen=True)
class Figures:
    """Holds what one task took."""

    taps: int
    typed: int
    received: int


@dataclass(frozen=True)
class Task:
    """Holds what is done, how it begins, what it took before, and how many taps it may take."""

    title: str
    before: str
    bound: int
    play: Callable[[Any], Awaitable[Figures]]


@dataclass
class Shop:
    """Holds the scene; Hamid and Ali are admins, Nader is a member, and Karim came through his link."""

    scene: Scene
    hamid: Actor

    async def hand(self, who: str) -> Hand:
        hand = Hand(await self.scene.enter(who))
        await hand.begins()
        return hand

    async def home(self, who: str) -> tuple[Hand, ChatCard]:
        """Returns somebody with their home card, before anything is counted."""
        actor = await self.scene.enter(who)
        await actor.writes("/start")
        card = await actor.sees("home-member")
        return await self.hand(who), card


async def link_shared(shop: Shop) -> Figures:
    hand = await shop.hand("sara")
    hand.taps += 1  # START
    await hand.actor.writes("/start")
    await hand.tap(await hand.actor.sees("home-newcomer"), "button-get-link")
    await hand.actor.sees("link-to-forward")
    card = await hand.actor.sees("link-card")
    hand.taps += 1
    query = card.button(hand.actor.words.label("button-share")).inline
    assert query is not None
    figures = await hand.figures()
    chosen = await hand.actor.phone.types(query, timeout=PATIENCE_S)
    assert "t.me" in (await chosen.choose("")).text
    return figures


async def first_withdrawal(shop: Shop) -> Figures:
    hand, card = await shop.home("nader")
    await hand.tap(card, "button-withdraw")
    asked = await hand.actor.sees("withdraw-ask-amount")
    await hand.tap(asked, "button-amount-minimum", amount=toman(2_000))
    await hand.actor.sees("withdraw-ask-destination")
    await hand.writes(SHEBA)
    await hand.tap(await hand.actor.sees("withdraw-confirm"), "button-withdraw-confirm")
    await hand.actor.sees("withdraw-done")
    return await hand.figures()


async def later_withdrawal(shop: Shop) -> Figures:
    hand, card = await shop.home("nader")
    await hand.tap(card, "button-withdraw")
    asked = await hand.actor.sees("withdraw-ask-amount")
    await hand.tap(asked, "button-amount-minimum", amount=toman(2_000))
    await hand.tap(await hand.actor.sees("withdraw-confirm"), "button-withdraw-confirm")
    await hand.actor.sees("withdraw-done")
    return await hand.figures()


async def withdrawal_from_notice(shop: Shop) -> Figures:
    nader = await shop.scene.enter("nader")
    await shop.scene.app.engine.purchase(
        "o-notice", await shop.scene.person_of(105), 100_000, "shoes", actor="shop:main"
    )
    notice = await nader.sees("notice-commission")
    hand = await shop.hand("nader")
    await hand.tap(notice, "button-withdraw")
    asked = await hand.actor.sees("withdraw-ask-amount")
    await hand.tap(asked, "button-amount-minimum", amount=toman(2_000))
    await hand.tap(await hand.actor.sees("withdraw-confirm"), "button-withdraw-confirm")
    await hand.actor.sees("withdraw-done")
    return await hand.figures()


async def friends_who_bought(shop: Shop) -> Figures:
    hand, card = await shop.home("nader")
    await hand.tap(card, "button-friends")
    name = shop.scene.stage.words.name("karim")
    await hand.actor.sees(
        "friends-page", Term("friends-name", name=name), Term("friends-brought", amount=toman(40_000))
    )
    return await hand.figures()


def page_of_more(button: str, page: str) -> Callable[[Shop], Awaitable[Figures]]:
    async def play(shop: Shop) -> Figures:
        hand, card = await shop.home("nader")
        await hand.tap(card, "button-more")
        await hand.tap(await hand.actor.sees("more-card"), button)
        await hand.actor.sees(page)
        return await hand.figures()

    return play


async def ask_from_home(shop: Shop) -> Figures:
    hand, card = await shop.home("nader")
    await hand.tap(card, "button-more")
    await hand.tap(await hand.actor.sees("more-card"), "button-support")
    await hand.actor.sees("support-ask")
    await hand.writes("1?")
    await hand.actor.sees("support-passed-on")
    return await hand.figures()


async def ask_by_writing(shop: Shop) -> Figures:
    hand = await shop.hand("nader")
    await hand.writes("2?")
    await hand.tap(await hand.actor.sees("support-offer"), "button-support-send")
    await hand.actor.sees("support-passed-on")
    return await hand.figures()


async def friend_to_the_shop(shop: Shop) -> Figures:
    maryam = await shop.hand("maryam")
    await maryam.actor.opens(shop.scene.stage.links["nader"])
    card = await maryam.actor.sees("home-friend")
    maryam.taps += 1
    code = shop.scene.stage.codes["nader"]
    assert card.button(maryam.actor.words.label("button-shop")).url == f"https://shop.example/?ref={code}"
    return await maryam.figures()


async def purchase(shop: Shop) -> Figures:
    hand, karims = await shop.hand("hamid"), shop.scene.stage.words.name("karim")
    await hand.writes("/purchase")
    await hand.tap_on(await hand.actor.sees("admin-purchase-buyer"), "@karim")
    asked = await hand.actor.sees("admin-purchase-amount", buyer=karims)
    await hand.tap(asked, "button-purchase-amount", amount=toman(100_000))
    asked = await hand.actor.sees("admin-purchase-product", buyer=karims)
    await hand.tap_on(asked, shop.scene.stage.words.label("button-purchase-choose", product=Text("shoes")))
    await hand.tap(await hand.actor.sees("admin-purchase-confirm"), "button-admin-confirm")
    await hand.actor.sees("admin-purchase-recorded")
    return await hand.figures()


async def person_found(shop: Shop) -> Figures:
    hand = await shop.hand("hamid")
    await hand.writes("/member")
    await hand.tap_on(await hand.actor.sees("admin-usage-member"), "@karim")
    await hand.actor.sees("admin-person", name=shop.scene.stage.words.name("karim"))
    return await hand.figures()


async def overview(shop: Shop) -> Figures:
    async with timetable_beside(shop.scene.app.config, Texts(LOCALE), SystemClock()) as timetable:
        await timetable.run_by_hand("admin-summary", force=False)
    summary = await shop.hamid.sees("admin-summary")
    hand = await shop.hand("hamid")
    await hand.tap(summary, "button-admin-overview")
    await hand.actor.sees("admin-home", waiting=Count(2 * WAITING))
    return await hand.figures()


async def withdrawals_approved(shop: Shop) -> Figures:
    hand = await shop.hand("hamid")
    await hand.writes("/pending")
    card = await hand.actor.sees("admin-pending", total=Count(WAITING))
    await hand.tap(card, "button-admin-approve-all", count=Count(WAITING))
    asked = await hand.actor.sees("admin-batch-confirm", verdict=Choice("approved"), count=Count(WAITING))
    await hand.tap(asked, "button-admin-batch-approved", count=Count(WAITING), amount=toman(WAITING * 1_000))
    await hand.actor.sees("admin-batch-done", verdict=Choice("approved"), count=Count(WAITING))
    assert (await shop.scene.app.engine.open_withdrawals(state="approved", count=0))[1] == WAITING
    return await hand.figures()


async def commissions_approved(shop: Shop) -> Figures:
    hand = await shop.hand("hamid")
    await hand.writes("/commissions")
    card = await hand.actor.sees("admin-commissions", approval=Choice("manual"), total=Count(WAITING))
    await hand.tap(card, "button-admin-approve-all", count=Count(WAITING))
    asked = await hand.actor.sees("admin-approvals-confirm", count=Count(WAITING))
    await hand.tap(asked, "button-admin-batch-approved", count=Count(WAITING), amount=toman(WAITING * 2_000))
    await hand.actor.sees("admin-approvals-done", count=Count(WAITING))
    assert (await shop.scene.app.engine.undecided(False, count=0))[1] == 0
    return await hand.figures()


IMPOSSIBLE: Final = "not possible"
TYPED: Final = "a typed command"
TASKS: Final = (
    Task("From START to the link shared, with two more in Telegram", "3, and two in Telegram", 3, link_shared),
    Task("Asking for a withdrawal from home, for the first time", "3, and the number typed", 3, first_withdrawal),
    Task("Asking for a withdrawal from home, later", "4", 3, later_withdrawal),
    Task("Asking for a withdrawal from the notice of a commission", "4", 3, withdrawal_from_notice),
    Task("Which friends bought, and what that brought, from home", "2, without the sums", 1, friends_who_bought),
    Task("Settings, from home", TYPED, 2, page_of_more("button-settings", "settings-card")),
    Task("Gifts, from home", TYPED, 2, page_of_more("button-gifts", "claim-nothing")),
    Task("Rates and offers, from home", TYPED, 2, page_of_more("button-offers", "offers-none")),
    Task("Friends, from home by More", TYPED, 2, page_of_more("button-friends", "friends-page")),
    Task("Asking a human, from home", IMPOSSIBLE, 2, ask_from_home),
    Task("Asking a human by writing to the bot", IMPOSSIBLE, 2, ask_by_writing),
    Task("A friend's way to the shop, from the first message", IMPOSSIBLE, 1, friend_to_the_shop),
    Task("An admin records a purchase without typing an id", "1, and a line with the id typed", 4, purchase),
    Task("An admin finds a person", "only by username, id or code", 2, person_found),
)
QUEUES: Final = (
    Task("An admin's overview, from the morning's summary", "4 typed commands", 1, overview),
    Task("An admin approves 30 withdrawals", "90 to 150, paying included", 2, withdrawals_approved),
    Task("An admin approves 30 commissions", "90", 2, commissions_approved),
)


@asynccontextmanager
async def open_shop(folder: Path, language: Language, more: dict[str, Any]) -> AsyncIterator[Shop]:
    texts = {each: {"name": "Shop", "shop_url": "https://shop.example/?ref={code}"} for each in story_languages()}
    tables = {"withdrawals": {"open_requests": 0, "requests_an_hour": 0}, "notify": {"digest": "off"}, "texts": texts}
    async with open_scene(folder, language, {**tables, **more}) as scene:
        yield Shop(scene, await scene.admin("hamid"))


def new(folder: Path) -> Path:
    """Makes a folder."""
    folder.mkdir()
    return folder


async def played(language: Language, folder: Path) -> dict[str, Figures]:
    """Plays all tasks, each after the one before."""
    found = {}
    async with open_shop(new(folder / "members"), language, support()) as shop:
        await shop.scene.playground.add_group(GROUP, "Support")
        await shop.scene.buys("karim", 100_000)
        for task in TASKS:
            found[task.title] = await task.play(shop)
        await shop.scene.playground.assert_no_violations()
    program = {"currency": "IRT", "timezone": "Asia/Tehran", "approval": "manual"}
    quiet = {"notify": {"digest": "off", "gather_seconds": 60}}
    async with open_shop(new(folder / "queues"), language, {"program": program, **quiet}) as shop:
        await fill(shop.scene)
        for task in QUEUES:
            found[task.title] = await task.play(shop)
        await shop.scene.playground.assert_no_violations()
    return found


async def fill(scene: Scene) -> None:
    """Has 30 withdrawals and 30 commissions wait."""
    engine = scene.app.engine
    nader, karim = await scene.person_of(101), await scene.person_of(105)
    await engine.adjust("plenty", nader, 1_000_000, "a present", actor="shell:shop")
    kept = await engine.keep_destination(nader, "sheba", SHEBA)
    for number in range(WAITING):
        await engine.withdraw(f"w-{number}", nader, 1_000, kept)
        await engine.purchase(f"o-{number}", karim, 10_000, "shoes", actor="shop:main")


def page(found: dict[str, Figures]) -> str:
    """Returns the document."""
    rows = [(task, found[task.title]) for task in (*TASKS, *QUEUES)]
    return "\n".join(
        [
            "# Taps",
            "",
            "What each task takes, counted by `tests/chat/test_taps.py`, which plays it through the real bot: taps on",
            "buttons, messages typed (a command is one), and new messages that arrive meanwhile. *Before* is what the",
            "same task took until its way was shortened.",
            "",
            "| task | taps before | taps now | at most | typed | messages |",
            "|---|---|---|---|---|---|",
            *(
                f"| {task.title} | {task.before} | {took.taps} | {task.bound} | {took.typed} | {took.received} |"
                for task, took in rows
            ),
            "",
        ]
    )


@pytest.mark.parametrize("language", story_languages())
async def test_each_task_takes_no_more_taps_than_its_bound_and_the_page_says_how_many(
    language: Language, tmp_path: Path
) -> None:
    found = await played(language, tmp_path)
    too_many = {task.title: found[task.title].taps for task in (*TASKS, *QUEUES) if found[task.title].taps > task.bound}
    assert too_many == {}
    if os.environ.get(WRITE):
        PAGE.write_text(page(found), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page(found)
