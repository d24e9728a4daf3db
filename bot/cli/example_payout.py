"""Tells what an order pays in the programme's currency, worked out by the engine."""

from typing import TYPE_CHECKING, Final

from engine.money import Currency

if TYPE_CHECKING:
    from engine.programme.model import Programme
    from engine.queries.example_order import ExampleShare

_TOTALS: Final = {"IRT": 1_000_000, "IRR": 10_000_000, "XTR": 1_000}
_MAJOR_UNITS: Final = 100
_WHOLE_UNITS: Final = 10_000


def example_total(currency: Currency) -> int:
    """Returns the total of an example order, in minor units: 1,000,000 toman, 100.00 dollars."""
    usual = _MAJOR_UNITS * 10**currency.exponent if currency.exponent else _WHOLE_UNITS
    return _TOTALS.get(currency.code, usual)


def money(amount: int, currency: Currency) -> str:
    """Returns an amount of minor units as the chat shows it in English: "1,000,000 toman"."""
    from bot.kit.formatting import Money
    from bot.kit.languages import FALLBACK
    from bot.kit.texts import LOCALE, Texts

    return Texts(LOCALE).plain(FALLBACK, "shell-amount", amount=Money(amount, currency))


def cost_line(programme: "Programme", at: int) -> str:
    """Returns what an order pays in all: "an order of 1,000,000 toman pays 200,000 toman in all: 20%"."""
    from engine.programme.warnings import percent
    from engine.queries.example_order import example_order

    order = example_order(programme, example_total(programme.currency), at)
    total, paid = money(order.total, programme.currency), money(order.paid, programme.currency)
    pairing = ", and pairing when its period closes" if programme.plan.pairing is not None else ""
    return f"{programme.plan.kind}: an order of {total} pays {paid} in all: {percent(order.part)}{pairing}"


def payout_lines(programme: "Programme", at: int) -> list[str]:
    """Returns who gets what from an order in the plan's drawing, and the sum."""
    from engine.queries.example_order import example_order

    order = example_order(programme, example_total(programme.currency), at)
    names = [_who(each) for each in order.shares]
    width = max(map(len, names), default=0)
    pairs = zip(names, order.shares, strict=True)
    shares = [f"  {name:<{width}}  {money(each.amount, programme.currency)}" for name, each in pairs]
    return [*shares, f"  {cost_line(programme, at)}"]


def _who(share: "ExampleShare") -> str:
    return f"{share.member}, level {share.level}" if share.kind == "level" else f"{share.member}, who sold"
