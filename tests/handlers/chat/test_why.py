from pathlib import Path
from typing import Any

from bot.kit.home_button import OpenHome
from bot.kit.person import Person
from chat import DAY, UNILEVEL, Chat, buttons_of, open_chat, text_of, texts_of
from engine.events.model import ProgrammeChanged
from handlers.chat.buttons import OpenBalance, OpenWhy
from plans import WEEKLY


async def line_of_members(chat: Chat, *names: str) -> list[Person]:
    """Members one below the other."""
    people: list[Person] = []
    for name in names:
        people.append(await chat.member(name, people[-1] if people else None))
    return people


async def lines(chat: Chat, person: Person, number: int) -> list[str]:
    """The lines of /why, without what Telegram draws bold and without marks of direction."""
    html = texts_of(await chat.send(person, f"/why {number}"))[0]
    for mark in ("<b>", "</b>", "<code>", "</code>", "\u2068", "\u2069"):
        html = html.replace(mark, "")
    return html.split("\n")


async def test_the_sellers_part_names_the_friend_the_rule_and_what_levels_took(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        *_, ali = await line_of_members(chat, "Nader", "Babak", "Maryam", "Ali")
        await chat.buy(await chat.friend("Hamid", ali), 100_000, "A17", "phone")
        assert await lines(chat, ali, 1) == [
            "Why 13,000 toman?",
            "Commission 1, 2026-03-21",
            "",
            "Order A17: a purchase of 100,000 toman by Hamid.",
            "phone, 100,000 toman: 20%, the base rate.",
            "Direct commission of the order: 20,000 toman.",
            "Level 1 takes 3,000 toman of it.",
            "Level 2 takes 2,400 toman of it.",
            "Level 3 takes 1,600 toman of it.",
            "Commission: 13,000 toman",
            "Available: it can be withdrawn.",
        ]


async def test_a_levels_part_keeps_strangers_private(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        _, babak, _, ali = await line_of_members(chat, "Nader", "Babak", "Maryam", "Ali")
        await chat.buy(await chat.friend("Hamid", ali), 100_000, "A17")
        told = await lines(chat, babak, 3)
        assert "Order A17: a purchase of 100,000 toman by someone in your team." in told
        assert "Seller: someone in your team." in told
        assert "Level 2 gets 12% of the direct commission (20,000 toman)." in told


async def test_a_rule_that_won_is_told_with_those_that_lost(tmp_path: Path) -> None:
    offer = {"id": "nowruz", "products": ["phone"], "commission": "30%"}
    tables = {**UNILEVEL, "offers": [offer], "rates": [{"product": "phone", "commission": "5000"}]}
    async with open_chat(tmp_path, tables) as chat:
        ali = await chat.member("Ali")
        await chat.buy(await chat.friend("Hamid", ali), 100_001, "A17", "phone")
        told = await lines(chat, ali, 1)
        assert "phone, 100,001 toman: 30%, the offer “nowruz” on this product." in told
        assert "This replaces 5,000 toman each, the rate of the product phone." in told
        assert "This replaces 20%, the base rate." in told
        assert "Direct commission of the order: 30,000 toman, rounded down once from 30,000.3 toman." in told


async def test_a_cap_and_a_refund_are_part_of_the_calculation(tmp_path: Path) -> None:
    ranks = [{"id": "base", "commission": "20%", "max_commission": 8000}]
    async with open_chat(tmp_path, {**UNILEVEL, "ranks": ranks}) as chat:
        ali = await chat.member("Ali")
        await chat.buy(await chat.friend("Hamid", ali), 100_000, "A17")
        await chat.engine.refund("A17", 50_000, key="r", actor="admin")
        told = await lines(chat, ali, 1)
        assert "It was 20,000 toman, cut by the cap of a single commission (8,000 toman)." in told
        assert "Of the order 50,000 toman was refunded, so 4,000 toman was taken back. Left: 4,000 toman." in told


async def test_a_held_commission_says_who_has_to_do_what_and_later_that_it_was_held(tmp_path: Path) -> None:
    plan = {**UNILEVEL["plan"], "requires": {"recruits": 2}}
    async with open_chat(tmp_path, {**UNILEVEL, "plan": plan}) as chat:
        nader, ali = await line_of_members(chat, "Nader", "Ali")
        await chat.buy(await chat.friend("Hamid", ali), 100_000, "A17")
        told = await lines(chat, nader, 2)
        assert told[-3:] == [
            "Held: you do not meet the plan's condition yet.",
            "– members brought: 1 of 2",
            "Once released, it can be withdrawn at once.",
        ]
        await chat.member("Sara", nader)
        told = await lines(chat, nader, 2)
        assert told[-2:] == ["It was held until its condition was met.", "Available: it can be withdrawn."]


async def test_the_fraction_that_was_rounded_is_told_for_levels_too(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        nader, ali = await line_of_members(chat, "Nader", "Ali")
        await chat.buy(await chat.friend("Hamid", ali), 100_007, "A17")
        told = await lines(chat, nader, 2)
        assert "Direct commission of the order: 20,001 toman, rounded down once from 20,001.4 toman." in told
        line = "Level 1 gets 15% of the direct commission (20,001 toman), rounded down from 3,000.15 toman."
        assert line in told


async def test_a_share_that_went_to_nobody_is_told_as_such(tmp_path: Path) -> None:
    plan = {**UNILEVEL["plan"], "requires": {"recruits": 2}, "unqualified": "house"}
    async with open_chat(tmp_path, {**UNILEVEL, "plan": plan}) as chat:
        _, ali = await line_of_members(chat, "Nader", "Ali")
        await chat.buy(await chat.friend("Hamid", ali), 100_000, "A17")
        told = await lines(chat, ali, 1)
        assert "Level 1 would take 3,000 toman of it, which is deducted and paid to no one." in told
        assert "Commission: 17,000 toman" in told


async def test_a_friend_who_holds_up_is_named_with_what_they_lack(tmp_path: Path) -> None:
    plan = {**UNILEVEL["plan"], "requires": {"sales": 200_000}, "chain": True}
    program = {**UNILEVEL["program"], "maturity_days": 14, "approval": "manual"}
    async with open_chat(tmp_path, {**UNILEVEL, "program": program, "plan": plan}) as chat:
        nader, _, ali = await line_of_members(chat, "Nader", "Babak", "Ali")
        await chat.buy(await chat.friend("Sara", nader), 200_000, "A16")
        await chat.buy(await chat.friend("Hamid", ali), 100_000, "A17")
        assert (await lines(chat, nader, 4))[-3:] == [
            "Held: Babak does not meet the plan's condition yet.",
            "– sold: 0 toman of 200,000 toman",
            "Once released, it can be withdrawn from 2026-04-04 14:30, when an admin has approved it.",
        ]


async def test_a_signup_bonus_is_held_until_one_is_qualified(tmp_path: Path) -> None:
    plan = {**UNILEVEL["plan"], "requires": {"recruits": 2}}
    ranks = [{"id": "base", "commission": "20%", "signup_bonus": 500}]
    async with open_chat(tmp_path, {**UNILEVEL, "plan": plan, "ranks": ranks}) as chat:
        nader, _ = await line_of_members(chat, "Nader", "Ali")
        told = await lines(chat, nader, 1)
        assert "Held: you do not meet the plan's condition yet." in told
        assert "– members brought: 1 of 2" in told


async def two_legs(chat: Chat, left: int, right: int) -> Person:
    """Nader, with a friend in each leg whose friends have bought for so much; then the week is over."""
    nader = await chat.member("Nader")
    for name, amount in (("Babak", left), ("Maryam", right)):
        await chat.buy(await chat.friend(f"{name}'s friend", await chat.member(name, nader)), amount, f"of {name}")
    chat.clock.now += 7 * DAY
    await chat.engine.tick()
    return nader


async def test_pairing_by_a_rate_tells_legs_match_rounding_cap_and_what_is_left(tmp_path: Path) -> None:
    tables = {**UNILEVEL, "plan": {"kind": "binary", "pairing": {**WEEKLY, "cap": 5000}}}
    async with open_chat(tmp_path, tables) as chat:
        nader = await two_legs(chat, 90_000, 70_005)
        number = (await chat.engine.explain_source("period:2026-03-16"))[0].commission.number
        assert (await lines(chat, nader, number))[3:] == [
            "Pairing of the week from 2026-03-16.",
            "Left leg: 90,000 toman. Right leg: 70,005 toman.",
            "Matched in both legs: 70,005 toman. It pays 10%, rounded down from 7,000.5 toman.",
            "Left over: 19,995 toman on the left, 0 toman on the right. Both are carried into the next period.",
            "It was 7,000 toman, cut by the cap of a period (5,000 toman).",
            "Commission: 5,000 toman",
            "Available: it can be withdrawn.",
        ]


async def test_pairing_by_pairs_tells_what_each_leg_gave(tmp_path: Path) -> None:
    pairs = {"period": "week", "unit": 20_000, "bonus": 3000, "ratio": "2:1", "carry": "limited", "carry_limit": 10_000}
    tables = {**UNILEVEL, "plan": {"kind": "binary", "pairing": pairs}}
    async with open_chat(tmp_path, tables) as chat:
        nader = await two_legs(chat, 50_000, 90_000)
        number = (await chat.engine.explain_source("period:2026-03-16"))[0].commission.number
        told = await lines(chat, nader, number)
        assert (
            "Pairs: 2, each pays 3,000 toman and uses 1 × 20,000 toman on the left and 2 × 20,000 toman on the right."
            in told
        )
        left_over = "Left over: 10,000 toman on the left, 10,000 toman on the right."
        assert f"{left_over} At most 10,000 toman of each is carried into the next period." in told


async def test_pairing_is_told_by_the_programme_that_closed_the_period(tmp_path: Path) -> None:
    tables = {**UNILEVEL, "plan": {"kind": "binary", "pairing": {**WEEKLY, "measure": "members", "carry": "none"}}}
    async with open_chat(tmp_path, tables) as chat:
        nader = await two_legs(chat, 10_000, 10_000)
        assert await chat.engine.explain_source("period:2026-03-16") == []  # a tenth of a member pays nothing
    (tmp_path / "other").mkdir()
    tables["plan"] = {"kind": "binary", "pairing": {**WEEKLY, "rate": "50%"}}
    async with open_chat(tmp_path / "other", tables) as chat:
        nader = await two_legs(chat, 10_000, 10_000)
        own = {name: tables[name] for name in ("program", "ranks")}
        await chat.engine.submit(ProgrammeChanged({**own, "plan": {"kind": "binary"}}), key="p")
        number = (await chat.engine.explain_source("period:2026-03-16"))[0].commission.number
        assert "Matched in both legs: 10,000 toman. It pays 50%." in await lines(chat, nader, number)


async def test_every_key_of_a_trace_is_told(tmp_path: Path) -> None:
    """A key that a rule adds to its trace has to be put into words here."""
    told = {
        *("rule", "rank", "bonus", "newcomer", "direct", "levels", "level", "rate", "base", "seller", "blocker"),
        *("legs", "matched", "left_over", "cap", "lines", "rounded_from", "over_total"),
    }
    ranks = [
        {"id": "base", "commission": "20%", "signup_bonus": 500, "max_commission": 9000},
        {"id": "silver", "commission": "150001", "bonus": 900, "requires": {"recruits": 1}},
    ]
    pairing = {**WEEKLY, "cap": 5000}
    plan = {"kind": "binary", "levels": ["15%"], "requires": {"legs": 1}, "pairing": pairing}
    async with open_chat(tmp_path, {**UNILEVEL, "ranks": ranks, "plan": plan}) as chat:
        await two_legs(chat, 90_001, 70_000)
        written: set[str] = set()
        for number in range(1, 100):
            explained = await chat.engine.explain(number)
            if explained is not None:
                written |= explained.commission.trace.keys() | explained.order_trace.keys()
        assert {"legs", "newcomer", "lines", "bonus"} <= written
        assert written <= told


async def test_a_pending_one_says_until_when_and_whose_word_it_needs(tmp_path: Path) -> None:
    program: dict[str, Any] = {**UNILEVEL["program"], "maturity_days": 14, "approval": "manual"}
    async with open_chat(tmp_path, {**UNILEVEL, "program": program}) as chat:
        ali = await chat.member("Ali")
        await chat.buy(await chat.friend("Hamid", ali), 100_000, "A17")
        told = await lines(chat, ali, 1)
        assert told[-2:] == ["It waits for an admin's approval.", "Pending until 2026-04-04 14:30."]


async def test_signup_and_rank_bonuses_are_explained(tmp_path: Path) -> None:
    ranks = [
        {"id": "base", "commission": "20%", "signup_bonus": 500},
        {"id": "silver", "commission": "25%", "bonus": 900, "requires": {"recruits": 1}},
    ]
    async with open_chat(tmp_path, {**UNILEVEL, "ranks": ranks}) as chat:
        nader, _ = await line_of_members(chat, "Nader", "Ali")
        assert "Ali joined: rank base pays 500 toman for that." in await lines(chat, nader, 1)
        assert "The rank silver was reached: it pays 900 toman once." in await lines(chat, nader, 2)


async def test_somebody_elses_commission_is_as_if_it_were_not_there(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        ali, sara = await chat.member("Ali"), await chat.member("Sara")
        await chat.buy(await chat.friend("Hamid", ali), 100_000, "A17")
        answers = [texts_of(await chat.send(sara, f"/why {word}")) for word in ("1", "99", "9" * 30)]
        assert answers == [["There is no such commission."]] * 3
        pressed = await chat.press(sara, OpenWhy(1, 0))
        assert not pressed.outgoing


async def test_the_button_leads_back_to_its_page_of_the_history(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        ali = await chat.member("Ali")
        await chat.buy(await chat.friend("Hamid", ali), 100_000, "A17")
        assert buttons_of((await chat.press(ali, OpenWhy(1, 3))).outgoing[0]) == {
            "Chart": "cut:1",
            "Back": "his:3",
            "Home": "home:0",
        }
        assert buttons_of((await chat.press(ali, OpenWhy(1, 0))).outgoing[0]) == {
            "Chart": "cut:1",
            "Home": "home:0",
        }


async def test_under_a_notice_the_calculation_is_a_message_of_its_own(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        ali = await chat.member("Ali")
        await chat.buy(await chat.friend("Hamid", ali), 100_000, "A17")
        assert (await chat.press(ali, OpenWhy(1, 0))).outgoing[0].method == "sendMessage"
        assert (await chat.press(ali, OpenWhy(1, 1))).outgoing[0].method == "editMessageText"
        assert (await chat.press(ali, OpenBalance(fresh=True))).outgoing[0].method == "sendMessage"
        assert (await chat.press(ali, OpenHome(fresh=True))).outgoing[0].method == "sendMessage"


async def test_without_a_number_the_history_is_offered(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        assert "Which commission?" in texts_of(await chat.send(await chat.member("Ali"), "/why"))[0]


async def test_the_calculation_in_persian_begins_every_line_with_a_persian_word(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        nader = await chat.member("نادر", language="fa")
        ali = await chat.member("علی", nader)
        await chat.buy(await chat.friend("حمید", ali), 100_000, "A17", "phone")
        text = text_of((await chat.send(nader, "/why 2")).outgoing[0])
        assert "سهم سطح ۱: ۱۵٪ از پورسانت مستقیم (۲۰٬۰۰۰ تومان)." in text
        assert "سفارش \u2068<code>A17</code>\u2069: خرید ۱۰۰٬۰۰۰ تومان از طرف یکی از زیرمجموعه‌های شما." in text
        assert all("\u0600" <= line.removeprefix("<b>")[0] <= "\u06ff" for line in text.split("\n") if line)


async def test_a_rank_is_named_where_there_are_several(tmp_path: Path) -> None:
    ranks = [{"id": "base", "commission": "20%"}, {"id": "silver", "commission": "30%", "requires": {"recruits": 3}}]
    async with open_chat(tmp_path, {**UNILEVEL, "ranks": ranks}) as chat:
        ali = await chat.member("Ali")
        await chat.buy(await chat.friend("Hamid", ali), 100_000, "A17", "phone")
        assert "phone, 100,000 toman: 20%, the rate of the rank base." in await lines(chat, ali, 1)
        assert "Everything else, rank base" in texts_of(await chat.send(ali, "/offers"))[0].replace("</b>", "").replace(
            "\u2068", ""
        ).replace("\u2069", "")
