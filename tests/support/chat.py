"""Simulates a chat for tests of handlers: the real engine on a file, the real router and texts, people in memory.

async with open_chat(tmp_path) as chat:
    sara = await chat.arrive("Sara")
    effects = await chat.send(sara, "/link")
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any, Final

from bot.broadcasts.repository import BroadcastStore
from bot.config.programme_file import ConfigurationFile
from bot.kit.bot_facts import BotFacts, ProgrammeTexts
from bot.kit.buttons import Button
from bot.kit.context import Context, MessageRef
from bot.kit.dialogues import Dialogue
from bot.kit.effects import Effects, Outgoing
from bot.kit.languages import Language
from bot.kit.person import Person, SharedAccount
from bot.kit.products import Catalogue, Payment, Product, ProductWords
from bot.kit.router import route
from bot.kit.services import ChatServices
from bot.kit.support import SentMessage
from bot.kit.texts import LOCALE, Texts
from bot.kit.titles import TitleBook, Titles
from bot.referrals.figures import FiguresBook
from bot.referrals.links import LinkBook
from bot.referrals.reward_issuing import RewardIssuer
from bot.referrals.service import FriendRules, FriendsBook
from bot.runtime.signals import Signal, Topic
from bot.shops.open_problems import OpenProblems
from bot.store.admins import AdminRoll
from bot.store.delivery_status import DeliveryStatusRepository
from bot.store.order_numbers import OrderNumberStore
from bot.store.profiles import Profiles, UserSeen
from bot.store.support import SupportMessages
from engine.codes import new_code, new_link_code, new_word
from engine.exchange import Exchange
from engine.money import Currency
from engine.service import Engine
from engine.store.reader import Reader
from engine.store.writer import Writer
from engine.vault import Vault, new_key
from handlers.chat import FEATURES
from handlers.notices import NoticeRenderer, render
from handlers.notices.request_cards import render_card
from in_memory import KeptDrafts, KeptWishes, KnownPeople
from new_stores import begin_bot

NOON = 1_774_090_800_000
"""2026-03-21T11:00:00Z, 1 Farvardin 1405 in Tehran."""
DAY = 86_400_000
UNILEVEL: Mapping[str, Any] = {
    "program": {"currency": "IRT", "timezone": "Asia/Tehran", "min_withdrawal": 1000},
    "ranks": [{"id": "base", "commission": "20%"}],
    "plan": {"kind": "unilevel", "levels": ["15%", "12%", "8%"]},
}
"""An order of 100,000 pays its seller 13,000 where there are three levels above."""
SHOP: Mapping[Language, ProgrammeTexts] = {
    "en": ProgrammeTexts("Nader's Shop", "A tenth off your first order.", "I buy here & like it:"),
    "fa": ProgrammeTexts("فروشگاه نادر", "ده درصد تخفیف در نخستین خرید.", "من از اینجا خرید می‌کنم:"),
}


GOODS: Mapping[str, Product] = {
    "case": Product(
        "case",
        50,
        Currency.of("XTR"),
        "cases",
        "",
        {"en": ProductWords("A case", "For a phone"), "fa": ProductWords("قاب", "قاب گوشی")},
    )
}
"""50 Stars are 75,000 toman."""


NO_RULES: Final = FriendRules({})


class Clock:
    """Returns a standing time, ms UTC, until a test moves it."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> int:
        return self.now


@dataclass
class Chat:
    """Holds one bot's services. `send` and `press` route an update and commit its effects, as the worker does."""

    engine: Engine
    clock: Clock
    texts: Texts
    facts: BotFacts
    broadcasts: BroadcastStore
    delivery_statuses: DeliveryStatusRepository
    profiles: Profiles
    friends: FriendsBook
    links: LinkBook
    order_numbers: OrderNumberStore
    figures: FiguresBook
    admins: AdminRoll
    shop_problems: OpenProblems
    titles: TitleBook
    programme_file: ConfigurationFile
    support: SupportMessages
    people: KnownPeople = field(default_factory=KnownPeople)
    drafts: KeptDrafts = field(default_factory=KeptDrafts)
    preferences: KeptWishes = field(default_factory=KeptWishes)
    dialogues: dict[str, Dialogue | None] = field(default_factory=dict)
    random: Random = field(default_factory=lambda: Random(5))
    updates: int = 0
    noticed: int = 0

    async def arrive(
        self, name: str, *, language: Language = "en", admin: bool = False, username: str | None = None
    ) -> Person:
        """Creates a person who meets the bot for the first time; Telegram ids are 101, 102, ... Admins own."""
        telegram_id = 101 + len(self.people.known)
        id, _ = await self.engine.get_or_create_person("telegram", str(telegram_id))
        person = Person(id, telegram_id, name, username, language, admin, blocked=False, is_owner=admin)
        self.people.known[id] = person
        await self.profiles.arrive(id, UserSeen(telegram_id, name, username, language, 0), self.clock.now)
        return person

    async def member(self, name: str, sponsor: Person | None = None, *, language: Language = "en") -> Person:
        """Creates a member, under a sponsor or alone."""
        person = (
            await self.friend(name, sponsor, language=language)
            if sponsor
            else await self.arrive(name, language=language)
        )
        await self.engine.join(person.id, key=f"join:{person.id}")
        return person

    async def friend(self, name: str, sponsor: Person, *, language: Language = "en") -> Person:
        """Creates a person who came through a member's link."""
        person = await self.arrive(name, language=language)
        await self.engine.attribute(person.id, sponsor.id, key=f"attribute:{person.id}:{sponsor.id}")
        self.people.sponsors[person.id] = sponsor.id
        return person

    async def buy(self, buyer: Person, amount: int, order: str, product: str = "purchase") -> None:
        """Records an order; amount in minor units."""
        await self.engine.purchase(order, buyer.id, amount, product, actor="admin")

    async def send(self, person: Person, text: str | None, **more: str) -> Effects:
        """Sends a person's message to the bot; None for one without text. `more` is its html or photo."""
        return await self._update(person, text=text, **more)

    async def show(self, person: Person, account: SharedAccount) -> Effects:
        """Forwards somebody's message, or sends their contact."""
        return await self._update(person, account=account, forwarded=account.forwarded)

    async def write(self, person: Person, text: str | None, sent: SentMessage) -> Effects:
        """Sends a message that is known by its number; None for one without text."""
        return await self._update(person, text=text, sent=sent)

    async def pay(self, person: Person, payment: Payment) -> Effects:
        """Sends the message that the person has paid."""
        return await self._update(person, payment=payment)

    async def get_back(self, person: Person, payment: Payment) -> Effects:
        """Sends the message that the person's payment was refunded."""
        return await self._update(person, given_back=payment)

    async def press(self, person: Person, button: Button | str, *, under_picture: bool = False) -> Effects:
        """Presses a button under message 77; a string is raw callback data."""
        data = button if isinstance(button, str) else button.pack()
        return await self._update(person, data=data, message=MessageRef(77, under_picture))

    async def notices(self) -> list[tuple[str, list[Outgoing]]]:
        """Returns the notices since the last call as (kind, messages), for members and for each admin."""
        renderer = NoticeRenderer(self.engine, self.people, self.texts, self.facts)
        rendered: list[tuple[str, list[Outgoing]]] = []
        for notice in await self.engine.notices(self.noticed, 1000):
            self.noticed = notice.number
            readers = [self.people.known[notice.person]] if notice.person else await self.people.admins()
            for reader in readers:
                messages = [await self._rendered(each) for each in await render(notice, reader, renderer)]
                rendered.append((notice.kind, messages))
        return rendered

    def person(self, id: str) -> Person:
        """Returns the person's current state, including a chosen language."""
        return self.people.known[id]

    async def _update(self, person: Person, **given: Any) -> Effects:
        self.updates += 1
        person = self.people.known[person.id]
        services = ChatServices(
            engine=self.engine,
            people=self.people,
            admins=self.admins,
            programme_file=self.programme_file,
            drafts=self.drafts,
            broadcasts=self.broadcasts,
            delivery_statuses=self.delivery_statuses,
            preferences=self.preferences,
            friends=self.friends,
            links=self.links,
            figures=self.figures,
            order_numbers=self.order_numbers,
            shop_problems=self.shop_problems,
            support=self.support,
            texts=self.texts,
        )
        ctx = Context(
            services=services,
            bot=replace(self.facts, titles=self.titles.current),
            random=self.random,
            now=self.clock.now,
            key=f"update:{self.updates}",
            person=person,
            chat_id=person.chat_id,
            effects=Effects(),
            dialogue=self.dialogues.get(person.id),
            **given,
        )
        await route(FEATURES, ctx)
        ctx.effects.outgoing = [await self._rendered(each) for each in ctx.effects.outgoing]
        self._commit(person, ctx.effects)
        return ctx.effects

    async def _rendered(self, outgoing: Outgoing) -> Outgoing:
        """Renders a card as it would be sent now."""
        if outgoing.card is None:
            return outgoing
        card = await render_card(outgoing.card, NoticeRenderer(self.engine, self.people, self.texts, self.facts))
        return replace(outgoing, params={**card.params, **outgoing.params})

    def _commit(self, person: Person, effects: Effects) -> None:
        if effects.dialogue_changed:
            self.dialogues[person.id] = effects.dialogue
        for draft in effects.drafts:
            self.drafts.kept[draft.token] = draft
        for token in effects.used:
            self.drafts.kept[token] = replace(self.drafts.kept[token], used=True)
        if effects.preferences:
            self.preferences.kept[person.id] = effects.preferences
        if effects.language:
            self.people.known[person.id] = replace(person, language=effects.language)


@asynccontextmanager
async def open_chat(
    folder: Path,
    tables: Mapping[str, Any] = UNILEVEL,
    rules: FriendRules = NO_RULES,
    config: Path | None = None,
) -> AsyncIterator[Chat]:
    """Opens a chat on a fresh store in the folder, with a programme's tables and referral rules.

    `config` is the configuration's file, which follows changes of the programme.
    """
    clock, random = Clock(), Random(3)
    file = folder / "moaref.db"
    begin_bot(file)
    writer = Writer(file)
    reader = await Reader.open(file)
    try:
        engine = await Engine.open(
            writer, reader, vault=Vault([new_key()]), now=clock, new_code=lambda: new_code(random), tables=tables
        )
        facts = _facts_of(engine, rules)
        machine = (
            BroadcastStore(writer, reader, Signal()),
            DeliveryStatusRepository(reader),
            Profiles(writer, reader, frozenset()),
        )
        friends = _friends_of(engine, reader, rules, clock, random)
        links = LinkBook(engine, writer, reader, lambda: new_link_code(random), admit=friends.admit, followed=Signal())
        admins = AdminRoll(writer, reader, owners=frozenset(), added=(), changed=Topic())
        titles = TitleBook(Titles())
        settings = ConfigurationFile(config, {}, lambda: engine.programme, titles)
        yield Chat(
            engine,
            clock,
            Texts(LOCALE, strict=True),
            facts,
            *machine,
            friends,
            links,
            order_numbers=OrderNumberStore(engine, reader),
            figures=FiguresBook(reader),
            admins=admins,
            shop_problems=OpenProblems(writer, reader, clock),
            support=SupportMessages(reader),
            titles=titles,
            programme_file=settings,
        )
    finally:
        await reader.close()
        writer.close()


def _facts_of(engine: Engine, rules: FriendRules) -> BotFacts:
    return BotFacts(
        "moaref_bot",
        "https://t.me/{bot}?start={code}",
        frozenset(),
        SHOP,
        engine.programme.currency,
        engine.programme.program.timezone,
        Catalogue(Exchange(engine.programme.currency, {"XTR": "1500"}), GOODS),
        rewards=rules.rewards,
        share=rules.share,
    )


def _friends_of(engine: Engine, reader: Reader, rules: FriendRules, clock: Clock, random: Random) -> FriendsBook:
    return FriendsBook(
        engine,
        reader,
        rules,
        giving=RewardIssuer(rules.rewards, rules.share, lambda: new_word(random)),
        now=clock,
        new_code=lambda: new_link_code(random),
        changed=Signal(),
    )


def texts_of(effects: Effects) -> list[str]:
    """Returns the texts and captions, message by message."""
    return [text_of(each) for each in effects.outgoing]


def text_of(outgoing: Outgoing) -> str:
    """Returns a message's text or caption."""
    params = outgoing.params.get("media", outgoing.params)
    return str(params.get("text") or params["caption"])


def buttons_of(outgoing: Outgoing) -> dict[str, str]:
    """Returns each button's target by its label: callback data, address or copied text."""
    rows = outgoing.params.get("reply_markup", {"inline_keyboard": []})["inline_keyboard"]
    return {
        each["text"]: each.get("callback_data")
        or each.get("url")
        or each.get("switch_inline_query")
        or each.get("copy_text", {"text": ""})["text"]
        for row in rows
        for each in row
    }
