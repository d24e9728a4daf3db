"""Each command that takes a person, by each way of naming one; several who fit; people who cannot be named."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.kit.context import DRAFT_LIFE_MS
from bot.kit.effects import Effects
from bot.kit.languages import Language
from bot.kit.person import Person, SharedAccount
from chat import buttons_of, texts_of
from engine.errors import OwnSale
from handlers.chat.admin.buttons import OpenMatches, PickPerson
from handlers.chat.admin.finding import PEOPLE_A_PAGE
from handlers.chat.admin.person_commands import PERSON_COMMANDS
from office import Office, button, open_office, rows_of

COMMANDS = {
    "member": ("/member {who}", {"en": "Invitation code: ", "fa": "کد دعوت: "}),
    "why": ("/why {who}", {"en": "Last orders", "fa": "آخرین سفارش‌ها"}),
    "purchase": ("/purchase {who} 100000 shoes", {"en": "Record this purchase?", "fa": "این خرید ثبت شود؟"}),
    "adjust": ("/adjust {who} 5000 a present", {"en": "Correct this account?", "fa": "این اصلاح حساب ثبت شود؟"}),
    "suspend": ("/suspend {who} fraud", {"en": "Yes, suspend", "fa": "بله، تعلیق شود"}),
    "commissions": ("/commissions {who}", {"en": "is waiting", "fa": "منتظر"}),
    "admins-add": ("/admins add {who}", {"en": "Sara", "fa": "Sara"}),
    "admins-remove": ("/admins remove {who}", {"en": "Sara", "fa": "Sara"}),
    "reinstate": ("/reinstate {who}", {"en": "Yes, reinstate", "fa": "بله، برقرار شود"}),
}
"""How each command names Sara, and what of its answer shows that it went on with her."""

ADMIN = Path(__file__).parents[4] / "handlers/chat/admin"
SHEBA_TAIL = "9002"


async def typed_(office: Office, command: str, who: str) -> Effects:
    return await office.send(COMMANDS[command][0].format(who=who))


async def by_part_of_the_name(office: Office, command: str) -> Effects:
    return await typed_(office, command, "ara")


async def by_username(office: Office, command: str) -> Effects:
    return await typed_(office, command, "@sara_shop")


async def by_bare_username(office: Office, command: str) -> Effects:
    return await typed_(office, command, "sara_shop")


async def by_telegram_id(office: Office, command: str) -> Effects:
    return await typed_(office, command, str(office.sara.chat_id))


async def by_code(office: Office, command: str) -> Effects:
    return await typed_(office, command, office.sara.id)


async def by_link(office: Office, command: str) -> Effects:
    return await typed_(office, command, f"https://t.me/moaref_bot?start={office.sara.id}")


async def by_order(office: Office, command: str) -> Effects:
    return await typed_(office, command, "o-sara")


async def by_last_four(office: Office, command: str) -> Effects:
    return await typed_(office, command, SHEBA_TAIL)


async def by_forwarded_message(office: Office, command: str) -> Effects:
    await office.send(f"/{command}")
    return await office.chat.show(office.nader, SharedAccount(office.sara.chat_id, "Sara", forwarded=True))


async def by_contact(office: Office, command: str) -> Effects:
    await office.send(f"/{command}")
    return await office.chat.show(office.nader, SharedAccount(office.sara.chat_id, "Sara", forwarded=False))


async def by_button(office: Office, command: str) -> Effects:
    asked = await office.send(f"/{'member' if command in NOT_ASKING else command}")
    label = next(label for row in rows_of(asked) for label in row if "Sara" in label)
    return await office.press(asked, label)


async def typed_later(office: Office, command: str) -> Effects:
    await office.send(f"/{command}")
    return await office.send("sara")


WAYS: list[Callable[[Office, str], Awaitable[Effects]]] = [
    by_part_of_the_name,
    by_username,
    by_bare_username,
    by_telegram_id,
    by_code,
    by_link,
    by_order,
    by_last_four,
    by_forwarded_message,
    by_contact,
    by_button,
    typed_later,
]
ASKING = (by_forwarded_message, by_contact, by_button, typed_later)
"""Ways that answer a command of which nothing else was written: what is missing is asked for next."""
TYPED_WHOLE = ("commissions", "admins-add", "admins-remove")
"""Each is more than a command's name, or shows a list when it is sent alone."""
ELSEWHERE = {"commissions-approve"}
"""Waits for commissions that an admin approves: tests/handlers/chat/admin/test_commission_batches.py."""
NOT_ASKING = ("why", "commissions")
"""Sent alone, they show no people: /commissions its list, and /why waits for anything."""


async def furnished(office: Office, command: str) -> None:
    """Sara has a username, an order and a Sheba; she is suspended where she is to be reinstated."""
    chat = office.chat
    chat.people.known[office.sara.id] = replace(chat.people.known[office.sara.id], username="sara_shop")
    await chat.buy(office.sara, 1000, "o-sara")
    await chat.engine.keep_destination(office.sara.id, "sheba", "IR820540102680020817909002")
    if command == "admins-remove":
        await chat.admins.add(office.sara, owner=office.nader.id, cause="a", at=chat.clock.now)
    if command == "reinstate":
        await chat.engine.suspend(office.sara.id, actor=office.karim.id, key="s")


def shown(effects: Effects) -> str:
    return "\n".join((*texts_of(effects), *(label for row in rows_of(effects) for label in row)))


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("command", COMMANDS)
async def test_each_command_takes_a_person_in_each_way(tmp_path: Path, command: str, language: Language) -> None:
    for number, way in enumerate(WAYS):
        folder = tmp_path / str(number)
        folder.mkdir()
        async with open_office(folder, language=language) as office:
            await furnished(office, command)
            if command in TYPED_WHOLE and way in ASKING:
                continue
            effects = await way(office, command)
            said = shown(effects)
            assert "Sara" in said, way.__name__
            if way in ASKING:
                effects, said = await completed(office, command, effects)
            assert command == "why" or COMMANDS[command][1][language] in said, (way.__name__, said)


async def completed(office: Office, command: str, effects: Effects) -> tuple[Effects, str]:
    """Answers what a command without other words asks for, once it knows the person."""
    answers = {"purchase": ("100000", "shoes"), "adjust": ("5000 a present",), "suspend": ("fraud",)}
    for answer in answers.get(command, ()):
        effects = await office.send(answer)
    return effects, shown(effects)


def test_no_command_that_takes_a_person_is_missing() -> None:
    assert set(COMMANDS) | ELSEWHERE == set(PERSON_COMMANDS)
    sources = [file.read_text(encoding="utf-8") for file in ADMIN.glob("*.py")]
    finding = {name for each in sources for name in re.findall(r'(?:person_for|ask_whom)\(ctx, "([\w-]+)"', each)}
    assert finding <= set(PERSON_COMMANDS)
    assert {"member", "purchase"} <= finding


# --- several who fit


async def crowd(office: Office, count: int) -> list[Person]:
    return [await office.chat.friend(f"Sara {number:02}", office.maryam) for number in range(count)]


async def test_where_several_fit_the_command_goes_on_with_the_chosen_one_and_keeps_its_words(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await crowd(office, 2)
        which = await office.send("/purchase sara 480 thousand running shoes #spring")
        assert texts_of(which)[0].startswith("<b>Who do you mean by \u2068sara\u2069?</b>")
        assert "\u2068Sara 01\u2069 (\u2068<code>" in texts_of(which)[0]
        assert "invited by \u2068Maryam\u2069 on 2026-03-21" in texts_of(which)[0]
        card = await office.press(which, "\u2068Sara 01\u2069 · \u2068Maryam\u2069's friend")
        assert card.outgoing[0].method == "editMessageText"
        assert "Buyer: \u2068Sara 01\u2069" in texts_of(card)[0]
        assert (
            "480,000 toman\nProduct: \u2068running shoes\u2069\nOrder: \u2068<code>spring</code>" in texts_of(card)[0]
        )


async def test_a_name_of_several_words_stands_before_the_amount(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        reza = await office.chat.friend("علی‌رضا احمدی", office.maryam)
        card = texts_of(await office.send("/purchase علی رضا ۱۵ هزار تومان کفش"))[0]
        assert reza.id in card
        assert "15,000 toman" in card
        asked = texts_of(await office.send("/purchase علی رضا احمدی"))[0]
        assert asked.startswith("<b>How much did")


async def test_pages_turn_and_each_person_is_on_one_of_them(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await crowd(office, 2 * PEOPLE_A_PAGE)
        first = await office.send("/member sara")
        second = await office.press(first, "Next")
        third = await office.press(second, "Next")
        assert [len(saras(each)) for each in (first, second, third)] == [PEOPLE_A_PAGE, PEOPLE_A_PAGE, 1]
        assert len({*saras(first), *saras(second), *saras(third)}) == 2 * PEOPLE_A_PAGE + 1
        assert "Next" not in shown(third)
        assert saras(await office.press(third, "Previous")) == saras(second)


def saras(effects: Effects) -> list[str]:
    return [label for row in rows_of(effects) for label in row if "Sara" in label]


async def test_what_is_written_under_the_list_is_looked_for_instead(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await crowd(office, 3)
        await office.send("/purchase sara 1000")
        still = await office.send("nobody of that name")
        assert texts_of(still)[0].startswith("I can't find \u2068nobody of that name\u2069.")
        card = await office.send("sara 02")
        assert "Buyer: \u2068Sara 02\u2069" in texts_of(card)[0]
        assert office.chat.dialogues[office.nader.id] is None


async def test_a_choice_is_its_admins_and_does_not_last_for_ever(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await crowd(office, 2)
        which = await office.send("/purchase sara 1000")
        pick = button(which, "\u2068Sara 01\u2069 · \u2068Maryam\u2069's friend")
        for person in (office.karim, office.maryam):
            assert (await office.chat.press(person, pick)).outgoing == []
        office.chat.clock.now += DRAFT_LIFE_MS + 1
        late = await office.chat.press(office.nader, pick)
        assert late.outgoing == []
        assert late.toast is not None
        token = which.drafts[0].token
        for stale in (PickPerson(token, "ABCDEFG"), PickPerson("unknown", office.sara.id), OpenMatches("unknown", 1)):
            assert (await office.chat.press(office.nader, stale)).outgoing == []


async def test_blocked_people_are_found_and_marked(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        people = await crowd(office, 2)
        known = office.chat.people.known
        known[people[0].id] = replace(known[people[0].id], blocked=True)
        said = await office.said("/member sara 0")
        assert said.count("has blocked the bot") == 1
        assert "Last messages" in await office.said("/member sara 00")


async def test_a_card_that_two_people_have_and_a_name_of_four_digits_lead_to_a_choice(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        for member in (office.sara, office.maryam):
            await office.chat.engine.keep_destination(member.id, "card", "6037991000009002")
        await office.chat.arrive("Agent 9002")
        await office.chat.buy(office.ali, 1000, "9002")
        said = await office.said("/member 9002")
        assert "\u2068Ali\u2069 (\u2068@ali\u2069): bought order \u2068<code>9002</code>" in said
        assert said.count("has the card or Sheba \u2068•••• 9002\u2069") == 2
        assert "Agent 9002" in said


# --- people who cannot be named


@pytest.mark.parametrize("typed", ["☃", "%", "_", "'", '"', "* OR sara", "x" * 4096, "\u200c", "Q" * 7, "0" * 30])
async def test_what_fits_nobody_is_told_shortly_and_changes_nothing(tmp_path: Path, typed: str) -> None:
    async with open_office(tmp_path) as office:
        effects = await office.send(f"/purchase {typed} 1000")
        assert texts_of(effects)[0].startswith(("I can't find", "I can't read that amount."))
        assert len(texts_of(effects)[0]) < 300
        assert effects.drafts == []


async def test_one_letter_finds_those_who_have_it(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        said = await office.said("/member a")
        assert said.index("Ali") < said.index("Maryam"), "who begins with it stands first"


@pytest.mark.parametrize(
    ("language", "hidden", "alone", "unknown"),
    [
        ("en", "Sara\u2069 hides their account", "Telegram knows no account", "has not started the bot yet"),
        ("fa", "پنهان است", "حسابی در تلگرام نیست", "هنوز ربات را باز نکرده است"),
    ],
)
async def test_a_sender_who_hides_and_one_who_never_came_get_a_clear_answer(
    tmp_path: Path, language: Language, hidden: str, alone: str, unknown: str
) -> None:
    async with open_office(tmp_path, language=language) as office:
        cases = (
            (SharedAccount(None, "Sara", forwarded=True), hidden),
            (SharedAccount(None, "Sara", forwarded=False), alone),
            (SharedAccount(777, "", forwarded=True), unknown),
        )
        for account, words in cases:
            assert words in texts_of(await office.chat.show(office.nader, account))[0]
        await office.send("/purchase")
        for account, words in cases:
            assert words in texts_of(await office.chat.show(office.nader, account))[0]
            assert office.chat.dialogues[office.nader.id] is not None, "the question stays"
        assert "Ali" in shown(await office.send("ali"))


async def test_a_forwarded_message_or_a_contact_outside_of_a_dialogue_opens_the_persons_card(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        for forwarded in (True, False):
            account = SharedAccount(office.ali.chat_id, "Ali", forwarded=forwarded)
            assert texts_of(await office.chat.show(office.nader, account))[0].startswith("<b>\u2068Ali\u2069</b>")
            nobody = texts_of(await office.chat.show(office.maryam, account))
            assert "Ali" not in nobody[0], "only admins look people up"


async def test_a_forwarded_message_is_no_answer_to_a_question_for_words(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await office.send(f"/suspend {office.sara.id}")
        account = SharedAccount(office.ali.chat_id, "Ali", forwarded=True)
        before = office.chat.dialogues[office.nader.id]
        assert "can't use forwarded messages" in texts_of(await office.chat.show(office.nader, account))[0]
        assert office.chat.dialogues[office.nader.id] == before


async def test_an_order_whose_buyer_only_the_shop_knows_says_so(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        customer, _ = await office.chat.engine.get_or_create_person("shop", "1")
        await office.chat.engine.purchase("woo:9", customer, 1000, "shoes", actor="shop")
        said = await office.said("/member woo:9")
        assert said == "Only the shop knows the buyer of order \u2068woo:9\u2069: they have not started the bot."


async def test_admins_who_name_themselves_are_shown_but_not_paid(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        nader = office.nader
        await office.chat.engine.join(nader.id, key="join")
        me = SharedAccount(nader.chat_id, "Nader", forwarded=True)
        assert "Invitation code" in texts_of(await office.chat.show(nader, me))[0]
        assert "yourself" in await office.said("/suspend nader why")
        assert "your own account" in await office.said("/adjust nader 5000 a present")
        friend = await office.chat.friend("Friend", nader)
        refused = await office.send("/purchase friend 1000")
        assert refused.drafts == []
        with pytest.raises(OwnSale):
            await office.chat.engine.purchase("o-1", friend.id, 1000, "shoes", actor=nader.id)
        offered = [data for each in (await office.send("/purchase")).outgoing for data in buttons_of(each).values()]
        assert not any(data.endswith(nader.id) for data in offered), "who looks is not offered themself"


async def test_names_of_an_additional_link_lead_to_its_member(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        made = await office.chat.send(office.sara, "/link instagram")
        code = next(word for word in re.split(r"[^A-Z0-9]", shown(made)) if len(word) == 8)
        assert "\u2068Sara\u2069" in await office.said(f"/member https://t.me/moaref_bot?start={code}")
