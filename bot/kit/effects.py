"""Defines a handler's effects: pure records, which the worker commits together with "this update is done".

All content is of JSON's own types, so that rows of the outbox and drafts are stored unchanged.
"""

from dataclasses import dataclass, field

from bot.kit.dialogues import Dialogue
from bot.kit.imports import ImportWish
from bot.kit.json import Json
from bot.kit.languages import Language
from bot.kit.preferences import ChosenPreferences
from bot.kit.support import Handover


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Holds one call of the Bot API that the outbox will make.

    method, params: as the Bot API names them, without chat_id; reply_markup is a plain dict. picture: a recipe such as
    {"kind": "qr", "link": ..., "code": ...}, which the sender draws just before sendPhoto. reference: the message's
    reference as the person sees it, if any; a repeat has the same. fallback: params for sendMessage, for an edit whose
    message is gone or a missing picture. kind: a label of what it shows, where only the newest matters: an unsent one
    is replaced by a newer one of its kind. card: a recipe such as {"withdrawal": 17, "admin": ..., "view": "card"},
    which is rendered just before it is sent: the message shows the state of then, no row holds the secrets in it, and
    it is edited when that changes. repeat_note: the last line, HTML, of a repeat after an unconfirmed delivery.
    """

    chat_id: int
    method: str
    params: Json
    picture: Json | None = None
    reference: str | None = None
    fallback: Json | None = None
    kind: str | None = field(default=None, compare=False)
    card: Json | None = None
    repeat_note: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class RenderedCard:
    """Holds a rendered card: params of sendMessage, and a label of all in it that may change."""

    params: Json
    shown: str


@dataclass(frozen=True, slots=True)
class Toast:
    """Answers a button press: plain text, at most 200 characters; an alert waits to be closed."""

    text: str
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """Holds a card that waits for its owner's confirmation: `person` owns it, `at` is when it was made (ms)."""

    token: str
    person: str
    kind: str
    values: Json
    at: int
    used: bool = False


@dataclass(slots=True)
class Effects:
    """Holds all effects of one update.

    used: the tokens of drafts carried out. language, preferences: new choices. handovers: messages to and from support.
    settled: the engine's ids of people whose questions need no answer any more.
    """

    outgoing: list[Outgoing] = field(default_factory=list)
    toast: Toast | None = None
    dialogue: Dialogue | None = None
    dialogue_changed: bool = False
    drafts: list[Draft] = field(default_factory=list)
    used: list[str] = field(default_factory=list)
    imports: list[ImportWish] = field(default_factory=list)
    language: Language | None = None
    preferences: ChosenPreferences | None = None
    handovers: list[Handover] = field(default_factory=list)
    settled: list[str] = field(default_factory=list)

    def forget(self) -> None:
        """Clears everything recorded: a refused update has no effects."""
        self.__init__()  # type: ignore[misc]
