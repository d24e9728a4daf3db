from dataclasses import replace
from pathlib import Path

import pytest

from bot.kit.errors import StaleButton
from bot.kit.languages import Language
from bot.kit.rewards import Reward, RewardWords
from chat import DAY, UNILEVEL, buttons_of, open_chat, text_of, texts_of
from handlers.chat.buttons import OpenLink, SendPoster


async def test_asking_for_a_link_makes_a_member_and_the_card_stays_below_the_poster_to_forward(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.arrive("Sara K.")
        forward, card = (await chat.send(sara, "/link")).outgoing
        link = f"https://t.me/moaref_bot?start={sara.id}"
        assert await chat.engine.member(sara.id) is not None
        assert (forward.method, card.method) == ("sendPhoto", "sendMessage")
        assert forward.picture == {
            "kind": "poster",
            "form": "post",
            "language": "en",
            "link": link,
            "code": sara.id,
            "shop": "Nader's Shop",
            "benefit": "",
            "name": "Sara",
            "invitation": "\u2068Sara\u2069 invites you",
            "hint": "Scan with your phone’s camera",
            "bot": "@moaref_bot",
        }
        assert text_of(forward) == f"\u2068I buy here &amp; like it:\u2069\n{link}"
        assert "reply_markup" not in forward.params
        assert text_of(card) == (
            f"<b>Your link</b>\n{link}\nCode: \u2068<code>{sara.id}</code>\u2069\n\n"
            "You earn 20% of every purchase\nYou're a member now. Send your link to three friends to begin with."
        )


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            [
                "You earn 20% of every purchase",
                "So far: 3 friends came · 1 joined · 2 bought",
                "Earned so far: 60,000 toman",
            ],
        ),
        (
            "fa",
            [
                "پورسانت شما از هر خرید: ۲۰٪",
                "تا امروز: ۳ نفر آمدند · ۱ نفر همکار شد · ۲ نفر خریدند",
                "پورسانت شما تا امروز: ۶۰٬۰۰۰ تومان",
            ],
        ),
    ],
)
async def test_the_card_says_what_the_link_pays_who_came_and_what_they_brought(
    tmp_path: Path, language: Language, lines: list[str]
) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara", language=language)
        babak, ali, zahra = [await chat.arrive(name) for name in ("Babak", "Ali", "Zahra")]
        for friend in (babak, ali, zahra):
            await chat.send(friend, f"/start {sara.id}")
        await chat.engine.join(babak.id, key="join")
        await chat.buy(ali, 100_000, "o-1")
        await chat.buy(zahra, 200_000, "o-2")
        card = (await chat.send(sara, "/link")).outgoing[1]
        assert text_of(card).splitlines()[-3:] == lines


async def test_a_friend_who_has_come_and_nothing_else_is_one(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara, reza = await chat.member("Sara"), await chat.member("رضا", language="fa")
        for member, name in ((sara, "Babak"), (reza, "Ali")):
            await chat.send(await chat.arrive(name), f"/start {member.id}")
        assert text_of((await chat.send(sara, "/link")).outgoing[1]).endswith(
            "\nSo far: 1 friend came · no purchase yet"
        )
        assert text_of((await chat.send(reza, "/link")).outgoing[1]).endswith("\nتا امروز: ۱ نفر آمد · هنوز خریدی نشده")


OFFERS = [
    {"id": "nowruz", "commission": "25%", "starts": "2026-03-20T00:00:00Z", "ends": "2026-03-23T00:00:00Z"},
    {"id": "cases", "commission": "60%", "products": ["case"]},
]


async def test_the_rate_is_that_of_an_offer_on_everything_while_it_lasts(tmp_path: Path) -> None:
    async with open_chat(tmp_path, {**UNILEVEL, "offers": OFFERS}) as chat:
        sara = await chat.member("Sara")
        assert "You earn 25% of every purchase" in text_of((await chat.send(sara, "/link")).outgoing[1])
        chat.clock.now += 3 * DAY
        assert "You earn 20% of every purchase" in text_of((await chat.send(sara, "/link")).outgoing[1])


async def test_a_rate_for_each_unit_is_said_as_one_and_a_suspended_member_hears_of_none(tmp_path: Path) -> None:
    tables = {**UNILEVEL, "ranks": [{"id": "base", "commission": "5000"}], "plan": {"kind": "direct"}}
    async with open_chat(tmp_path, tables) as chat:
        sara, reza = await chat.member("Sara"), await chat.member("رضا", language="fa")
        assert "\nYou earn 5,000 toman each that your friends buy\n" in text_of(
            (await chat.send(sara, "/link")).outgoing[1]
        )
        assert "\nپورسانت شما: هر عدد ۵٬۰۰۰ تومان که دوستانتان بخرند\n" in text_of(
            (await chat.send(reza, "/link")).outgoing[1]
        )
        await chat.engine.suspend(sara.id, actor="admin", key="suspend")
        assert "You earn" not in text_of((await chat.send(sara, "/link")).outgoing[1])


@pytest.mark.parametrize(
    ("language", "benefit", "forward"),
    [
        (
            "en",
            "10% off your first order",
            "\u2068I buy here &amp; like it:\u2069\n\u206810% off your first order\u2069\n",
        ),
        (
            "fa",
            "۱۰٪ تخفیف اولین خرید",
            "سلام! \u2068من از اینجا خرید می‌کنم:\u2069\nهدیهٔ شما: \u2068۱۰٪ تخفیف اولین خرید\u2069\n",
        ),
    ],
)
async def test_poster_and_text_tell_what_a_friend_gets_for_coming(
    tmp_path: Path, language: Language, benefit: str, forward: str
) -> None:
    titles = {"en": "10% off your first order", "fa": "۱۰٪ تخفیف اولین خرید"}
    words = {each: RewardWords(title, "") for each, title in titles.items()}
    later, coming = (
        Reward("later", "first_purchase", "code", words, percent="5%"),
        Reward("welcome", "coming", "code", words),
    )
    async with open_chat(tmp_path) as chat:
        chat.facts = replace(chat.facts, rewards={"later": later})
        sara = await chat.member("Sara", language=language)
        poster = (await chat.send(sara, "/link")).outgoing[0]
        assert poster.picture is not None
        assert poster.picture["benefit"] == ""
        chat.facts = replace(chat.facts, rewards={"later": later, "welcome": coming})
        poster = (await chat.send(sara, "/link")).outgoing[0]
        assert poster.picture is not None
        assert poster.picture["benefit"] == benefit
        assert text_of(poster).startswith(forward + "https://")


@pytest.mark.parametrize(
    ("typed", "form", "other"),
    [("/qr", "post", "Story picture"), ("/qr story", "story", "Post picture"), ("/qr Story", "story", "Post picture")],
)
async def test_the_poster_comes_as_a_post_or_a_story_and_leads_to_the_other(
    tmp_path: Path, typed: str, form: str, other: str
) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.arrive("Sara")
        (poster,) = (await chat.send(sara, typed)).outgoing
        assert poster.picture is not None
        assert poster.picture["form"] == form
        buttons = buttons_of(poster)
        assert list(buttons) == [other, "My link", "Home"]
        (swapped,) = (await chat.press(sara, SendPoster.unpack(buttons[other]), under_picture=True)).outgoing
        assert swapped.picture is not None
        assert {form, swapped.picture["form"]} == {"post", "story"}


async def test_with_another_word_qr_is_a_link_with_that_tag(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        (card,) = (await chat.send(await chat.arrive("Sara"), "/qr instagram")).outgoing
        assert "instagram" in text_of(card)


@pytest.mark.parametrize("data", ["poster:banner", "poster:", "poster", "poster:post:1"])
def test_a_form_that_nobody_has_is_an_old_button(data: str) -> None:
    with pytest.raises(StaleButton):
        SendPoster.unpack(data)


async def test_link_and_code_can_be_copied_and_shared(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        buttons = buttons_of((await chat.send(sara, "/link")).outgoing[1])
        assert buttons["Copy link"] == f"https://t.me/moaref_bot?start={sara.id}"
        assert buttons["Copy code"] == sara.id
        assert buttons["Share"].startswith("https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fmoaref_bot%3Fstart%3D")
        assert "like%20it" in buttons["Share"]


async def test_the_button_leaves_the_home_card_where_it_is(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        effects = await chat.press(await chat.member("Sara"), OpenLink())
        assert [each.method for each in effects.outgoing] == ["sendPhoto", "sendMessage"]


async def test_in_persian_the_link_stands_on_its_own_line(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.arrive("سارا", language="fa")
        forward, card = (await chat.send(sara, "/link")).outgoing
        assert f"\nhttps://t.me/moaref_bot?start={sara.id}\n" in text_of(card)
        assert text_of(forward).startswith("سلام! \u2068من از اینجا خرید می‌کنم:\u2069\nhttps://")


async def test_where_joining_is_bought_a_newcomer_hears_what_it_costs_and_gets_no_link(tmp_path: Path) -> None:
    join = {"mode": "purchase", "products": ["starter"]}
    tables = {**UNILEVEL, "program": {**UNILEVEL["program"], "join": join}}
    async with open_chat(tmp_path, tables) as chat:
        sara = await chat.arrive("Sara")
        effects = await chat.send(sara, "/link")
        assert "\u2068starter\u2069" in texts_of(effects)[0]
        assert len(effects.outgoing) == 1
        assert await chat.engine.member(sara.id) is None
        await chat.buy(sara, 5000, "A1", product="starter")
        assert (await chat.send(sara, "/link")).outgoing[0].picture is not None
