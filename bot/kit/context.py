"""Defines the context of one update: everything a handler needs, and the only way in which it answers.

Nothing is sent or stored here. Answers, questions and drafts are recorded in `effects`, which the worker commits
together with "this update is done"; a handler may therefore run again after a kill without repeated effects.
"""

import string
from dataclasses import dataclass, field, replace
from random import Random
from typing import TYPE_CHECKING, Final

from bot.kit import keyboards
from bot.kit.admins import Admins
from bot.kit.bot_facts import BotFacts
from bot.kit.broadcasts import Broadcasts
from bot.kit.delivery_status import DeliveryStatuses
from bot.kit.dialogues import Dialogue, Step
from bot.kit.effects import Draft, Effects, Outgoing, Toast
from bot.kit.errors import DraftGone, DraftUsed, NotYours
from bot.kit.figures import ProgrammeFigures
from bot.kit.formatting import Argument, Code
from bot.kit.friends import Friends
from bot.kit.imports import Document
from bot.kit.json import Json
from bot.kit.keyboards import Rows
from bot.kit.languages import Language
from bot.kit.links import Links
from bot.kit.look_ups import kind_of
from bot.kit.order_numbers import OrderNumbers
from bot.kit.person import People, Person, SharedAccount
from bot.kit.preferences import ChosenPreferences, PreferenceRepository
from bot.kit.products import Payment, Product
from bot.kit.programme_file import ProgrammeFile
from bot.kit.services import ChatServices, Drafts
from bot.kit.shop import ShopProblemList
from bot.kit.split_text import SplitText, split_text
from bot.kit.support import Handover, SentMessage, Support
from bot.kit.texts import Texts
from bot.kit.truncate import TOAST_LENGTH_MAX, cut_plain

if TYPE_CHECKING:
    from engine.service import Engine

DRAFT_LIFE_MS: Final = 24 * 60 * 60 * 1000
_TOKEN_LENGTH: Final = 8
_URL_SAFE: Final = string.ascii_letters + string.digits + "-_"


@dataclass(frozen=True, slots=True)
class MessageRef:
    """Identifies the message that a pressed button is under."""

    id: int
    has_picture: bool


@dataclass(slots=True, kw_only=True)
class Context:
    """Holds one update, its person, and its effects."""

    services: ChatServices
    bot: BotFacts
    random: Random
    """The source of tokens: a SystemRandom in the running bot."""
    now: int
    """The time of this update, ms UTC."""
    key: str
    """This update's idempotency key, "update:123"."""
    person: Person
    chat_id: int | None
    """The chat of the update: the person's own, a group, or None (a button of an inline message)."""
    effects: Effects
    topic: int | None = None
    """The topic of the chat that the update came from; answers stay in it."""
    forwarded: bool = False
    """Whether another person or bot wrote the message: its words are then neither a command nor an answer."""
    text: str | None = None
    """The message's text as received; None for a button press and for messages without text."""
    account: SharedAccount | None = None
    """Whose message was forwarded, or whose contact was shared."""
    document: Document | None = None
    """The message's file."""
    payment: Payment | None = None
    """A payment that the message reports; a pending question stays."""
    given_back: Payment | None = None
    """A refund to the person that the message reports."""
    html: str | None = None
    """The message's text or caption with its formatting (bold, links ...), as Telegram's HTML."""
    photo: str | None = None
    """The file id of the message's photo."""
    data: str | None = None
    """The callback data of a button press, as received."""
    message: MessageRef | None = None
    """The message under the pressed button, if it can still be edited."""
    dialogue: Dialogue | None = None
    sent: SentMessage | None = None
    """The person's own message; None for a button press."""
    _split: SplitText | None = field(default=None, init=False, repr=False)

    @property
    def engine(self) -> "Engine":
        """Returns the engine."""
        return self.services.engine

    @property
    def admins(self) -> Admins:
        """Returns the admins, whom owners add and remove."""
        return self.services.admins

    @property
    def programme_file(self) -> ProgrammeFile:
        """Returns the file that follows changes of the programme."""
        return self.services.programme_file

    @property
    def people(self) -> People:
        """Returns the people whom the bot knows."""
        return self.services.people

    @property
    def drafts(self) -> Drafts:
        """Returns the cards that wait for confirmation."""
        return self.services.drafts

    @property
    def broadcasts(self) -> Broadcasts:
        """Returns the broadcasts."""
        return self.services.broadcasts

    @property
    def delivery_statuses(self) -> DeliveryStatuses:
        """Returns the results of sent messages."""
        return self.services.delivery_statuses

    @property
    def preferences(self) -> PreferenceRepository:
        """Returns people's preferences."""
        return self.services.preferences

    @property
    def friends(self) -> Friends:
        """Returns friends and their rewards."""
        return self.services.friends

    @property
    def links(self) -> Links:
        """Returns invitation links."""
        return self.services.links

    @property
    def figures(self) -> ProgrammeFigures:
        """Returns the programme's figures."""
        return self.services.figures

    @property
    def order_numbers(self) -> OrderNumbers:
        """Returns the numbers of orders that the bot records itself."""
        return self.services.order_numbers

    @property
    def shop_problems(self) -> ShopProblemList:
        """Returns the open problems of shops."""
        return self.services.shop_problems

    @property
    def support(self) -> Support:
        """Returns the messages that were passed on between people and support."""
        return self.services.support

    @property
    def texts(self) -> Texts:
        """Returns the catalogue."""
        return self.services.texts

    @property
    def split(self) -> SplitText:
        """Returns the text's command and words."""
        self._split = split_text(self.text, self._split)
        return self._split

    @property
    def words(self) -> list[str]:
        """Returns a command's arguments, split on blanks; of any other text all its words."""
        return self.split.words

    @property
    def language(self) -> Language:
        """Returns the person's language; a newly chosen one at once."""
        return self.effects.language or self.person.language

    @property
    def is_private(self) -> bool:
        """Returns whether the update came from the person's own chat with the bot."""
        return self.chat_id == self.person.chat_id

    def key_for(self, name: str) -> str:
        """Returns the idempotency key of one of several things that this update does: "update:123:name"."""
        return f"{self.key}:{name}"

    def say(
        self,
        text_id: str,
        /,
        *,
        rows: Rows | None = None,
        picture: Json | None = None,
        new: bool = False,
        reference: str | None = None,
        **arguments: Argument,
    ) -> None:
        """Answers in the update's chat.

        After a press under a text message the first answer replaces that message, unless `new`; a picture's message is
        never edited into text. `picture` is a recipe (see Outgoing), the text then its caption.
        """
        chat_id = self.person.chat_id if self.chat_id is None else self.chat_id
        html = self.texts.render(self.language, text_id, **arguments)
        markup = keyboards.keyboard(rows, self.language, self.texts)
        place = None if new or picture or self._edited() else self.message
        if picture:
            outgoing = keyboards.picture_message(chat_id, html, markup, picture, reference)
        elif place and not place.has_picture:
            outgoing = keyboards.text_edit(chat_id, place.id, html, markup, reference)
        else:
            outgoing = keyboards.text_message(chat_id, html, markup, reference)
        edited = outgoing.params.get("message_id")
        kind = kind_of(text_id, edited=edited, asked=self.text if self.data is None else self.data)
        self.effects.outgoing.append(keyboards.in_topic(replace(outgoing, kind=kind), self.topic))

    def show_card(self, card: Json) -> None:
        """Answers as `say` does, with a card that is rendered when it is sent (see Outgoing)."""
        chat_id = self.person.chat_id if self.chat_id is None else self.chat_id
        place = None if self._edited() else self.message
        if place and not place.has_picture:
            edit = {"message_id": place.id}
            self.effects.outgoing.append(Outgoing(chat_id, "editMessageText", edit, fallback={}, card=card))
        else:
            self.effects.outgoing.append(Outgoing(chat_id, "sendMessage", {}, card=card))

    def invoice(self, product: Product) -> None:
        """Sends an invoice for the product. The sender adds the data that a payment provider needs."""
        invoice = Outgoing(self.person.chat_id, "sendInvoice", product.invoice(self.language))
        self.effects.outgoing.append(keyboards.in_topic(invoice, self.topic if self.is_private else None))

    def give_back(self, person: Person, charge: str) -> None:
        """Requests a refund of Stars from Telegram; Telegram confirms it by an update."""
        params = {"telegram_payment_charge_id": charge}
        self.effects.outgoing.append(Outgoing(person.chat_id, "refundStarPayment", params))

    def tell(
        self,
        other: Person,
        text_id: str,
        /,
        *,
        rows: Rows | None = None,
        reference: str | None = None,
        **arguments: Argument,
    ) -> None:
        """Sends a new message to another person, in their language."""
        message = message_to(other, self.texts, text_id, rows=rows, reference=reference, **arguments)
        self.effects.outgoing.append(message)

    def toast(self, text_id: str, /, *, alert: bool = False, **arguments: Argument) -> None:
        """Answers the button press; without this it is answered silently."""
        text = self.texts.plain(self.language, text_id, **arguments)
        self.effects.toast = Toast(cut_plain(text, TOAST_LENGTH_MAX), alert)

    def ask(self, step: Step, /) -> None:
        """Directs the person's next text to this step; its handler gets the step as it is given here."""
        self._set_dialogue(Dialogue.asking(step, self.now))

    def end(self) -> None:
        """Ends the dialogue."""
        self._set_dialogue(None)

    def speak(self, language: Language) -> None:
        """Sets the person's language, effective for this very answer."""
        self.effects.language = language

    def choose_preferences(self, chosen: ChosenPreferences) -> None:
        """Sets the person's notification preferences."""
        self.effects.preferences = chosen

    def draft(self, kind: str, /, *, token: str | None = None, **values: str | int | None) -> str:
        """Creates a card that waits for its owner's confirmation; returns its random token for the button."""
        token = token or "".join(self.random.choices(_URL_SAFE, k=_TOKEN_LENGTH))
        self.effects.drafts.append(Draft(token, self.person.id, kind, values, self.now))
        return token

    async def open(self, token: str, kind: str, /) -> Draft:
        """Returns the drafted card. Raises DraftGone, DraftUsed or NotYours, which the router reports."""
        draft = await self.drafts.find(token)
        if draft is None or draft.kind != kind or self.now - draft.at > DRAFT_LIFE_MS:
            raise DraftGone
        if draft.person != self.person.id:
            raise NotYours
        if draft.used:
            raise DraftUsed
        return draft

    def use(self, draft: Draft) -> None:
        """Marks the card as carried out: from the commit on, opening it raises DraftUsed."""
        self.effects.used.append(draft.token)

    def pass_on(self, handover: Handover) -> None:
        """Passes messages on to support, or support's answer to a person."""
        self.effects.handovers.append(handover)

    def settle(self, person_id: str) -> None:
        """Notes that the person's question needs no answer any more."""
        self.effects.settled.append(person_id)

    def _edited(self) -> bool:
        return any(each.method == "editMessageText" for each in self.effects.outgoing)

    def _set_dialogue(self, dialogue: Dialogue | None) -> None:
        self.dialogue = dialogue
        self.effects.dialogue = dialogue
        self.effects.dialogue_changed = True


def message_to(
    person: Person,
    texts: Texts,
    text_id: str,
    /,
    *,
    rows: Rows | None = None,
    reference: str | None = None,
    **arguments: Argument,
) -> Outgoing:
    """Builds a new message to a person in their language, outside an update; for notices."""
    html = texts.render(person.language, text_id, **arguments)
    buttons = keyboards.keyboard(rows, person.language, texts)
    return with_repeat_note(keyboards.text_message(person.chat_id, html, buttons, reference), person.language, texts)


def with_repeat_note(message: Outgoing, language: Language, texts: Texts) -> Outgoing:
    """Returns the message with the line that a repeat of it ends with, if it has a reference."""
    if message.reference is None:
        return message
    return replace(message, repeat_note=texts.render(language, "notice-repeat", code=Code(message.reference)))
