"""The buttons of the admins' pages. Each is handled by the feature whose page it opens or whose work it does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.kit.buttons import Button, Press
from bot.kit.pagination import Pagination
from handlers.chat.buttons import OpenAdmin

Kind = Literal["purchase", "refund", "adjustment", "payment", "membership"]
"""What a card that waits for confirmation would do."""


@dataclass(frozen=True)
class OpenPending(Button, prefix="pend", admin=True):
    """A page of the open requests, the oldest on page 1. 0 comes fresh, under a summary."""

    page: int


@dataclass(frozen=True)
class OpenRequest(Button, prefix="req", admin=True):
    """One request's card."""

    number: int


@dataclass(frozen=True)
class ApproveRequest(Button, prefix="app", admin=True):
    """It may be paid."""

    number: int


@dataclass(frozen=True)
class RejectRequest(Button, prefix="rej", admin=True):
    """It will not be paid; the reason is asked for."""

    number: int


@dataclass(frozen=True)
class PayRequest(Button, prefix="pay", admin=True):
    """It has been paid; the tracking code is asked for."""

    number: int


@dataclass(frozen=True)
class PayOwing(Button, prefix="payowe", admin=True):
    """It is to be paid though its member owes so much (minor units), which the admin has been told."""

    number: int
    owed: int


@dataclass(frozen=True)
class ConfirmPayment(Button, prefix="payyes", admin=True):
    """The same, with a tracking code that was typed before."""

    token: str


@dataclass(frozen=True)
class OpenRecording(Button, prefix="rec", admin=True):
    """How purchases, refunds and corrections are typed."""


@dataclass(frozen=True)
class ConfirmPurchase(Button, prefix="buy", admin=True):
    """Records the purchase of a card."""

    token: str


@dataclass(frozen=True)
class ConfirmRefund(Button, prefix="ref", admin=True):
    """Records the refund of a card."""

    token: str


@dataclass(frozen=True)
class ConfirmAdjustment(Button, prefix="adj", admin=True):
    """Records the correction of a card."""

    token: str


@dataclass(frozen=True)
class SuspendMember(Button, prefix="susp", admin=True):
    """The member is to be suspended; the reason is asked for."""

    member: str


@dataclass(frozen=True)
class ReinstateMember(Button, prefix="reinst", admin=True):
    """The member is to go on."""

    member: str


@dataclass(frozen=True)
class ConfirmMembership(Button, prefix="memb", admin=True):
    """Suspends or reinstates whom the card names."""

    token: str


@dataclass(frozen=True)
class DropCard(Button, prefix="drop", admin=True):
    """Leaves a card's work undone, for good."""

    kind: Kind
    token: str


@dataclass(frozen=True)
class ExplainCommission(Button, prefix="awhy", admin=True):
    """A commission's calculation with everybody's name; `number` is the commission's."""

    number: int


@dataclass(frozen=True)
class OpenCommissions(Button, prefix="coms", admin=True):
    """A page of the commissions that are held or pending, the oldest on page 1. 0 comes fresh, under a summary."""

    page: int


@dataclass(frozen=True)
class OpenCommission(Button, prefix="com", admin=True):
    """One commission's card, with what may be decided about it."""

    number: int


@dataclass(frozen=True)
class ApproveCommission(Button, prefix="capp", admin=True):
    """An admin's word for it."""

    number: int


@dataclass(frozen=True)
class RejectCommission(Button, prefix="crej", admin=True):
    """It will not be paid; `sure` once the reason was asked for and none is given."""

    number: int
    sure: bool


@dataclass(frozen=True)
class OpenAsides(Button, prefix="asides", admin=True):
    """A page of the invitations that wait for a word, the oldest on page 1."""

    page: int


@dataclass(frozen=True)
class OpenAside(Button, prefix="aside", admin=True):
    """One of them, with what may be decided."""

    number: int


@dataclass(frozen=True)
class ReleaseAside(Button, prefix="asrel", admin=True):
    """It counts, or `every` one of that member's does."""

    number: int
    every: bool


@dataclass(frozen=True)
class DropAside(Button, prefix="asdrop", admin=True):
    """It will not count, or none of that member's will; the reason is asked for."""

    number: int
    every: bool


def back_to_admin() -> list[Press]:
    """The row that every page of the admins ends with."""
    return [Press("button-admin-back", OpenAdmin())]


def turning(page: Pagination, open_page: Callable[[int], Button]) -> list[Press]:
    """Returns the row with the buttons to the pages beside this one."""
    return page.turning(open_page, back="button-admin-previous", on="button-admin-next")


def confirmation(confirm: Button, kind: Kind, token: str, *, label: str = "button-admin-confirm") -> list[list[Press]]:
    """The rows of a card that waits: what does it stands alone."""
    return [
        [Press(label, confirm, "success")],
        [Press("button-leave", DropCard(kind, token))],
    ]
