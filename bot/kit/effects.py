"""What a handler wants to happen: pure records, which the worker commits together with "this update is done".

Everything in them is made of JSON's own types, so that rows of the outbox, dialogues and drafts are kept as they are.
"""

from dataclasses import dataclass, field
from typing import Any

from bot.kit.imports import ImportWish
from bot.kit.languages import Language
from bot.kit.preferences import Wishes


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One call of the Bot API that the outbox will make.

    method, params: as the Bot API names them, without chat_id; reply_markup is a plain dict.
    picture: a recipe such as {"kind": "qr", "link": ..., "code": ...}, which the sender draws just before sendPhoto.
    reference: what the person sees as this message's reference, where it has one; a repeat bears the same.
    fallback: params for sendMessage, for an edit whose message is gone or a picture that cannot be had.
    kind: what it shows, where only the newest matters: one that has not been sent gives way to a newer one of its kind.
    card: a recipe such as {"withdrawal": 17, "admin": ..., "view": "card"}, which is put into words just before it is
    sent: the message shows what is so then, no row holds the secrets in it, and it is edited when that changes.
    """

    chat_id: int
    method: str
    params: dict[str, Any]
    picture: dict[str, Any] | None = None
    reference: str | None = None
    fallback: dict[str, Any] | None = None
    kind: str | None = field(default=None, compare=False)
    card: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class RenderedCard:
    """A card in words: params of sendMessage, and a label of all in it that may change."""

    params: dict[str, Any]
    shown: str


@dataclass(frozen=True, slots=True)
class Toast:
    """The answer to a button press: plain text, at most 200 characters; an alert waits to be closed."""

    text: str
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Dialogue:
    """What a person is being asked: the step that takes the answer, what is known so far, when (ms, UTC)."""

    step: str
    values: dict[str, Any]
    at: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A card that waits for its owner's confirmation: `person` owns it, `at` is when it was made (ms)."""

    token: str
    person: str
    kind: str
    values: dict[str, Any]
    at: int
    used: bool = False


@dataclass(slots=True)
class Effects:
    """All that one update leads to. `used` are the tokens of drafts carried out; `language`, `wishes` new choices."""

    outgoing: list[Outgoing] = field(default_factory=list)
    toast: Toast | None = None
    dialogue: Dialogue | None = None
    dialogue_changed: bool = False
    drafts: list[Draft] = field(default_factory=list)
    used: list[str] = field(default_factory=list)
    imports: list[ImportWish] = field(default_factory=list)
    language: Language | None = None
    wishes: Wishes | None = None

    def forget(self) -> None:
        """As if nothing had been recorded: what a refused update leaves behind."""
        self.__init__()  # type: ignore[misc]
