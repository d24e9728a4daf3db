"""Says which admin has decided a request or a commission: the second of two is told who was first."""

from typing import Any

from bot.kit.context import Context
from bot.kit.formatting import Argument, Choice, Term, When
from bot.kit.refusals import tell
from engine.errors import AlreadySettled
from engine.queries.audit import DecisionMade
from engine.queries.views import WithdrawalView
from handlers.phrases import RenderContext, actor_of


async def decided_by(request: WithdrawalView, context: RenderContext) -> Argument | None:
    """Returns who brought the request into its state; None while nobody has."""
    made = await context.engine.decisions_on_withdrawal(request.id)
    last = next((each for each in reversed(made) if each.kind == request.state), None)
    return await actor_of(context, last.actor) if last is not None and last.actor else None


async def decision_lines(request: WithdrawalView, context: RenderContext) -> list[Term]:
    """Returns a line for each decision about the request: what, who and when."""
    made = await context.engine.decisions_on_withdrawal(request.id)
    return [await _line(each, context) for each in made if each.actor and each.kind != "cancelled"]


async def _line(made: DecisionMade, context: RenderContext) -> Term:
    return Term(
        "admin-request-decided",
        kind=Choice(made.kind),
        admin=await actor_of(context, made.actor),
        when=When(made.at, context.bot.zone, time=True),
    )


async def tell_decided(refusal: AlreadySettled, by: Argument | None, ctx: Context) -> None:
    """Tells that it is too late, and who was first where that is known; an alert after a press."""
    if by is None:
        tell(refusal, ctx)
        return
    arguments: dict[str, Any] = {"state": Choice(refusal.state), "admin": by}
    if ctx.data is None:
        ctx.say("toast-admin-decided", **arguments)
    else:
        ctx.toast("toast-admin-decided", alert=True, **arguments)
