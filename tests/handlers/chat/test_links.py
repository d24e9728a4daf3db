"""The links that a member makes: by command, by button and by a typed answer; their cards and what came of them."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.kit.buttons import Button
from bot.kit.links import TAGS_MAX, Purpose
from chat import GOODS, UNILEVEL, Chat, buttons_of, open_chat, text_of, texts_of
from handlers.chat.buttons import OpenLinks, OpenMade
from handlers.chat.links import AskTag, LinkFor, OpenGoods

NOBODY = "So far: nobody has come yet"


async def code_of(chat: Chat, member: str, purpose: Purpose) -> str:
    (link,) = await chat.links.make(member, [purpose], chat.clock.now)
    return link.code


@pytest.mark.parametrize("typed", ["instagram", "#Instagram", "INSTAGRAM"])
async def test_a_tag_makes_a_link_with_its_own_code_and_picture(tmp_path: Path, typed: str) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.arrive("Sara")
        (card,) = (await chat.send(sara, f"/link {typed}")).outgoing
        code = await code_of(chat, sara.id, Purpose("tag", "instagram"))
        link = f"https://t.me/moaref_bot?start={code}"
        assert await chat.engine.member(sara.id) is not None
        assert card.picture is not None
        assert (card.picture["kind"], card.picture["link"], card.picture["code"]) == ("poster", link, code)
        assert text_of(card) == (
            "<b>Your link with the tag \u2068instagram\u2069</b>\n"
            f"{link}\nCode: \u2068<code>{code}</code>\u2069\n\n{NOBODY}"
        )
        assert buttons_of(card)["Copy code"] == code


@pytest.mark.parametrize("typed", ["two words", "a/b", "x" * 25, "<b>"])
async def test_what_is_no_tag_is_told_and_makes_nothing(tmp_path: Path, typed: str) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        assert texts_of(await chat.send(sara, f"/link {typed}")) == [
            "A tag is one word of letters and digits, at most 24, such as instagram."
        ]
        assert await chat.links.made(sara.id, size=5) == ([], 0)


async def test_the_tag_after_the_last_is_refused(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        await chat.links.make(sara.id, [Purpose("tag", f"tag{number}") for number in range(TAGS_MAX)], 0)
        assert texts_of(await chat.send(sara, "/link another")) == ["You've used all 50 tags."]


async def test_a_new_tag_is_asked_for_until_it_is_one(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara", language="fa")
        assert texts_of(await chat.press(sara, AskTag()))[0].startswith("نام برچسب چه باشد؟")
        assert texts_of(await chat.send(sara, "دو کلمه"))[0].startswith("برچسب یک کلمه")
        answer = texts_of(await chat.send(sara, "کانال۲"))
        assert answer[0].startswith("<b>لینک دعوت شما با برچسب \u2068کانال2\u2069</b>")
        assert chat.dialogues[sara.id] is None


async def test_the_page_counts_what_came_of_each_link(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        code = await code_of(chat, sara.id, Purpose("tag", "instagram"))
        hamid = await chat.arrive("Hamid")
        await chat.send(hamid, f"/start {code}")
        await chat.buy(hamid, 1000, "o-1")
        await chat.friend("Karim", sara)
        page = await chat.press(sara, OpenLinks(1))
        assert texts_of(page)[0].split("\n")[1:3] == [
            "Own link: 1 friend came · no purchase yet",
            "\u2068instagram\u2069: 1 friend came · 1 bought",
        ]
        assert buttons_of(page.outgoing[0])["\u2068instagram\u2069"] == f"made:{code}"
        assert "So far: 1 friend came" in texts_of(await chat.press(sara, OpenMade(code)))[0]


async def test_many_links_go_over_pages_and_a_page_beyond_is_the_last(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        await chat.links.make(sara.id, [Purpose("tag", f"tag{number}") for number in range(8)], 0)
        first = buttons_of((await chat.press(sara, OpenLinks(1))).outgoing[0])
        last = buttons_of((await chat.press(sara, OpenLinks(99))).outgoing[0])
        assert (first["Next"], last["Previous"]) == ("links:2", "links:1")
        assert len([each for each in [*first, *last] if "tag" in each and each != "New tag"]) == 8


async def test_a_product_and_a_group_of_products_have_links(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        goods = buttons_of((await chat.press(sara, OpenGoods(1))).outgoing[0])
        assert goods["\u2068A case\u2069"] == LinkFor(0).pack()
        card = (await chat.press(sara, LinkFor(0))).outgoing[0]
        assert text_of(card).startswith("<b>Your link for \u2068A case\u2069</b>")
        ((link, _),), _ = await chat.links.made(sara.id, size=5)
        assert link.purpose == Purpose("product", "case", ("case",))


@pytest.mark.parametrize("button", [LinkFor(99), LinkFor(-1), OpenMade("22222222"), OpenMade("")])
async def test_buttons_that_lead_nowhere_are_old_ones(tmp_path: Path, button: Button) -> None:
    async with open_chat(tmp_path) as chat:
        effects = await chat.press(await chat.member("Sara"), button)
        assert effects.toast is not None
        assert effects.outgoing == []


async def test_somebody_else_s_link_has_no_card(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara, ali = await chat.member("Sara"), await chat.member("Ali")
        code = await code_of(chat, sara.id, Purpose("tag", "instagram"))
        assert (await chat.press(ali, OpenMade(code))).outgoing == []


async def test_where_joining_is_bought_nobody_gets_a_link_for_a_word(tmp_path: Path) -> None:
    join = {"mode": "purchase", "products": ["starter"]}
    async with open_chat(tmp_path, {**UNILEVEL, "program": {**UNILEVEL["program"], "join": join}}) as chat:
        sara = await chat.arrive("Sara")
        for effects in (await chat.send(sara, "/link instagram"), await chat.press(sara, LinkFor(0))):
            assert "\u2068starter\u2069" in texts_of(effects)[0]
        assert await chat.links.made(sara.id, size=5) == ([], 0)


async def test_a_group_of_products_is_a_link_where_friends_see_them_all(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        case = GOODS["case"]
        goods = {"case": case, "bag": replace(case, id="bag"), "pen": replace(case, id="pen", category="office")}
        chat.facts = replace(chat.facts, catalogue=replace(chat.facts.catalogue, products=goods))
        sara = await chat.member("Sara", language="fa")
        page = buttons_of((await chat.press(sara, OpenGoods(1))).outgoing[0])
        assert [each for each in page if each.startswith("همهٔ")] == ["همهٔ محصولات \u2068cases\u2069"]
        await chat.press(sara, page["همهٔ محصولات \u2068cases\u2069"])
        ((link, _),), _ = await chat.links.made(sara.id, size=5)
        assert link.purpose == Purpose("group", "cases", ("case", "bag"))
        landing = (await chat.send(await chat.arrive("Hamid"), f"/start {link.code}")).outgoing[1]
        rows = landing.params["reply_markup"]["inline_keyboard"]
        assert [row[0]["callback_data"] for row in rows] == ["inv:0:50", "inv:1:50", "home:0"]
