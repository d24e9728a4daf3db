from pathlib import Path
from random import Random

import pytest

from bot.kit.home_button import OpenHome
from bot.kit.languages import Language
from bot.kit.links import Purpose
from chat import Chat, buttons_of, open_chat, texts_of
from disguises import disguised, linked


async def codes_of(chat: Chat) -> tuple[str, str]:
    """Two members' codes: Sara's and Ali's."""
    return (await chat.member("Sara")).id, (await chat.member("Ali")).id


async def test_a_newcomer_sees_the_shop_its_welcome_and_one_main_button(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        effects = await chat.send(await chat.arrive("Hamid"), "/start")
        assert texts_of(effects) == [
            (
                "<b>Welcome to \u2068Nader's Shop\u2069</b>\n\n\u2068A tenth off your first order.\u2069\n"
                "You earn up to 20% of every purchase your friends make.\n"
                "You also earn on what your team sells, down to level 3: 15% of the seller's commission on level 1."
            )
        ]
        assert list(buttons_of(effects.outgoing[0])) == ["Get my link", "Balance", "Help", "فارسی / English"]


async def test_in_persian_the_rows_are_mirrored_and_lines_begin_with_persian_words(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        effects = await chat.send(await chat.arrive("حمید", language="fa"), "/start")
        assert texts_of(effects)[0].startswith("<b>به \u2068فروشگاه نادر\u2069 خوش آمدید</b>")
        assert list(buttons_of(effects.outgoing[0]))[:3] == ["دریافت لینک دعوت", "راهنما", "موجودی"]


@pytest.mark.parametrize(
    ("language", "invited"),
    [("en", "\u2068Sara\u2069 invited you."), ("fa", "دوستتان \u2068Sara\u2069 شما را دعوت کرده است.")],
)
async def test_a_friend_who_opens_a_link_sees_who_invited_them(
    tmp_path: Path, language: Language, invited: str
) -> None:
    async with open_chat(tmp_path) as chat:
        sara, _ = await codes_of(chat)
        hamid = await chat.arrive("Hamid", language=language)
        effects = await chat.send(hamid, f"/start {sara}")
        assert invited in texts_of(effects)[0]
        person = await chat.engine.person(hamid.id)
        assert person is not None
        assert person.sponsor == sara


@pytest.mark.parametrize(
    "spoil", [str.lower, lambda code: f"{code[:3]} {code[3:]}", lambda code: f"{code[:4]}-{code[4:]}"]
)
async def test_a_code_may_be_typed_in_any_way(tmp_path: Path, spoil: object) -> None:
    async with open_chat(tmp_path) as chat:
        sara, _ = await codes_of(chat)
        hamid = await chat.arrive("Hamid")
        effects = await chat.send(hamid, f"/code {spoil(sara)}")  # type: ignore[operator]
        assert "Sara\u2069 invited you" in texts_of(effects)[0]


async def test_code_alone_asks_for_it_and_takes_the_answer(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara, _ = await codes_of(chat)
        hamid = await chat.arrive("Hamid")
        assert "code that your friend gave you" in texts_of(await chat.send(hamid, "/code"))[0]
        assert "Sara\u2069 invited you" in texts_of(await chat.send(hamid, sara))[0]
        assert chat.dialogues[hamid.id] is None


@pytest.mark.parametrize("word", ["hello!", "0000000", "<b>", "A" * 64, "۱۲۳"])
async def test_a_malformed_code_is_told_and_home_comes_anyway(tmp_path: Path, word: str) -> None:
    async with open_chat(tmp_path) as chat:
        malformed, home = texts_of(await chat.send(await chat.arrive("Hamid"), f"/start {word}"))
        assert malformed.startswith("That code isn't right")
        assert "Nader's Shop" in home


async def test_the_code_of_nobody_and_of_somebody_who_is_no_member_is_unknown(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        hamid, karim = await chat.arrive("Hamid"), await chat.arrive("Karim")
        for code in ("2222222", karim.id):
            assert texts_of(await chat.send(hamid, f"/start {code}"))[0].startswith("I don't know that code")
        person = await chat.engine.person(hamid.id)
        assert person is not None
        assert person.sponsor is None


async def test_ones_own_code_is_answered_kindly(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        assert texts_of(await chat.send(sara, f"/start {sara.id}"))[0].startswith("This is your own link")


async def test_a_later_link_changes_nothing_and_its_owner_hears_of_it_once(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara, ali = await codes_of(chat)
        hamid = await chat.arrive("Hamid")
        await chat.send(hamid, f"/start {sara}")
        first = await chat.send(hamid, f"/start {ali}")
        again = await chat.send(hamid, f"/start {ali}")
        assert "You joined through \u2068Sara\u2069's link; that won't change." in texts_of(first)[0]
        told = [each for each in first.outgoing if each.chat_id == chat.people.known[ali].chat_id]
        assert len(told) == 1
        assert "Hamid\u2069 had already come through someone else" in told[0].params["text"]
        assert all(each.chat_id == hamid.chat_id for each in again.outgoing)


async def test_the_other_inviter_hears_of_it_also_when_the_process_is_killed_after_the_books_were_written(
    tmp_path: Path,
) -> None:
    async with open_chat(tmp_path) as chat:
        sara, ali = await codes_of(chat)
        hamid = await chat.arrive("Hamid")
        await chat.send(hamid, f"/start {sara}")
        await chat.send(hamid, f"/start {ali}")
        chat.updates -= 1  # what the update led to was not kept, so it is handled again
        told = (await chat.send(hamid, f"/start {ali}")).outgoing
        assert [each.params["text"] for each in told if each.chat_id == chat.people.known[ali].chat_id] == [
            "\u2068Hamid\u2069 had already come through someone else. The first invitation counts."
        ]


async def test_an_inviter_hears_that_somebody_was_a_member_already_once(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara, ali = await codes_of(chat)
        effects = await chat.send(chat.person(sara), f"/start {ali}")
        told = [each.params["text"] for each in effects.outgoing if each.chat_id == chat.person(ali).chat_id]
        assert told == ["\u2068Sara\u2069 opened your link, but was already a member. Members keep their place."]
        again = await chat.send(chat.person(sara), f"/start {ali}")
        assert all(each.chat_id == chat.person(sara).chat_id for each in again.outgoing)


@pytest.mark.parametrize("digits", ["0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९"])
async def test_the_code_of_a_made_link_is_typed_in_any_script_s_digits(tmp_path: Path, digits: str) -> None:
    async with open_chat(tmp_path) as chat:
        sara, _ = await codes_of(chat)
        (link,) = await chat.links.make(sara, [Purpose("tag", "instagram")], chat.clock.now)
        typed = link.code.translate({ord(str(value)): digit for value, digit in enumerate(digits)})
        hamid = await chat.arrive("Hamid")
        effects = await chat.send(hamid, f"/code {typed[:4]} {typed[4:].lower()}")
        assert "Sara\u2069 invited you" in texts_of(effects)[0]
        assert (await chat.links.reach(link.code)).came == 1


async def test_a_friend_lands_on_the_product_that_the_link_is_for(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara, _ = await codes_of(chat)
        for_case, for_gone = await chat.links.make(
            sara, [Purpose("product", "case", ("case",)), Purpose("product", "gone", ("gone",))], chat.clock.now
        )
        home, landing = (await chat.send(await chat.arrive("Hamid"), f"/start {for_case.code}")).outgoing
        assert "Sara\u2069 invited you" in home.params["text"]
        assert "A case" in landing.params["text"]
        assert list(buttons_of(landing)) == ["Buy \u2068A case\u2069 · 50 stars", "Home"]
        assert len((await chat.send(await chat.arrive("Karim"), f"/start {for_gone.code}")).outgoing) == 1


async def test_one_s_own_made_link_is_answered_kindly(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara, _ = await codes_of(chat)
        (link,) = await chat.links.make(sara, [Purpose("tag", "instagram")], chat.clock.now)
        assert texts_of(await chat.send(chat.person(sara), f"/start {link.code}"))[0].startswith(
            "This is your own link"
        )


async def test_the_same_link_again_shows_the_inviter_again_and_tells_nobody(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara, _ = await codes_of(chat)
        hamid = await chat.arrive("Hamid")
        await chat.send(hamid, f"/start {sara}")
        effects = await chat.send(hamid, f"/start {sara}")
        assert len(effects.outgoing) == 1
        assert "Sara\u2069 invited you" in texts_of(effects)[0]


async def test_a_member_who_opens_another_link_keeps_their_place(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara, ali = await codes_of(chat)
        effects = await chat.send(chat.person(sara), f"/start {ali}")
        assert texts_of(effects)[0].startswith("You are already a member")


async def test_a_members_home_card_shows_what_can_be_withdrawn_and_back_edits_in_place(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        await chat.buy(await chat.friend("Hamid", sara), 100_000, "A17")
        effects = await chat.press(sara, OpenHome())
        assert effects.outgoing[0].method == "editMessageText"
        assert "Your balance: 20,000 toman" in texts_of(effects)[0]


async def test_admins_have_a_button_that_others_do_not(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        maryam = await chat.arrive("Maryam", admin=True)
        assert "Admin" in buttons_of((await chat.send(maryam, "/start")).outgoing[0])
        assert "Admin" not in buttons_of((await chat.send(await chat.arrive("Hamid"), "/start")).outgoing[0])


async def test_going_home_leaves_what_was_being_asked(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        hamid = await chat.arrive("Hamid")
        await chat.send(hamid, "/code")
        await chat.press(hamid, OpenHome())
        assert chat.dialogues[hamid.id] is None


@pytest.mark.parametrize("seed", range(12))
async def test_a_code_is_followed_however_it_was_copied(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    async with open_chat(tmp_path) as chat:
        sara, _ = await codes_of(chat)
        typed = [random.choice((disguised, linked))(sara, random) for _ in range(3)]
        for number, (command, copied) in enumerate(zip(("/start", "/code", "\u200f/code\u2069"), typed, strict=True)):
            hamid = await chat.arrive(f"Hamid {number}")
            await chat.send(hamid, f"{command} {copied}")
            person = await chat.engine.person(hamid.id)
            assert person is not None, ascii(copied)
            assert person.sponsor == sara, ascii(copied)
        hamid = await chat.arrive("Hamid who is asked")
        await chat.send(hamid, "/code")
        await chat.send(hamid, typed[0])
        person = await chat.engine.person(hamid.id)
        assert person is not None
        assert person.sponsor == sara
