"""Defines the buttons of the admins' pages. Each is handled by the feature whose page it opens or whose work it
does.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, get_args

from bot.kit.buttons import Button, Press
from bot.kit.pagination import Pagination
from engine.spans import Span
from handlers.chat.buttons import OpenAdmin

Kind = Literal["purchase", "refund", "adjustment", "payment", "membership", "batch", "approvals", "admin", "programme"]
"""The action that a card asks to confirm."""


@dataclass(frozen=True)
class OpenOverview(Button, prefix="over", admin=True):
    """Opens the admins' home card as a new message, under a summary."""


@dataclass(frozen=True)
class OpenCommands(Button, prefix="cmds", admin=True):
    """Opens the list of the commands that admins can type."""


@dataclass(frozen=True)
class OpenStats(Button, prefix="stats", admin=True):
    """Opens the figures of a span. Under a summary it is `fresh`: they come as a new message."""

    span: Span
    fresh: bool


@dataclass(frozen=True)
class ShowOverview(Button, prefix="sevendays", admin=True):
    """Shows the programme's last seven days as a picture."""


@dataclass(frozen=True)
class ShowOrderShares(Button, prefix="cutall", admin=True):
    """Shows as a picture to whom the order behind a commission went, by name."""

    number: int


@dataclass(frozen=True)
class OpenQuestions(Button, prefix="quest", admin=True):
    """Opens a page of the people whose question to support waits for an answer."""

    page: int


@dataclass(frozen=True)
class OpenShopProblems(Button, prefix="shopp", admin=True):
    """Opens a page of the open problems of shops, the oldest on page 1."""

    page: int


@dataclass(frozen=True)
class SettleShopProblem(Button, prefix="shopok", admin=True):
    """Notes that the problem has been dealt with."""

    id: int


@dataclass(frozen=True)
class OpenPending(Button, prefix="pend", admin=True):
    """Opens a page of the open requests, the oldest on page 1. 0 opens it as a new message, under a summary."""

    page: int


@dataclass(frozen=True)
class OpenRequest(Button, prefix="req", admin=True):
    """Opens one request's card."""

    number: int


@dataclass(frozen=True)
class ApproveRequest(Button, prefix="app", admin=True):
    """Approves the request for payment."""

    number: int


@dataclass(frozen=True)
class RejectRequest(Button, prefix="rej", admin=True):
    """Rejects the request; asks for the reason."""

    number: int


Rejection = Literal["wrong_account", "other_name", "refunded", "duplicate"]
"""The usual reasons for rejecting a request."""
REJECTIONS: Final[tuple[Rejection, ...]] = get_args(Rejection)


@dataclass(frozen=True)
class RejectBecause(Button, prefix="rejwhy", admin=True):
    """Rejects the request for a usual reason."""

    number: int
    reason: Rejection


@dataclass(frozen=True)
class WriteRejection(Button, prefix="rejown", admin=True):
    """Asks for a reason in the admin's own words."""

    number: int


@dataclass(frozen=True)
class ApproveAllRequests(Button, prefix="appall", admin=True):
    """Shows all requests that wait for a decision, to be approved together."""


@dataclass(frozen=True)
class ConfirmBatch(Button, prefix="batch", admin=True):
    """Decides the requests of a card together."""

    token: str


@dataclass(frozen=True)
class PayRequest(Button, prefix="pay", admin=True):
    """Records the payment; asks for the tracking code."""

    number: int


@dataclass(frozen=True)
class PayOwing(Button, prefix="payowe", admin=True):
    """Pays although the member owes so much (minor units), which the admin was shown."""

    number: int
    owed: int


@dataclass(frozen=True)
class ConfirmPayment(Button, prefix="payyes", admin=True):
    """Does the same, with a tracking code that was typed before."""

    token: str


@dataclass(frozen=True)
class OpenRecording(Button, prefix="rec", admin=True):
    """Explains how purchases, refunds and corrections are typed."""


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
class PickPerson(Button, prefix="pick", admin=True):
    """Goes on with this person in the command that the draft of that token keeps; `person` is a code."""

    token: str
    person: str


@dataclass(frozen=True)
class OpenMatches(Button, prefix="picks", admin=True):
    """Opens a page of the people who may be meant."""

    token: str
    page: int


@dataclass(frozen=True)
class OpenPurchase(Button, prefix="pbuyer", admin=True):
    """Asks who bought."""


@dataclass(frozen=True)
class AskAmount(Button, prefix="pask", admin=True):
    """Asks what the buyer paid; `buyer` is a code."""

    buyer: str


@dataclass(frozen=True)
class ChooseAmount(Button, prefix="pamt", admin=True):
    """Answers with an amount (minor units)."""

    buyer: str
    amount: int


@dataclass(frozen=True)
class ChooseProduct(Button, prefix="pprod", admin=True):
    """Answers with one of the products that the draft of that token lists, from 0; with none for -1."""

    token: str
    place: int


@dataclass(frozen=True)
class ChangePurchase(Button, prefix="pback", admin=True):
    """Discards a purchase's card, and asks for the product again."""

    token: str


@dataclass(frozen=True)
class TakeAsProduct(Button, prefix="pwhole", admin=True):
    """Takes what was read as the order's number as part of the product's name."""

    token: str


@dataclass(frozen=True)
class LeavePurchase(Button, prefix="pleave", admin=True):
    """Leaves the questions about a purchase."""


@dataclass(frozen=True)
class SuspendMember(Button, prefix="susp", admin=True):
    """Suspends the member; asks for the reason."""

    member: str


@dataclass(frozen=True)
class ReinstateMember(Button, prefix="reinst", admin=True):
    """Reinstates the member."""

    member: str


@dataclass(frozen=True)
class ConfirmMembership(Button, prefix="memb", admin=True):
    """Suspends or reinstates the member that the card names."""

    token: str


@dataclass(frozen=True)
class DropCard(Button, prefix="drop", admin=True):
    """Discards a card's action for good."""

    kind: Kind
    token: str


@dataclass(frozen=True)
class ExplainCommission(Button, prefix="awhy", admin=True):
    """Explains a commission's calculation with all names; `number` is the commission's."""

    number: int


@dataclass(frozen=True)
class OpenCommissions(Button, prefix="coms", admin=True):
    """Opens a page of the held or pending commissions, the oldest on page 1. 0 opens it as a new message, under a
    summary.
    """

    page: int


@dataclass(frozen=True)
class OpenCommissionsOf(Button, prefix="comsof", admin=True):
    """Opens a page of those of one member; `member` is a code."""

    member: str
    page: int


@dataclass(frozen=True)
class OpenCommission(Button, prefix="com", admin=True):
    """Opens one commission's card, with the possible decisions."""

    number: int


@dataclass(frozen=True)
class ApproveCommission(Button, prefix="capp", admin=True):
    """Approves the commission."""

    number: int


@dataclass(frozen=True)
class RejectCommission(Button, prefix="crej", admin=True):
    """Rejects the commission; `sure` once the reason was asked for and none is given."""

    number: int
    sure: bool


@dataclass(frozen=True)
class ApproveAllCommissions(Button, prefix="cappall", admin=True):
    """Shows all commissions that wait for approval, to be approved together."""


@dataclass(frozen=True)
class OpenWaitingMembers(Button, prefix="cwait", admin=True):
    """Opens the members whose commissions wait, and the choice by age."""


@dataclass(frozen=True)
class ApproveOfMember(Button, prefix="cappof", admin=True):
    """Shows what waits of a member's, to be approved together."""

    member: str


@dataclass(frozen=True)
class ApproveOlder(Button, prefix="cappold", admin=True):
    """Shows what has waited for so many days, to be approved together."""

    days: int


@dataclass(frozen=True)
class ConfirmApprovals(Button, prefix="cappyes", admin=True):
    """Approves the commissions of a card together."""

    token: str


@dataclass(frozen=True)
class OpenAsides(Button, prefix="asides", admin=True):
    """Opens a page of the invitations held for review, the oldest on page 1."""

    page: int


@dataclass(frozen=True)
class OpenAside(Button, prefix="aside", admin=True):
    """Opens one of them, with the possible decisions."""

    number: int


@dataclass(frozen=True)
class ReleaseAside(Button, prefix="asrel", admin=True):
    """Releases the invitation, or `every` one of that member's."""

    number: int
    every: bool


@dataclass(frozen=True)
class DropAside(Button, prefix="asdrop", admin=True):
    """Drops the invitation, or all of that member's; asks for the reason."""

    number: int
    every: bool


def back_to_admin() -> list[Press]:
    """Returns the row that every page of the admins ends with."""
    return [Press("button-admin-back", OpenAdmin())]


def turning(page: Pagination, open_page: Callable[[int], Button]) -> list[Press]:
    """Returns the row with the buttons to the pages beside this one."""
    return page.turning(open_page, back="button-admin-previous", on="button-admin-next")


def confirmation(confirm: Button, kind: Kind, token: str, *, label: str = "button-admin-confirm") -> list[list[Press]]:
    """Returns the rows of a card that waits for confirmation: the confirming button stands alone."""
    return [
        [Press(label, confirm, "success")],
        [Press("button-leave", DropCard(kind, token))],
    ]
