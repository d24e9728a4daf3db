"""A request's card, the same wherever an admin meets it: in the list, after a decision, and as news."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from bot.kit.buttons import Copy, Press
from bot.kit.context import Context
from bot.kit.display import Argument, Choice, Code, Count, Lines, Money, Term, Text, When
from bot.kit.person import Person
from bot.kit.screen import Rows
from engine.errors import UnknownWithdrawal, VaultError
from engine.service import Engine
from engine.views import WithdrawalView
from handlers.chat.admin.buttons import ApproveRequest, OpenPending, PayRequest, RejectRequest
from handlers.wording import Desk, masked, name_of

OPEN_STATES: Final = ("requested", "approved")


@dataclass(frozen=True, slots=True)
class Card:
    """The arguments of the message `admin-request`, and its buttons; `copy` is the row that copies the destination."""

    arguments: dict[str, Any]
    decisions: list[list[Press]]
    copy: list[Copy]

    @property
    def rows(self) -> Rows:
        return [*self.decisions, self.copy, [Press("button-admin-pending", OpenPending(1))]]


async def request_numbered(number: int, engine: Engine) -> WithdrawalView:
    """Raises UnknownWithdrawal."""
    request = await engine.withdrawal(number)
    if request is None:
        raise UnknownWithdrawal(str(number))
    return request


async def show_request(ctx: Context, number: int) -> None:
    """The card as the request stands now. Raises UnknownWithdrawal."""
    card = await card_of(await request_numbered(number, ctx.engine), ctx.person, ctx)
    ctx.say("admin-request", rows=card.rows, **card.arguments)


async def card_of(request: WithdrawalView, admin: Person, desk: Desk, *last: Term) -> Card:
    """The request for this admin, with the buttons of what they may decide about it; `last` are its last lines."""
    decides = request.member != admin.id and request.state in OPEN_STATES
    destination = await _number_of(request, desk) if decides else None
    arguments: dict[str, Any] = {
        "number": Count(request.number),
        "member": await name_of(desk, request.member),
        "code": Code(request.member),
        "amount": Money(request.amount, desk.bot.currency),
        "destination": _shown(request, destination),
        "when": When(request.requested, desk.bot.zone, time=True),
        "notes": Lines((*_notes(request, admin, unreadable=decides and destination is None), *last)),
    }
    decisions = _decisions(request) if decides else []
    copy = [Copy(_copy_label(request), destination)] if destination else []
    return Card(arguments, decisions, copy)


async def _number_of(request: WithdrawalView, desk: Desk) -> str | None:
    """The card or Sheba in clear, for whoever may pay to it; None where it cannot be read."""
    if request.destination is None:
        return None
    try:
        _, number = await desk.engine.destination(request.destination, of=request.member)
    except VaultError:
        return None
    return number


def _shown(request: WithdrawalView, number: str | None) -> Argument:
    """The destination by its number in clear, or by its last four digits."""
    if number is None:
        return masked(request.destination_kind, request.last_four)
    return Term("admin-destination", kind=Choice(request.destination_kind or "card"), number=Code(number))


def _copy_label(request: WithdrawalView) -> str:
    return "button-admin-copy-card" if request.destination_kind == "card" else "button-admin-copy-sheba"


def _decisions(request: WithdrawalView) -> list[list[Press]]:
    """What brings the money nearer to its member stands alone in the first row."""
    reject = [Press("button-admin-reject", RejectRequest(request.number), "danger")]
    if request.state == "requested":
        return [[Press("button-admin-approve", ApproveRequest(request.number), "success")], reject]
    return [[Press("button-admin-paid", PayRequest(request.number), "success")], reject]


def _notes(request: WithdrawalView, admin: Person, *, unreadable: bool) -> Iterator[Term]:
    """The state, and what else there is to know."""
    yield Term("admin-request-state", state=Choice(request.state))
    if request.tracking:
        yield Term("admin-request-tracking", tracking=Code(request.tracking))
    if request.state == "rejected" and request.reason:
        yield Term("admin-request-reason", reason=Text(request.reason))
    if unreadable:
        yield Term("admin-request-unreadable")
    if request.member == admin.id and request.state in OPEN_STATES:
        yield Term("admin-request-own")
