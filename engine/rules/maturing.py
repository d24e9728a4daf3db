"""Applies automatic changes: commissions mature before an event; releases and ranks follow it (sections 9, 10)."""

from collections.abc import Iterable
from operator import attrgetter

from engine.close_result import Close
from engine.notices import CommissionsAvailable, RankReached
from engine.programme.model import Rank
from engine.records import Commission
from engine.rules.crediting import GrossCommission, credit, free_state, set_free
from engine.rules.period_close import close_periods
from engine.rules.ranks import steps_up
from engine.rules.releases import release_behind
from engine.traces import RankBonus
from engine.unit_of_work import UnitOfWork


def let_time_pass(draft: UnitOfWork) -> None:
    """Closes the periods that have ended by the event's time, and makes ripe commissions available."""
    close_periods(draft, settle)
    ripe = draft.facts.maturing(draft.at, draft.programme.approves_by_itself)
    if not ripe and not draft.decision.closes:
        return
    bonuses = [each for each in draft.decision.commissions.values() if each.state == "pending"]
    for commission in ripe:
        set_free(draft, draft.edit_commission(draft.latest(commission)))
    just_credited: list[Close | Commission] = [*draft.decision.closes, *bonuses]
    for credited in sorted(just_credited, key=attrgetter("number")):
        if isinstance(credited, Close):
            _free_close(draft, credited)
        else:
            set_free(draft, draft.edit_commission(credited))
    if ripe:
        tell_what_is_available(draft, [draft.latest(commission) for commission in ripe])


def _free_close(draft: UnitOfWork, close: Close) -> None:
    """Frees all commissions of a close, as `set_free` does."""
    if close.state == "pending" and free_state(draft, close.matures, approved=False) == "available":
        draft.free_close(close)


def tell_what_is_available(draft: UnitOfWork, freed: Iterable[Commission]) -> None:
    """Adds one notice for each member, however many of their commissions have become available at once."""
    amounts: dict[str, list[Commission]] = {}
    for commission in freed:
        if commission.state == "available":
            amounts.setdefault(commission.member, []).append(commission)
    for member, theirs in amounts.items():
        amount = sum(commission.net for commission in theirs)
        draft.notify(member, CommissionsAvailable(amount, len(theirs), theirs[0].number))


def settle(draft: UnitOfWork) -> None:
    """Applies releases and ranks until nothing changes."""
    if len(draft.programme.ranks) == 1:
        draft.rank_may_rise.clear()
    while draft.may_be_qualified or draft.rank_may_rise:
        while draft.may_be_qualified:
            release_behind(_first_of(draft.may_be_qualified), draft)
        while draft.rank_may_rise:
            _raise_rank(_first_of(draft.rank_may_rise), draft)


def _first_of(waiting: dict[str, None]) -> str:
    id = next(iter(waiting))
    del waiting[id]
    return id


def _raise_rank(id: str, draft: UnitOfWork) -> None:
    """Raises a rank step by step; each rank passed or reached pays its bonus, cut by the caps of the rank just
    entered.
    """
    while steps := steps_up(draft.the_member(id), draft.programme):
        for rank in steps:
            draft.edit_member(id).rank = rank.id
            _pay_rank(id, rank, draft)


def _pay_rank(id: str, rank: Rank, draft: UnitOfWork) -> None:
    """Pays a rank's bonus once, even where a changed programme makes a member pass it again."""
    source = f"rank:{rank.id}"
    draft.notify(id, RankReached(rank.id, rank.bonus))
    if draft.facts.commission(source, id) is None:
        credit(draft, GrossCommission(id, "rank", 0, rank.bonus, source, RankBonus(rank.id, rank.bonus)))
