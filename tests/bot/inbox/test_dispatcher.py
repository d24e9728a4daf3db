import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random
from typing import Any, ClassVar, cast

import pytest
from telegram import Update

from bot.inbox.dispatcher import ADMINS_PAUSE_MS, UpdateDispatcher
from bot.kit.bot_facts import BotFacts
from bot.kit.context import Context
from bot.kit.dialogues import Step
from bot.kit.feature import Command, Feature, on_plain_answer
from bot.kit.imports import Document
from bot.kit.person import NAMELESS
from bot.kit.products import Catalogue
from bot.kit.routes import Routes
from bot.kit.services import ChatServices
from bot.kit.texts import LOCALE, Texts
from bot.runtime.signals import Topic
from bot.store.admins import AdminRoll
from bot.store.inbox import Received
from bot.store.preferences import CachedPreferences
from bot.store.update_results import UpdateOutcome
from engine.codes import new_code
from engine.exchange import Exchange
from engine.service import Engine
from engine.store.connection import connect
from engine.store.reader import Reader
from engine.store.sqlite import SqliteStore
from machine import ADMIN, Store
from stores import DIRECT


class NoteAsked(Step, frozen=True, tag="step"):
    of: str


class PhotoAsked(Step, frozen=True, tag="step"):
    pictures: ClassVar[bool] = True


class Rig:
    """A dispatcher whose one feature notes the contexts it is given."""

    def __init__(self, store: Store, engine: Engine) -> None:
        self.store = store
        self.engine = engine
        self.now = 1_000
        self.contexts: list[Context] = []
        returned = Topic[int]()
        self.returned = returned.subscribe(asyncio.Event())
        self._seq = 0
        facts = BotFacts(
            username="shop_bot",
            link_url="https://t.me/{bot}?start={code}",
            admins=frozenset({ADMIN}),
            texts={},
            currency=engine.programme.currency,
            zone="UTC",
            catalogue=Catalogue(Exchange(engine.programme.currency, {})),
        )
        services = ChatServices(
            engine=engine,
            people=store.people,
            admins=AdminRoll(store.writer, store.reader, owners=frozenset({ADMIN}), added=(), changed=Topic()),
            programme_file=cast(Any, None),
            drafts=store.drafts,
            broadcasts=store.broadcasts,
            delivery_statuses=store.delivery_statuses,
            preferences=CachedPreferences(store.reader),
            friends=cast(Any, None),
            links=cast(Any, None),
            figures=cast(Any, None),
            order_numbers=cast(Any, None),
            shop_problems=cast(Any, None),
            support=store.support,
            texts=Texts(LOCALE, strict=True),
        )
        self.dispatcher = UpdateDispatcher(
            services,
            store.people,
            facts=lambda: facts,
            routes=Routes([Feature("noting", commands=(Command("note", self._note),))]),
            random=Random(1),
            now=lambda: self.now,
            chat_returned=returned,
        )

    async def _note(self, context: Context) -> None:
        self.contexts.append(context)
        context.ask(NoteAsked("note"))

    def received(self, raw: dict[str, Any], seq: int | None = None) -> Received:
        self._seq = self._seq + 1 if seq is None else seq
        return Received(self._seq, raw["update_id"], None, json.dumps(raw), received_at=500)

    async def handle(self, raw: dict[str, Any], seq: int | None = None) -> UpdateOutcome:
        return await self.dispatcher.handle(Update.de_json(raw), self.received(raw, seq))


@pytest.fixture
async def rig(store: Store, tmp_path: Path) -> AsyncIterator[Rig]:
    path = tmp_path / "machine.db"
    connection = connect(path)
    SqliteStore.prepare(connection)
    connection.close()
    reader = await Reader.open(path)
    random = Random(2)
    engine = await Engine.open(
        store.writer, reader, vault=None, now=lambda: 1_000, new_code=lambda: new_code(random), tables=DIRECT
    )
    yield Rig(store, engine)
    await reader.close()


def user(id: int, **more: Any) -> dict[str, Any]:
    return {"id": id, "is_bot": False, "first_name": "Nader", "language_code": "fa-IR", **more}


def written(text: str | None, sender: dict[str, Any], chat: dict[str, Any] | None = None) -> dict[str, Any]:
    chat = chat or {"id": sender["id"], "type": "private", "first_name": "Nader"}
    message = {"message_id": 1, "date": 1, "from": sender, "chat": chat}
    return {"update_id": 7, "message": message if text is None else {**message, "text": text}}


def membership(sender: dict[str, Any], status: str) -> dict[str, Any]:
    chat = {"id": sender["id"], "type": "private", "first_name": "Nader"}
    bot = {"id": 1, "is_bot": True, "first_name": "Shop"}
    old, new = {"user": bot, "status": "member"}, {"user": bot, "status": status, "until_date": 0}
    change = {"chat": chat, "from": sender, "date": 1, "old_chat_member": old, "new_chat_member": new}
    return {"update_id": 8, "my_chat_member": change}


async def test_somebody_new_is_met_with_a_clean_name_and_their_clients_language(rig: Rig) -> None:
    name = "\u202e<b>Na\nder</b>" + "x" * 4000
    outcome = await rig.handle(written("/note", user(101, first_name=name, username="nader")))
    [context] = rig.contexts
    person = context.person
    assert (person.language, person.username, person.is_new, person.is_admin) == ("fa", "nader", True, False)
    assert len(person.name) <= 64
    assert not set(person.name) & set("\u202e\n")
    assert outcome.person_id == person.id
    assert (context.key, context.now, context.text) == ("update:1", 500, "/note")
    found = await rig.store.people.get(person.id)
    assert found is not None
    assert found.name == person.name


@pytest.mark.parametrize("name", ["\u200b", "\u3164", "\u202e\u200f"])
async def test_somebody_without_a_readable_name_is_not_called_by_their_number(rig: Rig, name: str) -> None:
    await rig.handle(written("/note", {**user(101, first_name=name), "username": None}))
    [context] = rig.contexts
    assert context.person.name == NAMELESS
    assert "101" not in context.person.name


async def test_they_are_new_once_also_when_their_first_update_is_handled_again(rig: Rig) -> None:
    for seq in (1, 1, 2):
        await rig.handle(written("/note", user(101)), seq)
    assert [context.person.is_new for context in rig.contexts] == [True, True, False]
    assert len({context.person.id for context in rig.contexts}) == 1


async def test_a_changed_name_is_written_down_and_a_chosen_language_stays(rig: Rig) -> None:
    await rig.handle(written("/note", user(101)))
    await rig.handle(written("/note", user(101, first_name="Babak", language_code="en")))
    person = rig.contexts[1].person
    assert (person.name, person.language) == ("Babak", "fa")
    assert await rig.store.people.get(person.id) == person


async def test_an_admin_is_known_by_their_id(rig: Rig) -> None:
    await rig.handle(written("/note", user(ADMIN)))
    assert rig.contexts[0].person.is_admin


async def test_the_dialogue_of_before_is_at_hand(rig: Rig) -> None:
    raw = written("/note", user(101))
    await rig.store.inbox.store([raw], now=500)
    [received] = await rig.store.inbox.waiting(0, 1)
    outcome = await rig.dispatcher.handle(Update.de_json(raw), received)
    await rig.store.outcomes.finish(received, outcome, now=600)
    await rig.handle(written("/note", user(101)), seq=2)
    dialogue = rig.contexts[1].dialogue
    assert rig.contexts[0].dialogue is not None
    assert rig.contexts[0].dialogue.at == 500
    assert dialogue is not None
    assert (dialogue.step, dialogue.content) == ("step", '{"of":"note"}')


async def test_in_a_dialogue_marks_and_photos_are_at_hand(rig: Rig) -> None:
    await rig.handle(written("/note", user(101)))
    person = rig.contexts[0].person
    put = "INSERT INTO dialogues (person, step, content, at) VALUES (?, 'step', '{}', 1)"
    await rig.store.writer.run(lambda db: db.execute(put, (person.id,)))
    marked = written("/note & more", user(101))
    marked["message"]["entities"] = [{"type": "bold", "offset": 6, "length": 6}]
    await rig.handle(marked)
    assert (rig.contexts[0].html, rig.contexts[1].html) == (None, "/note <b>&amp; more</b>")
    photo = written(None, user(101))
    sizes = [{"file_id": each, "file_unique_id": each, "width": 9, "height": 9} for each in ("small", "large")]
    photo["message"] |= {"photo": sizes, "caption": "shoes", "caption_entities": []}
    contexts: list[Context] = []

    async def take(context: Context) -> None:
        contexts.append(context)

    rig.dispatcher._routes = Routes([Feature("album", steps=(on_plain_answer(PhotoAsked, take),))])
    await rig.handle(photo)
    assert [(each.text, each.html, each.photo) for each in contexts] == [(None, "shoes", "large")]


async def test_a_stranger_in_a_group_is_answered_but_not_met(rig: Rig) -> None:
    group = {"id": -5, "type": "group", "title": "Friends"}
    outcome = await rig.handle(written("/note", user(101), group))
    assert [each.chat_id for each in outcome.effects.outgoing] == [-5]
    assert outcome.person_id is None
    assert await rig.store.people.find("101") is None
    assert rig.contexts == []


async def test_a_press_is_to_be_answered_whatever_it_was(rig: Rig) -> None:
    query = {"id": "press", "from": user(101), "chat_instance": "1", "data": "old:1"}
    outcome = await rig.handle({"update_id": 9, "callback_query": query})
    assert outcome.press == "press"
    assert outcome.effects.toast is not None


async def test_who_blocks_the_bot_is_marked_and_who_is_back_gets_what_waited(rig: Rig) -> None:
    await rig.handle(written("/note", user(101)))
    raw = membership(user(101), "kicked")
    await rig.store.inbox.store([raw], now=500)
    [received] = await rig.store.inbox.waiting(0, 1)
    outcome = await rig.dispatcher.handle(Update.de_json(raw), received)
    assert outcome.went_away == 101
    await rig.store.outcomes.finish(received, outcome, now=600)
    blocked = await rig.store.people.find("101")
    assert blocked is not None
    assert blocked.blocked
    await rig.handle(membership(user(101), "member"))
    back = await rig.store.people.find("101")
    assert back is not None
    assert not back.blocked
    assert list(rig.returned) == [101]


async def test_whoever_writes_is_back(rig: Rig) -> None:
    await rig.handle(written("/note", user(101)))
    await rig.store.outbox.mark_blocked(101, asked_at=10_000, now=10_000)
    await rig.handle(written("/note", user(101)))
    assert list(rig.returned) == [101]
    assert not rig.contexts[1].person.blocked


@pytest.mark.parametrize("kind", ["edited_message", "channel_post", "edited_channel_post"])
async def test_what_we_do_nothing_about_leads_to_nothing(rig: Rig, kind: str) -> None:
    raw = written("/note", user(101))
    assert await rig.handle({"update_id": 7, kind: raw["message"]}) == UpdateOutcome()
    assert await rig.handle(written("/note", user(102) | {"is_bot": True})) == UpdateOutcome()
    assert rig.contexts == []


async def test_a_mishap_is_told_to_the_person_and_to_admins_in_their_languages(rig: Rig) -> None:
    await rig.handle(written("/note", user(101)))
    await rig.handle(written("/note", user(ADMIN, first_name="Hamid", language_code="en")))
    raw = written("/fail", user(101))
    failed_update = await rig.dispatcher.apologise(rig.received(raw), raw)
    to_person, to_admin = failed_update.messages
    assert (to_person.chat_id, to_admin.chat_id) == (101, ADMIN)
    assert "مشکلی" in to_person.params["text"]
    assert "Nader" in to_admin.params["text"]
    for each in failed_update.messages:
        assert failed_update.reference in each.params["text"]
        assert each.reference == failed_update.reference


async def test_admins_hear_of_one_mishap_a_minute(rig: Rig) -> None:
    await rig.handle(written("/note", user(ADMIN)))
    raw = written("/fail", user(101))
    told = []
    for later in (0, ADMINS_PAUSE_MS - 1, 1):
        rig.now += later
        told.append([each.chat_id for each in (await rig.dispatcher.apologise(rig.received(raw), raw)).messages])
    assert told == [[101, ADMIN], [101], [101, ADMIN]]


@pytest.mark.parametrize(
    ("raw", "press", "told"),
    [
        ({}, None, []),
        ({"message": 5}, None, []),
        ({"message": {"from": {"id": 101}, "chat": {"id": -5}}}, None, []),
        ({"message": {"from": {"id": 101}, "chat": {"id": 101}}}, None, [101]),
        ({"callback_query": {"id": "p", "from": {"id": 101}, "message": {"chat": {"id": 101}}}}, "p", [101]),
        ({"callback_query": {"id": 5, "from": {"id": 101}}}, None, []),
        ({"callback_query": {"id": "p", "from": {"id": 101}, "message": {"chat": 5}}}, "p", []),
    ],
)
async def test_of_the_most_malformed_update_something_is_made(
    rig: Rig, raw: dict[str, Any], press: str | None, told: list[int]
) -> None:
    failed_update = await rig.dispatcher.apologise(rig.received({"update_id": 1, **raw}), raw)
    assert failed_update.press == press
    assert [each.chat_id for each in failed_update.messages] == told


async def test_two_updates_of_a_new_person_at_once_make_one_person(rig: Rig) -> None:
    await asyncio.gather(*(rig.handle(written("/note", user(101)), seq) for seq in (1, 2)))
    assert len({context.person.id for context in rig.contexts}) == 1


ORIGIN = {"type": "hidden_user", "date": 1, "sender_user_name": "Somebody"}
CHANNEL = {"id": -1009, "type": "channel", "title": "News"}
OTHER_BOT = {"id": 9, "is_bot": True, "first_name": "Gifs", "username": "gif_bot"}


@pytest.mark.parametrize(
    "more",
    [
        {"forward_origin": ORIGIN},
        {"forward_origin": {"type": "a kind of tomorrow", "date": 1}},
        {"forward_date": 1, "forward_from": {"id": 5, "is_bot": False, "first_name": "x"}},
        {"forward_sender_name": "Somebody"},
        {"via_bot": OTHER_BOT},
    ],
    ids="+".join,
)
async def test_what_an_admin_forwards_is_no_command_and_no_answer(rig: Rig, more: dict[str, Any]) -> None:
    admin = user(ADMIN)
    await rig.handle(written("/note", admin))
    person = rig.contexts[0].person
    put = "INSERT INTO dialogues (person, step, content, at) VALUES (?, 'step', '{}', 1)"
    await rig.store.writer.run(lambda db: db.execute(put, (person.id,)))
    answers: list[Context] = []

    async def take(context: Context) -> None:
        answers.append(context)

    rig.dispatcher._routes = Routes(
        [Feature("noting", (Command("note", rig._note),), steps=(on_plain_answer(PhotoAsked, take),))]
    )
    sizes = [{"file_id": "large", "file_unique_id": "large", "width": 9, "height": 9}]
    for text, kind in (("/note", {}), ("6037991000000004", {}), (None, {"photo": sizes, "caption": "/note"})):
        raw = written(text, admin)
        raw["message"] |= {**more, **kind}
        outcome = await rig.handle(raw)
        assert len(outcome.effects.outgoing) == 1, "they are told so"
        assert not outcome.effects.dialogue_changed
    assert (len(rig.contexts), answers) == (1, [])


@pytest.mark.parametrize(
    "more",
    [{"sender_chat": CHANNEL}, {"sender_chat": CHANNEL, "is_automatic_forward": True}, {"is_automatic_forward": True}],
    ids="+".join,
)
async def test_what_a_channel_or_a_group_says_is_nobodys_word(rig: Rig, more: dict[str, Any]) -> None:
    group = {"id": -5, "type": "supergroup", "title": "Friends"}
    for chat in (group, None):
        raw = written("/note", user(ADMIN), chat)
        raw["message"] |= more
        assert await rig.handle(raw) == UpdateOutcome()
    assert rig.contexts == []


@pytest.mark.parametrize(("is_topic", "topic"), [(True, 77), (False, None)])
async def test_an_answer_stays_in_its_topic_and_a_chain_of_replies_is_none(
    rig: Rig, is_topic: bool, topic: int | None
) -> None:
    group = {"id": -5, "type": "supergroup", "title": "Friends", "is_forum": True}
    raw = written("/note", user(101), group)
    raw["message"] |= {"message_thread_id": 77, **({"is_topic_message": True} if is_topic else {})}
    outcome = await rig.handle(raw)
    assert [each.params.get("message_thread_id") for each in outcome.effects.outgoing] == [topic]


async def test_a_file_that_an_admin_forwards_is_looked_at(rig: Rig) -> None:
    looked_at: list[str] = []

    async def look(_context: Context, file: Document) -> None:
        looked_at.append(file.name)

    rig.dispatcher._routes = Routes([Feature("files", documents=look)])
    raw = written(None, user(ADMIN))
    document = {"file_id": "f", "file_unique_id": "f", "file_name": "orders.csv", "file_size": 9}
    raw["message"] |= {"forward_origin": ORIGIN, "document": document}
    await rig.handle(raw)
    assert looked_at == ["orders.csv"]
