from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import pytest

from bot.kit.amounts import parse_amount
from bot.kit.buttons import Button
from bot.kit.context import Context
from bot.kit.dialogues import Dialogue, Step
from bot.kit.feature import Command, Feature, on, on_answer, on_plain_answer
from bot.kit.formatting import Text
from bot.kit.menus import menus
from bot.kit.person import Person
from bot.kit.router import DIALOGUE_LIFE_MS, route
from bot.kit.routes import Routes
from bot.kit.texts import Texts
from engine.errors import AlreadySettled, InsufficientFunds, KeyReused

Make = Callable[..., Context]
NOW = 1_774_051_200_000


class AmountAsked(Step, frozen=True, tag="amount"):
    kind: str


class PhotoAsked(Step, frozen=True, tag="photo"):
    pictures: ClassVar[bool] = True


class AdminAsked(Step, frozen=True, tag="amount"):
    admin: ClassVar[bool] = True
    kind: str


ASKED = Dialogue.asking(AmountAsked("withdraw"), NOW - 1)


@dataclass(frozen=True)
class Page(Button, prefix="page"):
    number: int


@dataclass(frozen=True)
class Approve(Button, prefix="app", admin=True):
    number: int


def someone(*, admin: bool = False, language: Any = "en") -> Person:
    return Person("NADER", 101, "Nader", "nader", language, is_admin=admin, blocked=False)


class Shop:
    """A small feature that notes which of its handlers ran, and with what."""

    def __init__(self) -> None:
        self.ran: list[Any] = []
        self.feature = Feature(
            "shop",
            commands=(
                Command("balance", self.balance),
                Command("approve", self.approve, admin=True),
                Command("secret", self.balance, menu=False),
            ),
            buttons=(on(Page, self.page), on(Approve, self.page)),
            steps=(on_answer(AmountAsked, self.amount),),
        )

    async def balance(self, ctx: Context) -> None:
        self.ran.append(("balance", ctx.words))

    async def approve(self, ctx: Context) -> None:
        self.ran.append(("approve", ctx.words))

    async def page(self, _ctx: Context, button: Button) -> None:
        self.ran.append(button)

    async def amount(self, ctx: Context, _step: Step) -> None:
        self.ran.append(parse_amount(ctx.text or "", ctx.bot.currency))


@pytest.fixture
def shop() -> Shop:
    return Shop()


def said(ctx: Context) -> list[str]:
    return [each.params["text"] for each in ctx.effects.outgoing]


@pytest.mark.parametrize("text", ["/balance 1  2", "/Balance 1 2", "/balance@moaref_shop_bot 1 2", "/balance\n1 2"])
async def test_a_command_runs_its_handler(make_context: Make, shop: Shop, text: str) -> None:
    await route([shop.feature], make_context(text=text))
    assert shop.ran == [("balance", ["1", "2"])]


@pytest.mark.parametrize("text", ["/balanc", "/", "/ balance", "/balance@other_bot"])
async def test_an_unknown_command_gets_a_helpful_answer_and_leaves_the_dialogue(
    make_context: Make, shop: Shop, text: str
) -> None:
    ctx = make_context(text=text, dialogue=ASKED)
    await route([shop.feature], ctx)
    assert (shop.ran, said(ctx)) == ([], ["I don't know that command. See what I can do: /help"])
    assert not ctx.effects.dialogue_changed


async def test_an_admin_s_command_looks_unknown_to_others_and_is_logged(
    make_context: Make, shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    known, unknown = make_context(text="/approve 17"), make_context(text="/nonsense 17")
    await route([shop.feature], known)
    await route([shop.feature], unknown)
    assert (shop.ran, said(known)) == ([], said(unknown))
    assert [each.getMessage() for each in caplog.records] == ["admin's command refused: NADER sent /approve"]


async def test_an_admin_s_command_runs_for_an_admin(make_context: Make, shop: Shop) -> None:
    await route([shop.feature], make_context(text="/approve 17", person=someone(admin=True)))
    assert shop.ran == [("approve", ["17"])]


async def test_a_button_runs_its_handler(make_context: Make, shop: Shop) -> None:
    await route([shop.feature], make_context(data="page:2"))
    assert shop.ran == [Page(2)]


@pytest.mark.parametrize("data", ["pag:2", "page:x", "page", "", "app:17", "💣"])
async def test_an_old_or_forged_button_is_answered_with_an_alert(make_context: Make, shop: Shop, data: str) -> None:
    ctx = make_context(data=data)
    await route([shop.feature], ctx)
    assert (shop.ran, said(ctx)) == ([], [])
    assert ctx.effects.toast is not None
    assert ctx.effects.toast.text == "This button has expired. Please start again."


async def test_an_admin_s_button_runs_for_an_admin(make_context: Make, shop: Shop) -> None:
    await route([shop.feature], make_context(data="app:17", person=someone(admin=True)))
    assert shop.ran == [Approve(17)]


@pytest.mark.parametrize("chat_id", [102, -100, None])
async def test_a_button_in_somebody_else_s_chat_is_not_yours(
    make_context: Make, shop: Shop, chat_id: int | None
) -> None:
    ctx = make_context(data="page:2", chat_id=chat_id)
    await route([shop.feature], ctx)
    assert (shop.ran, ctx.effects.toast and ctx.effects.toast.text) == ([], "This button is not for you.")


async def test_text_answers_what_is_being_asked(make_context: Make, shop: Shop) -> None:
    await route([shop.feature], make_context(text="۱۵ هزار", dialogue=ASKED))
    assert shop.ran == [15_000]


async def test_an_answer_that_cannot_be_taken_is_explained_and_the_question_stays(
    make_context: Make, shop: Shop
) -> None:
    ctx = make_context(text="a lot", dialogue=ASKED)
    await route([shop.feature], ctx)
    assert said(ctx) == ["I can't read that amount. Please write it in digits, such as 15000 or 15 thousand."]
    assert not ctx.effects.dialogue_changed


async def test_an_answer_after_a_day_is_not_taken(make_context: Make, shop: Shop) -> None:
    ctx = make_context(text="15000", dialogue=replace(ASKED, at=NOW - DIALOGUE_LIFE_MS - 1))
    await route([shop.feature], ctx)
    assert (shop.ran, ctx.effects.dialogue_changed, len(said(ctx))) == ([], True, 1)
    assert said(ctx)[0].startswith("That question has expired")


@pytest.mark.parametrize("content", ["{}", '{"kind": 5}', '{"kind": "withd', ""])
@pytest.mark.parametrize("step", ["amount", "step-of-an-older-version"])
async def test_a_question_that_cannot_be_read_has_expired(
    make_context: Make, shop: Shop, step: str, content: str
) -> None:
    dialogue = Dialogue(step, content, NOW)
    ctx, sticker = make_context(text="15000", dialogue=dialogue), make_context(dialogue=dialogue)
    await route([shop.feature], ctx)
    assert (shop.ran, ctx.effects.dialogue, ctx.effects.dialogue_changed) == ([], None, True)
    assert [text[:38] for text in said(ctx)] == ["That question has expired, so your ans"]
    await route([shop.feature], sticker)
    assert said(sticker) == ["Sorry, I didn't get that. Use the buttons below or /help"]


async def test_other_text_gets_a_helpful_answer(make_context: Make, shop: Shop) -> None:
    ctx = make_context(text="hello")
    await route([shop.feature], ctx)
    assert said(ctx) == ["Sorry, I didn't get that. Use the buttons below or /help"]


async def test_a_photo_goes_to_the_steps_that_take_one_and_to_no_other(make_context: Make, shop: Shop) -> None:
    photographed: list[str | None] = []

    async def take(ctx: Context) -> None:
        photographed.append(ctx.photo)

    feature = Feature("album", steps=(on_plain_answer(PhotoAsked, take),))
    features = (shop.feature, feature)
    await route(features, make_context(dialogue=Dialogue.asking(PhotoAsked(), NOW - 1), photo="photo-1"))
    elsewhere = make_context(dialogue=ASKED, photo="photo-1")
    await route(features, elsewhere)
    await route(features, make_context(photo="photo-1"))
    assert photographed == ["photo-1"]
    assert shop.ran == []
    assert said(elsewhere) == ["Please answer with text. To stop: /cancel"]


async def test_a_sticker_where_text_is_expected_leaves_the_question(make_context: Make, shop: Shop) -> None:
    asked, idle = make_context(dialogue=ASKED), make_context()
    await route([shop.feature], asked)
    await route([shop.feature], idle)
    assert said(asked) == ["Please answer with text. To stop: /cancel"]
    assert said(idle) == ["Sorry, I didn't get that. Use the buttons below or /help"]
    assert not asked.effects.dialogue_changed


async def test_a_command_ends_what_was_being_asked(make_context: Make, shop: Shop) -> None:
    ctx = make_context(text="/balance", dialogue=ASKED)
    await route([shop.feature], ctx)
    assert (ctx.effects.dialogue, ctx.effects.dialogue_changed) == (None, True)


@pytest.mark.parametrize(
    ("dialogue", "answer"), [(ASKED, "Cancelled. Nothing changed."), (None, "There is nothing to cancel.")]
)
async def test_cancel_always_works(make_context: Make, shop: Shop, dialogue: Dialogue | None, answer: str) -> None:
    ctx = make_context(text="/cancel", dialogue=dialogue)
    await route([shop.feature], ctx)
    assert said(ctx) == [answer]
    assert ctx.effects.dialogue_changed is (dialogue is not None)


async def test_in_a_group_there_is_one_answer_and_only_to_commands(make_context: Make, shop: Shop) -> None:
    command, talk, photo = (
        make_context(text=text, chat_id=-100, dialogue=ASKED) for text in ("/balance", "15000", None)
    )
    for ctx in (command, talk, photo):
        await route([shop.feature], ctx)
    assert shop.ran == []
    assert command.effects.outgoing[0].chat_id == -100
    assert said(command) == ["Please message me in private:\nhttps://t.me/moaref_shop_bot"]
    assert said(talk) == said(photo) == []


@pytest.mark.parametrize("text", ["/balance@moaref_shop_bot", "/BALANCE@Moaref_Shop_Bot now", "/balance"])
async def test_in_a_group_our_commands_are_answered(make_context: Make, shop: Shop, text: str) -> None:
    ctx = make_context(text=text, chat_id=-100)
    await route([shop.feature], ctx)
    assert len(said(ctx)) == 1


@pytest.mark.parametrize(
    "text", ["/balance@other_bot", "/start@other_bot x", "/weather", "/weather@moaref_shop_bot", "/", "/usr/bin", "/ x"]
)
async def test_in_a_group_other_bots_commands_and_unknown_ones_are_left_alone(
    make_context: Make, shop: Shop, text: str
) -> None:
    ctx = make_context(text=text, chat_id=-100)
    await route([shop.feature], ctx)
    assert said(ctx) == []


async def test_an_answer_stays_in_the_topic_of_its_question(make_context: Make, shop: Shop) -> None:
    ctx = make_context(text="/balance", chat_id=-100, topic=7)
    await route([shop.feature], ctx)
    assert ctx.effects.outgoing[0].params["message_thread_id"] == 7
    plain = make_context(text="/balance", chat_id=-100)
    await route([shop.feature], plain)
    assert "message_thread_id" not in plain.effects.outgoing[0].params


async def test_what_somebody_else_wrote_is_no_command_and_no_answer(make_context: Make, shop: Shop) -> None:
    for dialogue in (None, ASKED):
        ctx = make_context(text=None, forwarded=True, dialogue=dialogue)
        await route([shop.feature], ctx)
        assert said(ctx) == ["I can't use forwarded messages or other bots' cards here. Please type it yourself."]
        assert not ctx.effects.dialogue_changed, "the question stays"
    assert shop.ran == []


def refusing(error: Exception) -> Feature:
    async def handler(ctx: Context, _button: Page | None = None) -> None:
        ctx.say("dialogue-cancelled")
        ctx.ask(AmountAsked("withdraw"))
        ctx.draft("withdraw")
        ctx.speak("fa")
        raise error

    return Feature("refusing", commands=(Command("go", handler),), buttons=(on(Page, handler),))


async def test_a_refusal_is_told_with_its_values_and_leaves_nothing_else(make_context: Make) -> None:
    ctx = make_context(text="/go", person=someone(language="fa"))
    await route([refusing(InsufficientFunds(13_000))], ctx)
    assert said(ctx) == ["موجودی کافی نیست؛ الان تا ۱۳٬۰۰۰ تومان می‌توانید برداشت کنید."]
    assert (ctx.effects.drafts, ctx.effects.language, ctx.effects.dialogue_changed) == ([], None, False)


async def test_a_refused_press_is_told_in_an_alert(make_context: Make) -> None:
    ctx = make_context(data="page:1")
    await route([refusing(AlreadySettled("W1", "paid"))], ctx)
    assert said(ctx) == []
    assert ctx.effects.toast is not None
    assert (ctx.effects.toast.text, ctx.effects.toast.alert) == ("This has already been paid.", True)


async def test_a_feature_may_explain_a_refusal_better(make_context: Make) -> None:
    plain = refusing(AlreadySettled("W1", "paid"))
    feature = Feature(
        "x", plain.commands, refusals={InsufficientFunds: lambda _error, _ctx: {"available": Text("a bit")}}
    )
    error = Feature("y", (Command("stop", refusing(InsufficientFunds(5)).commands[0].run),))
    ctx = make_context(text="/stop")
    await route([feature, error], ctx)
    assert said(ctx) == ["You can withdraw up to \u2068a bit\u2069 right now."]


async def test_a_mistake_of_ours_is_not_told_as_theirs(make_context: Make) -> None:
    with pytest.raises(KeyReused):
        await route([refusing(KeyReused("update:1"))], make_context(text="/go"))


def test_two_features_cannot_claim_the_same_command_button_or_step(shop: Shop) -> None:
    with pytest.raises(ValueError, match="'balance'"):
        Routes([shop.feature, shop.feature])
    with pytest.raises(ValueError, match="'page'"):
        Routes([Feature("a", buttons=(on(Page, shop.page),)), Feature("b", buttons=(on(Page, shop.page),))])
    with pytest.raises(ValueError, match="'amount'"):
        Routes([Feature("a", steps=(on_answer(each, shop.amount),)) for each in (AmountAsked, AdminAsked)])
    with pytest.raises(ValueError, match="'cancel'"):
        Routes([Feature("a", commands=(Command("cancel", shop.balance),))])


def test_menus_show_admins_their_own_commands_in_every_language(texts: Texts, shop: Shop) -> None:
    described = Feature(
        "x", commands=(Command("approve", shop.approve, admin=True), Command("secret", shop.balance, menu=False))
    )
    calls = menus([described], _Describing(texts), [900])
    assert [(each["scope"]["type"], each.get("language_code")) for each in calls] == [
        ("all_private_chats", None),
        ("all_private_chats", "fa"),
        ("all_private_chats", "en"),
        ("chat", None),
        ("chat", "fa"),
        ("chat", "en"),
    ]
    assert [each["command"] for each in calls[0]["commands"]] == ["cancel"]
    assert calls[4]["commands"] == [
        {"command": "approve", "description": "fa command-approve"},
        {"command": "cancel", "description": "fa command-cancel"},
    ]
    assert calls[3]["scope"] == {"type": "chat", "chat_id": 900}


class _Describing(Texts):
    """A catalogue that has a description for any command."""

    def __init__(self, texts: Texts) -> None:
        self.__dict__.update(texts.__dict__)

    def plain(self, language: Any, message_id: str, /, **arguments: Any) -> str:
        return f"{language} {message_id}" if not arguments else super().plain(language, message_id, **arguments)


async def test_a_refused_command_has_ended_what_was_being_asked_all_the_same(make_context: Make) -> None:
    """Else the words typed next would answer a question that the person has left: a payment's tracking code, say."""

    async def refuse(_ctx: Context) -> None:
        raise InsufficientFunds(available=5)

    ctx = make_context(text="/approve 99", dialogue=ASKED)
    await route([Feature("f", commands=(Command("approve", refuse),))], ctx)
    assert ctx.effects.dialogue_changed
    assert ctx.effects.dialogue is None


async def test_a_button_ends_what_was_being_asked_and_a_refused_one_does_not(make_context: Make, shop: Shop) -> None:
    pressed = make_context(data="page:3", dialogue=ASKED)
    await route([shop.feature], pressed)
    assert pressed.effects.dialogue_changed
    old = make_context(data="gone:3", dialogue=ASKED)
    await route([shop.feature], old)
    assert not old.effects.dialogue_changed


async def test_a_question_to_an_admin_takes_no_answer_from_somebody_who_is_none_any_more(
    make_context: Make, shop: Shop
) -> None:
    feature = Feature("f", steps=(on_answer(AdminAsked, shop.amount),))
    asked_as_admin = make_context(text="15000", dialogue=ASKED, person=someone())
    await route([feature], asked_as_admin)
    assert shop.ran == []
    assert asked_as_admin.effects.dialogue_changed
    await route([feature], make_context(text="15000", dialogue=ASKED, person=someone(admin=True)))
    assert shop.ran == [15_000]
