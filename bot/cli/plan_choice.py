"""Describes the plans that `moaref init` offers: what speaks for each and against it, and who pays whom."""

import tomllib
from io import StringIO
from typing import Final

from engine.plans import PLANS
from engine.plans.drawing import Drawing, DrawnPayment

WIDTH: Final = 80
_PAYMENTS: Final = {
    "direct": "sells, and gets the commission",
    "level": "level {level}: {rate}{payer}",
    "pairing": "pairing",
}


def offered() -> tuple[str, ...]:
    """Returns the plans with a table for a new configuration, the default first."""
    return tuple(kind for kind, plan in PLANS.items() if plan.template is not None)


def described(kind: str) -> str:
    """Returns the description of an offered plan: a sentence for it, one against it, and its drawing."""
    from bot.kit.languages import FALLBACK
    from bot.kit.texts import LOCALE, Texts
    from engine.programme.model import PlanTable

    plan, texts = PLANS[kind], Texts(LOCALE)
    table = PlanTable.model_validate(tomllib.loads(plan.template or ""))
    merits = f"{kind}\n  + {texts.plain(FALLBACK, plan.strength)}\n  - {texts.plain(FALLBACK, plan.drawback)}\n"
    return merits + drawing_text(plan.drawing(table))


def drawing_text(drawing: Drawing) -> str:
    """Returns the drawing as a tree of lines, indented by two; each payment stands behind its payee."""
    from rich.console import Console
    from rich.padding import Padding
    from rich.tree import Tree

    written = StringIO()
    console = Console(file=written, width=WIDTH, color_system=None, highlight=False, markup=False)

    def hang(below: Tree, name: str) -> None:
        paid = [_payment(each) for each in drawing.paid_to(name)]
        branch = below.add("  ".join([name, *paid]))
        for child in drawing.below(name):
            hang(branch, child.name)

    root = Tree("", hide_root=True)
    for first in drawing.below(None):
        hang(root, first.name)
    console.print(Padding(root, (0, 0, 0, 2), expand=False))
    return "".join(f"{line.rstrip()}\n" for line in written.getvalue().splitlines())


def _payment(payment: DrawnPayment) -> str:
    payer = f" of {payment.payer}'s" if payment.payer is not None else ""
    return _PAYMENTS[payment.kind].format(level=payment.level, rate=payment.rate, payer=payer)
