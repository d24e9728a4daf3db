"""Changes the programme while it runs; changes that the existing network does not allow are refused (section 10)."""

from engine.errors import ProgrammeChange
from engine.events.model import ProgrammeChanged
from engine.programme.model import Programme
from engine.rules.crediting import set_free
from engine.rules.releases import look_again
from engine.unit_of_work import UnitOfWork


def change_programme(event: ProgrammeChanged, draft: UnitOfWork) -> None:
    """Puts the new programme in force at once and releases what it no longer holds. Raises ProgrammeError for invalid
    tables.
    """
    new = Programme.from_tables(event.tables)
    _allow(draft.programme, new, draft)
    draft.programme = draft.decision.programme = new
    for commission in draft.facts.maturing(draft.at, new.approves_by_itself):
        set_free(draft, draft.edit_commission(draft.latest(commission)))
    for commission in draft.facts.all_held():  # without `chain`, another member may block
        look_again(draft.edit_commission(draft.latest(commission)), draft)
    draft.rank_may_rise.update(dict.fromkeys(member.id for member in draft.facts.members()))


def _allow(old: Programme, new: Programme, draft: UnitOfWork) -> None:
    if new.program.currency != old.program.currency:
        raise ProgrammeChange("program.currency")
    if new.plan.kind != old.plan.kind:
        raise ProgrammeChange("plan.kind")
    fixed = new.plan.rules.fixed_key(old.plan, new.plan)
    if fixed is not None and any(member.slot is not None for member in draft.facts.members()):
        raise ProgrammeChange(fixed)
    gone = set(old.rank_order) - set(new.rank_order)
    if gone and any(member.rank in gone for member in draft.facts.members()):
        raise ProgrammeChange("ranks")
