"""Implements direct: only the seller is paid; a member's parent is their sponsor (section 3.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.plans.plan import Plan, Problem

if TYPE_CHECKING:
    from engine.programme.model import PlanTable


class Direct(Plan):
    kind = "direct"
    template = 'kind = "direct"            # whoever brought the buyer earns; nobody above them does'
    strength = "plan-direct-strength"
    drawback = "plan-direct-drawback"

    def depth(self, table: PlanTable) -> int:  # noqa: ARG002  whatever the table says
        """Returns 0: nobody above the seller is paid."""
        return 0

    def problems(self, table: PlanTable) -> Iterator[Problem]:
        """Refuses levels."""
        if table.levels:
            yield "plan.levels", f'none with kind = "{self.kind}"'
