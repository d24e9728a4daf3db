"""What people type that cannot be taken: a clear answer in their language, and nothing changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.kit.formatting import Argument, Term, Text, Unit
from bot.kit.languages import Language
from bot.kit.person import NAMELESS
from bot.playground.story.stage import Actor
from bot.playground.story.withdrawals import CARD, SHEBA
from bot.playground.story.words import story_languages, toman
from engine.money import Currency
from scene import Scene, open_scene

IN_DOLLARS = {"program": {"currency": "USD", "min_withdrawal": 100}}
FOREIGN_IBAN = "DE89370400440532013000"
both_languages = pytest.mark.parametrize("language", story_languages())

Answers = dict[str, tuple[str, dict[str, Argument]]]


def answers(ids: dict[str, str]) -> Answers:
    """Texts with the ids of their answers, whatever arguments those take."""
    return {text: (id, {}) for text, id in ids.items()}


# --- codes


@both_languages
async def test_a_code_that_leads_nowhere_is_told_kindly_and_brings_nobody(tmp_path: Path, language: Language) -> None:
    async with open_scene(tmp_path, language) as scene:
        sara, karim = await scene.enter("sara"), await scene.person_of(105)
        await sara.writes("/start")
        await sara.sees("home-newcomer")
        said = {
            "/start hello": "code-malformed",
            "/start 0OIL1UU": "code-malformed",
            f"/start {'A' * 64}": "code-malformed",
            "/code ../../etc": "code-malformed",
            "/start 2222222": "code-unknown",
            f"/start {karim}": "code-unknown",
        }
        async with scene.nothing_changes():
            for text, id in said.items():
                await sara.writes(text)
                await sara.sees(id)
                await sara.sees("home-newcomer")
            await sara.writes("/code")
            await sara.sees("code-ask")
            await sara.writes("کد ندارم")
            await sara.sees("code-malformed")
            await sara.sees("home-newcomer")


@both_languages
async def test_nobody_invites_themself_and_a_member_keeps_their_place(tmp_path: Path, language: Language) -> None:
    async with open_scene(tmp_path, language) as scene:
        nader, sara = await scene.enter("nader"), await scene.enter("sara")
        await sara.writes("/link")
        await sara.sees("link-to-forward")
        code = min((await sara.sees("link-card")).copy_texts, key=len)
        async with scene.nothing_changes():
            await nader.opens(scene.stage.links["nader"])
            await nader.sees("code-own")
            await nader.sees("home-member")
            await nader.writes(f"/code {code.lower()}")
            await nader.sees("code-of-another-for-member")
            await nader.sees("home-member")
            await sara.sees("friend-was-member", friend=scene.stage.words.name("nader"))


# --- amounts


@both_languages
async def test_amounts_that_cannot_be_taken_are_told_and_asked_again(tmp_path: Path, language: Language) -> None:
    async with open_scene(tmp_path, language) as scene:
        nader = await scene.enter("nader")
        await scene.buys("karim", 100_000)
        toman_itself: dict[str, Argument] = {"currency": Unit(Currency.of("IRT"))}
        async with scene.nothing_changes():
            await nader.writes("/withdraw")
            await nader.sees("withdraw-ask-amount", available=toman(20_000))
            wrong: Answers = {
                **answers({"all of it": "refused-not_an_amount", "سیصد تومان": "refused-not_an_amount"}),
                **answers({"-5000": "refused-negative_amount", "−۵۰۰۰": "refused-negative_amount"}),
                **answers({"0": "refused-zero_amount", "۰ تومان": "refused-zero_amount"}),
                **answers({"12,50": "refused-ambiguous_amount", "9" * 17: "refused-amount_too_large"}),
                **answers({"5000" * 1000: "refused-not_an_amount", "5000; DROP TABLE": "refused-not_an_amount"}),
                "12.5": ("refused-fractional_amount", toman_itself),
                "15000 ریال": ("refused-wrong_unit", {**toman_itself, "found": Unit(Currency.of("IRR"))}),
                "20001": ("refused-insufficient_funds", {"available": toman(20_000)}),
                "۱۹۹۹": ("refused-below_minimum", {"minimum": toman(2_000)}),
            }
            await scene.is_answered(nader, wrong)
            await nader.writes("۱۵ هزار تومان")
            await nader.sees("withdraw-ask-destination", amount=toman(15_000))


@both_languages
@pytest.mark.parametrize("amount", ["15000", "۱۵۰۰۰", "١٥٠٠٠", "۱۵٬۰۰۰ تومان", "15,000"])
async def test_persian_digits_and_separators_are_fine(tmp_path: Path, language: Language, amount: str) -> None:
    async with open_scene(tmp_path, language) as scene:
        nader = await scene.enter("nader")
        await scene.buys("karim", 100_000)
        await nader.writes(f"/withdraw {amount} {CARD}")
        await nader.sees("withdraw-confirm", amount=toman(15_000))


@both_languages
async def test_a_decimal_comma_is_not_guessed_at_in_dollars(tmp_path: Path, language: Language) -> None:
    async with open_scene(tmp_path, language, IN_DOLLARS) as scene:
        nader = await scene.enter("nader")
        await scene.buys("karim", 100_00)
        async with scene.nothing_changes():
            await nader.writes("/withdraw")
            await nader.sees("withdraw-ask-amount")
            for text in ("12,50", "۱۲٬۵۰"):
                await nader.writes(text)
                await nader.sees("refused-ambiguous_amount")
            await nader.writes("12.5055")
            await nader.sees("refused-fractional_amount", currency=Unit(Currency.of("USD")))
            await nader.writes("۱۲٫۵۰")
            await nader.sees("withdraw-ask-destination")


# --- destinations


@both_languages
async def test_a_wrong_destination_is_told_what_is_wrong_and_never_echoed_whole(
    tmp_path: Path, language: Language
) -> None:
    async with open_scene(tmp_path, language) as scene:
        nader = await scene.enter("nader")
        await scene.buys("karim", 100_000)
        wrong_sheba, wrong_card, impossible = f"{SHEBA[:-1]}3", f"{CARD[:-1]}5", f"IR00{SHEBA[4:]}"
        wrong: Answers = {
            wrong_sheba: ("refused-wrong_check_digits", {"masked": Text("IR82 •••• 9003")}),
            impossible: ("refused-wrong_check_digits", {"masked": Text("IR00 •••• 9002")}),
            wrong_card: ("refused-wrong_card_number", {"masked": Text("6037 99** **** 0005")}),
            FOREIGN_IBAN: ("refused-unknown_country", {"country": Text("DE")}),
            **answers({SHEBA[:-1]: "refused-wrong_sheba_length", CARD[:-1]: "refused-wrong_length"}),
            **answers({"my card": "refused-not_digits", "😀": "refused-not_digits"}),
        }
        async with scene.nothing_changes():
            await nader.writes("/withdraw 5000")
            await nader.sees("withdraw-ask-destination", amount=toman(5_000))
            await scene.is_answered(nader, wrong)
            for text, (id, arguments) in wrong.items():
                await nader.writes(f"/withdraw 5000 {text}")
                await nader.sees(id, **arguments)
        spoken = await spoken_to(nader)
        assert not [number for number in (wrong_sheba, wrong_card, impossible, FOREIGN_IBAN) if number in spoken]


async def spoken_to(person: Actor) -> str:
    return "\n".join(card.text for card in await person.phone.messages())


# --- people


@both_languages
async def test_names_with_markup_direction_marks_or_4000_letters_do_no_harm(tmp_path: Path, language: Language) -> None:
    async with open_scene(tmp_path, language) as scene:
        nader = await scene.enter("nader")
        names = {
            '<b>Sara</b> & "co" <script>': '<b>Sara</b> & "co" <script>',
            "\u202eSara\u2066\nKarim": "Sara Karim",
            "A" * 4000: "A" * 64,
            "\u200f\u3164": NAMELESS,
        }
        for number, (given, shown) in enumerate(names.items()):
            friend = await scene.somebody(198 + number, given)
            await friend.opens(scene.stage.links["nader"])
            await friend.sees("home-friend", news=Term("home-inviter", inviter=scene.stage.words.name("nader")))
            await nader.sees("notice-friend-came", friend=Text(shown))
        await scene.playground.assert_no_violations()
        await scene.stage.is_quiet()


@both_languages
async def test_texts_of_4000_letters_are_answered_wherever_text_is_taken(tmp_path: Path, language: Language) -> None:
    async with open_scene(tmp_path, language) as scene:
        nader, hamid = await scene.enter("nader"), await scene.admin("hamid")
        await scene.buys("karim", 100_000)
        long = "<b>" + "ن" * 4000
        said = answers(
            {
                long: "unknown-text",
                f"/withdraw {long}": "refused-not_an_amount",
                f"/withdraw 5000 {long}": "refused-not_digits",
                f"/why {long}": "refused-no_such_friend",
                f"/cancel_withdrawal {long}": "refused-unknown_withdrawal",
            }
        )
        by_admin = answers(
            {
                f"/purchase {long} 1000": "refused-nobody_found",
                f"/purchase @karim 1000 {long}": "refused-too_long",
                f"/adjust @nader 1000 {long}": "refused-too_long",
                f"/refund {long}": "refused-too_long",
                f"/approve {long}": "refused-not_a_number",
                f"/why {long}": "refused-nothing_found",
            }
        )
        async with scene.nothing_changes():
            await scene.is_answered(nader, said)
            await scene.is_answered(hamid, by_admin)


# --- what is no text, and where nobody should talk of money


@both_languages
async def test_photos_and_stickers_are_no_answers_and_the_question_stays(tmp_path: Path, language: Language) -> None:
    async with open_scene(tmp_path, language) as scene:
        nader = await scene.enter("nader")
        await scene.buys("karim", 100_000)
        async with scene.nothing_changes():
            await nader.phone.send_sticker()
            await nader.sees("unknown-text")
            await nader.writes("/withdraw")
            await nader.sees("withdraw-ask-amount")
            for send in (nader.phone.send_sticker, nader.phone.send_photo, nader.phone.send_document):
                await send()
                await nader.sees("text-expected")
            await nader.phone.send_photo(caption="5000")
            await nader.sees("text-expected")
            await nader.writes("5000")
            await nader.sees("withdraw-ask-destination", amount=toman(5_000))
            await nader.writes("/cancel")
            await nader.sees("dialogue-cancelled")
            await nader.writes("5000")
            await nader.sees("unknown-text")


@both_languages
async def test_a_group_gets_a_link_to_the_private_chat_and_no_word_more(tmp_path: Path, language: Language) -> None:
    async with open_scene(tmp_path, language) as scene:
        await scene.playground.add_group(-500, "Friends")
        async with scene.nothing_changes():
            for text in ("/balance", "/link", "/purchase @karim 1000"):
                before = await group_messages(scene)
                await says_in_group(scene, text)
                (answer,) = await group_messages(scene, more_than=len(before))
                (expected,) = scene.stage.words.parts("group-talk-in-private")[:1]
                assert expected in answer
                assert f"https://t.me/{scene.playground.bot_username}" in answer
            before = await group_messages(scene)
            await says_in_group(scene, "hello everybody")
            await says_in_group(scene, "/help")
            assert len(await group_messages(scene, more_than=len(before))) == 1


async def says_in_group(scene: Scene, text: str) -> None:
    nader = await scene.enter("nader")
    await scene.playground.post(f"users/{nader.phone.id}/say", {"text": text, "chat_id": -500})


async def group_messages(scene: Scene, more_than: int | None = None) -> list[str]:
    """What the bot has said in the group; with `more_than` what came after so many, waiting for it."""
    if more_than is not None:
        seen = 0
        while len(await group_messages(scene)) <= more_than:
            events = await scene.playground.events(after=seen, chat_id=-500, timeout=5)
            assert events, "the group was not answered"
            seen = events[-1]["seq"]
    chat = await scene.playground.get("chats/-500")
    texts = [str(each["text"]) for each in chat["messages"] if each["from"]["is_bot"]]
    return texts[more_than or 0 :]
