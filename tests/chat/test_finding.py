"""People are found and purchases recorded in the real bot: by part of a name, forwarded, by contact, with few taps."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.kit.formatting import Code, Money, Term, Text
from bot.kit.languages import Language
from bot.playground import playground_server
from bot.playground.card import ChatCard
from bot.playground.story import shop_tables
from bot.playground.story.stage import Actor
from bot.playground.story.words import story_languages
from engine.money import Currency
from running import running_app
from scene import PATIENCE_S, Scene, open_scene, stage_on

both_languages = pytest.mark.parametrize("language", story_languages())
TOMAN = Currency.of("IRT")
KARIM = 105


@asynccontextmanager
async def office(folder: Path, language: Language) -> AsyncIterator[tuple[Scene, Actor, Actor]]:
    """Opens the scene with the admin Hamid and with Karim, who came through Nader's link."""
    async with open_scene(folder, language) as scene:
        yield scene, await scene.admin("hamid"), await scene.enter("karim")


def labels(card: ChatCard) -> list[str]:
    return [each.text for row in card.buttons for each in row]


def label_with(card: ChatCard, part: str) -> str:
    return next(each for each in labels(card) if part in each)


@both_languages
async def test_a_purchase_takes_four_taps_and_a_person_two(tmp_path: Path, language: Language) -> None:
    async with office(tmp_path, language) as (scene, hamid, karim):
        await scene.buys("karim", 100_000)
        karims = Text(karim.phone.user["first_name"])
        await hamid.writes("/purchase")
        buyer = await hamid.sees("admin-purchase-buyer")
        await buyer.press(label_with(buyer, "@karim"), timeout=PATIENCE_S)
        amount = await hamid.sees("admin-purchase-amount", buyer=karims)
        assert amount.id == buyer.id
        await hamid.presses(amount, "button-purchase-amount", amount=Money(100_000, TOMAN))
        product = await hamid.sees("admin-purchase-product", buyer=karims, amount=Money(100_000, TOMAN))
        await hamid.presses(product, "button-purchase-choose", product=Text("shoes"))
        card = await hamid.sees("admin-purchase-confirm", Term("admin-order-numbered"))
        await hamid.presses(card, "button-admin-confirm")
        done = await hamid.sees("admin-purchase-recorded", order=Code("S-101"))
        assert done.id == buyer.id, "one message, four taps"
        await (await scene.enter("nader")).sees("notice-commission")
        await hamid.writes("/member")
        asked = await hamid.sees("admin-usage-member")
        await asked.press(label_with(asked, "@karim"), timeout=PATIENCE_S)
        await hamid.sees("admin-person", name=karims)
        await hamid.writes("/refund s101")
        await hamid.sees("admin-refund-confirm", order=Code("S-101"))


@both_languages
async def test_a_forwarded_message_and_a_contact_open_the_card_or_answer_the_question(
    tmp_path: Path, language: Language
) -> None:
    async with office(tmp_path, language) as (scene, hamid, karim):
        name = Text(karim.phone.user["first_name"])
        await hamid.phone.forward(karim.phone, "/purchase 1 1")
        await hamid.sees("admin-person", name=name)
        await hamid.phone.send_contact(karim.phone)
        await hamid.sees("admin-person", name=name)
        stranger = await scene.somebody(700, "Stranger")
        for hidden, id in ((True, "refused-account_hidden"), (False, "refused-not_started")):
            await hamid.phone.forward(stranger.phone, hidden=hidden)
            await hamid.sees(id, name=Text("Stranger"))
        await hamid.phone.send_contact(stranger.phone, without_account=True)
        await hamid.sees("refused-contact_without_account", name=Text("Stranger"))
        await hamid.writes("/purchase")
        await hamid.sees("admin-purchase-buyer")
        await hamid.phone.forward(karim.phone)
        await hamid.sees("admin-purchase-amount", buyer=name)
        await karim.phone.forward(hamid.phone)
        await karim.sees("forwarded-text")
        await karim.phone.send_contact(hamid.phone)
        await karim.sees("unknown-text")


@both_languages
async def test_of_several_who_fit_one_is_chosen_also_after_a_restart(tmp_path: Path, language: Language) -> None:
    file = tmp_path / "moaref.db"
    async with playground_server() as playground:
        stage = stage_on(playground, language)
        hamid = await stage.enter("hamid")
        async with running_app(playground, file, shop_tables()):
            for number, name in ((701, "سارا احمدی"), (702, "سارا کریمی")):
                phone = await playground.phone(number, name, language_code=language)
                await phone.send("/start")
                await phone.receives(timeout=PATIENCE_S)
            await hamid.writes("/start")
            await hamid.sees("home-newcomer")
            await hamid.writes("/purchase سارا ۱۵ هزار تومان کفش")
            which = await hamid.sees("admin-matches", sought=Text("سارا"))
            assert len([each for each in labels(which) if "سارا" in each]) == 2
        async with running_app(playground, file, shop_tables(), restarted=True):
            await which.press(label_with(which, "کریمی"), timeout=PATIENCE_S)
            card = await hamid.sees("admin-purchase-confirm", amount=Money(15_000, TOMAN), product=Text("کفش"))
            assert "سارا کریمی" in card.text
            renamed = await playground.phone(702, "مینا", language_code=language)
            await renamed.send("/help")
            await renamed.receives(timeout=PATIENCE_S)
            await hamid.writes("/member كريمي")
            await hamid.sees("refused-nobody_found", word=Text("كريمي"))
            await hamid.writes("/member مينا")
            await hamid.sees("admin-person", name=Text("مینا"))
        await playground.assert_no_violations()


@both_languages
async def test_anybody_sees_who_they_are_and_a_member_asks_about_a_friend(tmp_path: Path, language: Language) -> None:
    async with office(tmp_path, language) as (scene, _, karim):
        nader = await scene.enter("nader")
        await karim.writes("/id")
        await karim.sees("own-id", code=Code(await scene.person_of(KARIM)), number=Code(str(KARIM)))
        name = Text(karim.phone.user["first_name"])
        await nader.writes("/why @karim")
        await nader.sees("friend-explained", Term("friend-bought-nothing"), name=name)
        await scene.buys("karim", 100_000, "o-9")
        await nader.writes("/friends")
        page = await nader.sees("friends-page")
        await nader.presses(page, "button-why-friend", name=name)
        shown = await nader.sees("friend-explained", name=name)
        assert "o-9" in shown.text
        await karim.writes("/why @nader")
        await karim.sees("refused-no_such_friend", word=Text("@nader"))


@both_languages
async def test_every_way_of_naming_somebody_finds_them(tmp_path: Path, language: Language) -> None:
    async with office(tmp_path, language) as (scene, hamid, karim):
        nader = await scene.enter("nader")
        await scene.buys("karim", 100_000, "o-9")
        await scene.asks_for(5_000)
        await hamid.sees("admin-request")
        called = str(karim.phone.user["first_name"])
        karims, naders = Text(called), Text(str(nader.phone.user["first_name"]))
        code = await scene.person_of(KARIM)
        ways = {
            str(KARIM): karims,
            "@KARIM": karims,
            "karim": karims,
            code: karims,
            code.lower(): karims,
            f"https://t.me/{scene.playground.bot_username}?start={code}": karims,
            "o-9": karims,
            called[:3]: karims,
            scene.stage.links["nader"]: naders,
            "9002": naders,
            "۹۰۰۲": naders,
        }
        for typed, name in ways.items():
            await hamid.writes(f"/member {typed}")
            await hamid.sees("admin-person", name=name)
        for typed in ("☃", "%", "' OR 1=1 --", '"*', "x" * 4000):
            await hamid.writes(f"/member {typed}")
            await hamid.sees("refused-nobody_found")
        await karim.phone.block()
        await hamid.writes("/member ar" if language == "en" else "/member ری")
        card = await hamid.phone.receives(timeout=PATIENCE_S)
        assert called in card.text
        await scene.playground.assert_no_violations()
