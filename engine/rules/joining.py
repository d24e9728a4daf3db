"""Records that persons follow a link and join (sections 3 and 6)."""

from engine.errors import AlreadyMember, SelfReferral
from engine.events.model import Attribute, Join
from engine.notices import FriendCame, FriendJoined
from engine.records import Member
from engine.rules.crediting import GrossCommission, credit
from engine.rules.volumes import count_newcomer
from engine.traces import SignupBonus
from engine.unit_of_work import UnitOfWork


def attribute(event: Attribute, draft: UnitOfWork) -> None:
    """Sets the first sponsor for good; a later link changes nothing and is no error."""
    if event.person == event.referrer:
        raise SelfReferral(event.person)
    draft.the_member(event.referrer)
    if draft.member(event.person) is not None:
        raise AlreadyMember(event.person)
    known = draft.person(event.person)
    if known is None or known.sponsor is None:
        person = draft.edit_person(event.person)
        person.sponsor, person.since, person.commission = event.referrer, draft.at, event.commission
        draft.notify(event.referrer, FriendCame(event.person))


def join(event: Join, draft: UnitOfWork) -> None:
    """Makes a person a member, under the sponsor they have or else the one the event names."""
    if draft.member(event.member) is not None:
        raise AlreadyMember(event.member)
    known = draft.person(event.member)
    if known is not None and known.sponsor is not None:
        sponsor: str | None = known.sponsor  # a sponsor in the event is not even checked
    else:
        sponsor = event.sponsor
        if sponsor == event.member:
            raise SelfReferral(event.member)
        if sponsor is not None:
            draft.the_member(sponsor)
    become_member(draft, event.member, sponsor)


def become_member(draft: UnitOfWork, id: str, sponsor: str | None) -> None:
    """Places a person in the network and pays the sponsor's signup bonus."""
    person = draft.edit_person(id)
    if sponsor is not None and person.sponsor is None:
        person.sponsor, person.since = sponsor, draft.at
    parent, slot = draft.programme.plan.rules.place(sponsor, draft.facts) if sponsor is not None else (None, None)
    number = draft.facts.last_member() + 1
    draft.add_member(Member(id, number, sponsor, parent, slot, draft.programme.ranks[0].id, draft.at))
    count_newcomer(draft, draft.the_member(id))
    draft.rank_may_rise[id] = None
    if sponsor is not None:
        draft.edit_member(sponsor).recruits += 1
        draft.rank_may_rise[sponsor] = None
        draft.may_be_qualified[sponsor] = None
        draft.notify(sponsor, FriendJoined(id))
        _pay_signup(draft, id, sponsor)


def _pay_signup(draft: UnitOfWork, newcomer: str, sponsor: str) -> None:
    """Pays the signup bonus; for an unqualified sponsor it is held under `unqualified = "hold"`, else dropped."""
    programme, member = draft.programme, draft.the_member(sponsor)
    bonus = programme.rank_by_id[member.rank].signup_bonus
    held = not draft.is_qualified(member)
    if bonus and not (held and programme.plan.unqualified != "hold"):
        why = SignupBonus(member.rank, bonus, newcomer)
        source, blocker = f"join:{newcomer}", sponsor if held else None
        credit(draft, GrossCommission(sponsor, "signup", 0, bonus, source, why, blocker=blocker))
