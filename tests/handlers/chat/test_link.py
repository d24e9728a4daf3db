from pathlib import Path

import pytest

from chat import UNILEVEL, buttons_of, open_chat, text_of, texts_of
from handlers.chat.buttons import OpenLink


@pytest.mark.parametrize("command", ["/link", "/qr"])
async def test_asking_for_a_link_makes_a_member_with_a_picture_and_a_text_to_forward(
    tmp_path: Path, command: str
) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.arrive("Sara")
        card, forward = (await chat.send(sara, command)).outgoing
        link = f"https://t.me/moaref_bot?start={sara.id}"
        assert await chat.engine.member(sara.id) is not None
        assert card.method == "sendPhoto"
        assert card.picture == {"kind": "qr", "link": link, "code": sara.id}
        assert text_of(card) == (
            f"<b>Your link</b>\n{link}\nCode: \u2068<code>{sara.id}</code>\u2069\n\n"
            "You're a member now. Send your link to three friends to begin with."
        )
        assert "three friends" not in text_of((await chat.send(sara, command)).outgoing[0]), "it is said once"
        assert text_of(forward) == f"\u2068I buy here &amp; like it:\u2069\n{link}"
        assert "reply_markup" not in forward.params


async def test_link_and_code_can_be_copied_and_shared(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        buttons = buttons_of((await chat.send(sara, "/link")).outgoing[0])
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
        card, forward = (await chat.send(sara, "/link")).outgoing
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
