"""Renders a request's card, the same everywhere: in the list, after a decision, and as a notice.

It is rendered when it is sent, so that no table holds the number of a card or Sheba, and is edited when the request is
decided (bot/notifications/card_updates.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from bot.kit.buttons import Copy, Press
from bot.kit.context import Context
from bot.kit.formatting import Argument, Choice, Code, Count, Lines, Money, Term, Text, When
from bot.kit.keyboards import Rows
from bot.kit.person import Person
from engine.errors import UnknownWithdrawal, VaultError
from engine.queries.views import WithdrawalView
from engine.service import Engine
from handlers.chat.admin.buttons import ApproveRequest, OpenPending, PayRequest, RejectRequest
from handlers.chat.admin.who_decided import decision_lines
from handlers.phrases import RenderContext, masked, name_of

OPEN_STATES: Final = ("requested", "approved")
View = Literal["card", "payment"]
"""The card itself, or the question for a payment's tracking code."""


@dataclass(frozen=True, slots=True)
class WithdrawalCard:
    """Holds the arguments of the message `admin-request`, and its buttons; `copy` is the row that copies the
    destination.
    """

    arguments: dict[str, Any]
    decisions: list[list[Press]]
    copy: list[Copy]

    @property
    def rows(self) -> Rows:
        return [*self.decisions, self.copy, [Press("button-admin-pending", OpenPending(1))]]


async def request_numbered(number: int, engine: Engine) -> WithdrawalView:
    """Returns the request of that number. Raises UnknownWithdrawal."""
    request = await engine.withdrawal(number)
    if request is None:
        raise UnknownWithdrawal(str(number))
    return request


async def show_request(ctx: Context, number: int) -> None:
    """Shows the card as the request stands when it is sent. Raises UnknownWithdrawal."""
    await request_numbered(number, ctx.engine)
    ctx.show_card(recipe_of(number, ctx.person))


def recipe_of(number: int, admin: Person, view: View = "card", reference: str | None = None) -> dict[str, Any]:
    """Returns what handlers/notices/request_cards.py renders; `reference` is that of the notice which it is."""
    recipe = {"withdrawal": number, "admin": admin.id, "view": view}
    return recipe if reference is None else {**recipe, "reference": reference}


async def owed_by(request: WithdrawalView, context: RenderContext) -> int:
    """Returns the debt of an open request's member (minor units): how far refunds have taken the balance below 0."""
    if request.state not in OPEN_STATES:
        return 0
    return max(0, -(await context.engine.balance(request.member)).available)


async def card_of(
    request: WithdrawalView, admin: Person, context: RenderContext, *last: Term, owed: int = 0
) -> WithdrawalCard:
    """Returns the request for this admin, with the buttons of possible decisions; `last` are its last lines."""
    decides = admin.is_admin and request.member != admin.id and request.state in OPEN_STATES
    destination = await _number_of(request, context) if decides else None
    notes = _notes(request, admin, unreadable=decides and destination is None)
    decisions = await decision_lines(request, context)
    arguments: dict[str, Any] = {
        "number": Count(request.number),
        "member": await name_of(context, request.member),
        "code": Code(request.member),
        "amount": Money(request.amount, context.bot.currency),
        "destination": _shown(request, destination),
        "when": When(request.requested, context.bot.zone, time=True),
        "notes": Lines((*notes, *decisions, *owed_line(owed, context), *last)),
    }
    buttons = _decisions(request) if decides else []
    copy = [Copy(_copy_label(request), destination)] if destination else []
    return WithdrawalCard(arguments, buttons, copy)


def owed_line(owed: int, context: RenderContext) -> list[Term]:
    """Warns the admin who pays of the member's debt; empty without one."""
    return [Term("admin-request-owes", owed=Money(owed, context.bot.currency))] if owed else []


async def _number_of(request: WithdrawalView, context: RenderContext) -> str | None:
    """Returns the card or Sheba in clear, for admins who may pay to it; None where it cannot be read."""
    if request.destination is None:
        return None
    try:
        _, number = await context.engine.destination(request.destination, of=request.member)
    except VaultError:
        return None
    return number


def _shown(request: WithdrawalView, number: str | None) -> Argument:
    """Formats the destination by its number in clear, or by its last four digits."""
    if number is None:
        return masked(request.destination_kind, request.last_four)
    return Term("admin-destination", kind=Choice(request.destination_kind or "card"), number=Code(number))


def _copy_label(request: WithdrawalView) -> str:
    return "button-admin-copy-card" if request.destination_kind == "card" else "button-admin-copy-sheba"


def _decisions(request: WithdrawalView) -> list[list[Press]]:
    """Returns the decisions; the one that moves towards payment stands alone in the first row."""
    reject = [Press("button-admin-reject", RejectRequest(request.number), "danger")]
    if request.state == "requested":
        return [[Press("button-admin-approve", ApproveRequest(request.number), "success")], reject]
    return [[Press("button-admin-paid", PayRequest(request.number), "success")], reject]


def _notes(request: WithdrawalView, admin: Person, *, unreadable: bool) -> Iterator[Term]:
    """Yields the state and further notes."""
    yield Term("admin-request-state", state=Choice(request.state))
    if request.tracking:
        yield Term("admin-request-tracking", tracking=Code(request.tracking))
    if request.state == "rejected" and request.reason:
        yield Term("admin-request-reason", reason=Text(request.reason))
    if unreadable:
        yield Term("admin-request-unreadable")
    if request.member == admin.id and request.state in OPEN_STATES:
        yield Term("admin-request-own")
