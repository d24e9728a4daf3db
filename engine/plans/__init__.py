"""Registers the plans by their kinds. Adding a plan is one file and one line here."""

from collections.abc import Mapping
from typing import Final

from engine.plans.binary import Binary
from engine.plans.direct import Direct
from engine.plans.matrix import Matrix
from engine.plans.plan import Plan
from engine.plans.unilevel import Unilevel

_ALL: Final[tuple[Plan, ...]] = (
    Direct(),
    Unilevel(),
    Matrix(),
    Binary(),
)

PLANS: Final[Mapping[str, Plan]] = {plan.kind: plan for plan in _ALL}

DEFAULT_PLAN: Final = Direct.kind
"""The plan of a programme that names none."""
