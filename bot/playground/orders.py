"""Defines the request bodies of the control interface."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.kit.json import Json
from bot.playground.chats import User
from bot.playground.faults import Fault, FaultKind, GatewayAnswer


class UserAction(BaseModel):
    """Defines a request to the server; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid")


class NewUser(UserAction):
    """Adds a person with a phone."""

    id: int = Field(gt=0)
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None

    def user(self) -> User:
        """Returns the person."""
        return User(self.id, self.first_name, self.last_name, self.username, self.language_code)


class NewGroup(UserAction):
    """Adds a group with the bot in it."""

    id: int = Field(lt=0)
    title: str
    topics: list[int] = []


class ChangeGroup(UserAction):
    """Changes whether the bot may write into a group, or makes it the supergroup `moved_to`."""

    refusal: Literal["kicked", "rights"] | None = None
    moved_to: int | None = Field(default=None, lt=0)


class Say(UserAction):
    """Sends a person's text, to the bot or into a group, perhaps as a reply, or in the group's name."""

    text: str = Field(min_length=1)
    chat_id: int | None = None
    reply_to: int | None = None
    topic: int | None = None
    anonymous: bool = False


class Edit(UserAction):
    """Changes a text that the person wrote."""

    message_id: int
    text: str = Field(min_length=1)
    chat_id: int | None = None


class Forward(UserAction):
    """Forwards a text of another person to the bot; `hidden` if they hide their account in forwards."""

    author: int
    text: str = Field(min_length=1)
    hidden: bool = False


class SendContact(UserAction):
    """Sends the contact card of another person; `without_account` if Telegram does not know their number."""

    of: int
    without_account: bool = False


class FollowLink(UserAction):
    """Opens a deep link as a person."""

    link: str


class PressButton(UserAction):
    """Presses a button as a person: by its label under a message, or by any data under any message of any chat.

    `gone` presses under a deleted message.
    """

    message_id: int
    label: str | None = None
    data: str | None = None
    chat_id: int | None = None
    gone: bool = False


class TypeName(UserAction):
    """Types the bot's name and a query: to the bot, to another person (by their id) or in a group."""

    query: str = Field(default="", max_length=256)
    chat_id: int | None = None


class Choose(UserAction):
    """Sends one of the offered cards."""

    query_id: str
    result_id: str


class Pay(UserAction):
    """Pays an invoice."""

    message_id: int


class GiveBack(UserAction):
    """Refunds a payment on Telegram's side."""

    charge: str


class Sticker(UserAction):
    """Sends a sticker."""

    emoji: str = "👍"


class PlanFault(UserAction):
    """Plans a fault for the next calls; see `bot.playground.faults.Fault`."""

    kind: FaultKind
    method: str = "*"
    count: int = Field(default=1, ge=1)
    skip: int = Field(default=0, ge=0)
    retry_after: int = Field(default=1, ge=0)
    chat_id: int | None = None
    status: int = Field(default=502, ge=200, le=599)
    content_type: str = "text/html"
    body: str = ""

    def fault(self) -> Fault:
        """Returns the fault."""
        answer = GatewayAnswer(self.status, self.content_type, self.body)
        return Fault(self.kind, self.method, self.count, self.skip, self.retry_after, self.chat_id, answer)


class Conditions(UserAction):
    """Sets the conditions from now on: ms added to each call, messages allowed in a second (None is no limit)."""

    delay_ms: int = Field(default=0, ge=0)
    overall_per_second: int | None = Field(default=None, ge=0)
    per_chat_per_second: int | None = Field(default=None, ge=0)


class Inject(UserAction):
    """Queues updates unchanged, malformed ones too; each gets a number unless it has one."""

    updates: list[Json]


class DeliverAgain(UserAction):
    """Queues a past update once more, under its own number or a new one."""

    same_id: bool


class Webhook(UserAction):
    """Sets the address of a webhook, which blocks polling; empty for none."""

    url: str
