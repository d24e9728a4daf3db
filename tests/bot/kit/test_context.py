from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from bot.kit.buttons import Button, Copy, Press, Share, Url
from bot.kit.context import DRAFT_LIFE_MS, Context, MessageRef
from bot.kit.dialogues import Dialogue, Step
from bot.kit.effects import Draft, Outgoing, Toast
from bot.kit.errors import DraftGone, DraftUsed, NotYours
from bot.kit.formatting import Link, Text
from bot.kit.keyboards import Rows
from bot.kit.person import Person

Make = Callable[..., Context]
NOW = 1_774_051_200_000


@dataclass(frozen=True)
class Open(Button, prefix="open"):
    number: int


def persian(name: str, chat_id: int) -> Person:
    return Person(name, chat_id, name, None, "fa", is_admin=False, blocked=False)


def test_an_answer_is_html_without_link_previews(make_context: Make) -> None:
    ctx = make_context()
    ctx.say("refused-unknown_order", order=Text("<1>"), reference="R-1")
    assert ctx.effects.outgoing == [
        Outgoing(
            101,
            "sendMessage",
            {
                "text": "There is no order with the number \u2068&lt;1&gt;\u2069.",
                "parse_mode": "HTML",
                "link_preview_options": {"is_disabled": True},
            },
            reference="R-1",
        )
    ]


def test_after_a_press_the_first_answer_takes_the_message_s_place_and_the_second_is_new(make_context: Make) -> None:
    ctx = make_context(data="open:1", message=MessageRef(17, has_picture=False))
    ctx.say("dialogue-cancelled")
    ctx.say("unknown-text")
    edit, new = ctx.effects.outgoing
    assert (edit.method, edit.params["message_id"]) == ("editMessageText", 17)
    assert edit.fallback == {each: value for each, value in edit.params.items() if each != "message_id"}
    assert (new.method, new.fallback) == ("sendMessage", None)


@pytest.mark.parametrize(
    ("message", "new"),
    [(MessageRef(17, has_picture=True), False), (MessageRef(17, has_picture=False), True), (None, False)],
)
def test_pictures_receipts_and_lost_messages_are_never_edited(
    make_context: Make, message: MessageRef | None, new: bool
) -> None:
    ctx = make_context(data="open:1", message=message)
    ctx.say("dialogue-cancelled", new=new)
    assert [each.method for each in ctx.effects.outgoing] == ["sendMessage"]


def test_a_picture_is_sent_by_its_recipe_with_the_text_below(make_context: Make) -> None:
    ctx = make_context(data="open:1", message=MessageRef(17, has_picture=False))
    recipe = {"kind": "qr", "link": ctx.bot.link("NADER"), "code": "NADER"}
    ctx.say("unknown-text", picture=recipe)
    words = "Sorry, I didn't get that. Use the buttons below or /help"
    assert ctx.effects.outgoing == [
        Outgoing(
            101,
            "sendPhoto",
            {"caption": words, "parse_mode": "HTML"},
            picture={"kind": "qr", "link": "https://t.me/moaref_shop_bot?start=NADER", "code": "NADER"},
            fallback={"text": words, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}},
        )
    ]


def test_a_picture_of_the_web_is_fetched_by_the_platform(make_context: Make) -> None:
    ctx = make_context()
    ctx.say("unknown-text", picture={"address": "https://shop.example/a.png"})
    (outgoing,) = ctx.effects.outgoing
    assert (outgoing.method, outgoing.picture) == ("sendPhoto", None)
    assert outgoing.params["photo"] == "https://shop.example/a.png"


def test_rows_become_a_keyboard_that_persian_reads_from_the_right(make_context: Make) -> None:
    rows: Rows = [
        [Press("button-help", Open(3), "danger"), Copy("currency-USD", "NADER")],
        [],
        [Share("currency-EUR", "come & see", "https://t.me/b?start=N"), Url("currency-GBP", "https://t.me/b")],
    ]
    ctx = make_context()
    ctx.say("unknown-text", rows=rows)
    keyboard = ctx.effects.outgoing[0].params["reply_markup"]["inline_keyboard"]
    assert keyboard == [
        [
            {"text": "Help", "callback_data": "open:3", "style": "danger"},
            {"text": "dollars", "copy_text": {"text": "NADER"}},
        ],
        [
            {
                "text": "euros",
                "url": "https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fb%3Fstart%3DN&text=come%20%26%20see",
            },
            {"text": "pounds", "url": "https://t.me/b"},
        ],
    ]
    ctx = make_context(person=persian("SARA", 7), chat_id=7)
    ctx.say("unknown-text", rows=rows)
    mirrored = ctx.effects.outgoing[0].params["reply_markup"]["inline_keyboard"]
    assert [[each["text"] for each in row] for row in mirrored] == [
        ["دلار", "راهنما"],
        ["پوند", "یورو"],
    ]


def test_a_row_that_is_too_wide_for_a_phone_becomes_several(make_context: Make) -> None:
    ctx = make_context()
    ctx.say("unknown-text", rows=[[Press("command-cancel", Open(3)), Copy("currency-USD", "NADER")]])
    keyboard = ctx.effects.outgoing[0].params["reply_markup"]["inline_keyboard"]
    assert [[each["text"] for each in row] for row in keyboard] == [["Stop what is being asked"], ["dollars"]]


def test_others_are_told_in_their_own_language(make_context: Make) -> None:
    ctx = make_context(data="open:1", message=MessageRef(17, has_picture=False))
    ctx.tell(persian("SARA", 7), "dialogue-cancelled")
    assert (ctx.effects.outgoing[0].chat_id, ctx.effects.outgoing[0].method) == (7, "sendMessage")
    assert ctx.effects.outgoing[0].params["text"] == "متوقف شد. چیزی تغییر نکرد."


def test_a_chosen_language_holds_at_once(make_context: Make) -> None:
    ctx = make_context()
    ctx.speak("fa")
    ctx.say("dialogue-cancelled")
    assert ctx.effects.outgoing[0].params["text"] == "متوقف شد. چیزی تغییر نکرد."
    assert ctx.effects.language == "fa"


def test_a_toast_is_plain_and_at_most_two_hundred_characters(make_context: Make) -> None:
    ctx = make_context()
    ctx.toast("refused-unknown_order", order=Text("<1>"), alert=True)
    assert ctx.effects.toast == Toast("There is no order with the number \u2068<1>\u2069.", alert=True)
    ctx.toast("refused-unknown_order", order=Text("x" * 4000))
    assert ctx.effects.toast is not None
    assert len(ctx.effects.toast.text) <= 200


def test_texts_and_captions_too_long_for_the_platform_are_cut(make_context: Make) -> None:
    ctx = make_context()
    ctx.say("group-talk-in-private", link=Link("x" * 9000))
    ctx.say("group-talk-in-private", link=Link("x" * 9000), picture={"kind": "qr"})
    assert [len(ctx.effects.outgoing[0].params["text"]), len(ctx.effects.outgoing[1].params["caption"])] == [4096, 1024]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/purchase 102  100000\tshoe", ["102", "100000", "shoe"]),
        ("/balance", []),
        ("۱۵ هزار", ["۱۵", "هزار"]),
        (None, []),
    ],
)
def test_words_are_a_command_s_arguments(make_context: Make, text: str | None, words: list[str]) -> None:
    assert make_context(text=text).words == words


class AmountAsked(Step, frozen=True, tag="withdraw-amount"):
    currency: str


def test_asking_and_ending_are_recorded(make_context: Make) -> None:
    ctx = make_context()
    ctx.ask(AmountAsked("IRT"))
    assert (ctx.effects.dialogue, ctx.effects.dialogue_changed) == (
        Dialogue("withdraw-amount", '{"currency":"IRT"}', NOW),
        True,
    )
    ctx.end()
    assert (ctx.effects.dialogue, ctx.effects.dialogue_changed) == (None, True)


async def test_a_draft_is_opened_once_by_its_owner(make_context: Make, drafts: dict[str, Draft]) -> None:
    ctx = make_context()
    token = ctx.draft("withdraw", amount=15_000)
    assert len(token) == 8
    assert ctx.effects.drafts == [Draft(token, "NADER", "withdraw", {"amount": 15_000}, NOW)]
    drafts[token] = ctx.effects.drafts[0]

    again = make_context(key="update:124")
    draft = await again.open(token, "withdraw")
    again.use(draft)
    assert (draft.values, again.effects.used) == ({"amount": 15_000}, [token])


@pytest.mark.parametrize(
    ("changes", "kind", "refusal"),
    [
        ({"used": True}, "withdraw", DraftUsed),
        ({"person": "SARA"}, "withdraw", NotYours),
        ({"person": "SARA", "used": True}, "withdraw", NotYours),
        ({"at": NOW - DRAFT_LIFE_MS - 1}, "withdraw", DraftGone),
        ({}, "purchase", DraftGone),
        ({"token": "another"}, "withdraw", DraftGone),
    ],
)
async def test_a_card_used_foreign_old_or_unknown_is_not_opened(
    make_context: Make, drafts: dict[str, Draft], changes: dict[str, Any], kind: str, refusal: type[Exception]
) -> None:
    content: dict[str, Any] = {"token": "abcdefgh", "person": "NADER", "kind": "withdraw", "values": {}, "at": NOW}
    draft = Draft(**{**content, **changes})
    drafts[draft.token] = draft
    with pytest.raises(refusal):
        await make_context().open("abcdefgh", kind)


def test_links_are_made_from_the_pattern_and_keys_from_the_update(make_context: Make) -> None:
    ctx = make_context()
    assert ctx.bot.link("K7") == "https://t.me/moaref_shop_bot?start=K7"
    assert ctx.bot.home == "https://t.me/moaref_shop_bot"
    assert ctx.key_for("purchase") == "update:123:purchase"


def test_a_command_s_words_are_split_once_until_the_text_is_another(make_context: Make) -> None:
    ctx = make_context(text="/Purchase@Shop_Bot  101 \u06f5\u06f0")
    assert (ctx.split.command, ctx.split.addressed, ctx.words) == ("purchase", "shop_bot", ["101", "\u06f5\u06f0"])
    assert ctx.words is ctx.words
    ctx.text = "two words"
    assert (ctx.split.command, ctx.words) == (None, ["two", "words"])


@pytest.mark.parametrize(
    ("text", "command"), [("/", ""), ("/ start", ""), ("", None), (None, None), ("a /start", None)]
)
def test_only_a_first_word_with_a_slash_is_a_command(make_context: Make, text: str | None, command: str | None) -> None:
    assert make_context(text=text).split.command == command
