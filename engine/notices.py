"""Defines the notices: what an event tells a member, or the admins, without words.

A tag is the notice's kind in the table, the fields are its values there. Amounts in minor units, times in milliseconds
UTC. Replay compares stored notices with these: no kind and no field is renamed, and a new field has a default, which is
not stored, so that earlier rows are read and are still what their events tell.
"""

from collections.abc import Mapping
from typing import Any, Final, Literal, get_args

import msgspec

from engine.records import Kind, State, WithdrawalState

_TAG: Final = "notice"


class Notice(msgspec.Struct, frozen=True, gc=False, omit_defaults=True, tag_field=_TAG):
    """Base of notices: frozen structs with a tag."""


class Unreadable(Notice, frozen=True):
    """Stands for a stored notice that this version cannot read; no event makes one."""


class FriendCame(Notice, frozen=True, tag="friend_came"):
    """Tells a member that a person opened their link."""

    friend: str


class FriendJoined(Notice, frozen=True, tag="friend_joined"):
    """Tells a sponsor that a friend has become a member."""

    friend: str


class FriendBought(Notice, frozen=True, tag="friend_bought"):
    """Tells a sponsor that a friend's order pays them nothing, and why."""

    friend: str
    order: str
    total: int
    why: Literal["suspended", "window", "not_first"]


class CommissionCredited(Notice, frozen=True, tag="commission"):
    """Tells a member of a new commission, as it is at the end of its event."""

    number: int
    amount: int
    kind: Kind
    level: int
    state: State
    source: str
    matures: int
    blocker: str | None


class CommissionReleased(Notice, frozen=True, tag="released"):
    """Tells a member that nothing blocks a commission any more."""

    number: int
    amount: int
    state: State
    source: str
    matures: int


class CommissionsAvailable(Notice, frozen=True, tag="available"):
    """Tells a member that `count` commissions can be withdrawn; `number` is the first."""

    amount: int
    count: int
    number: int


class CommissionReversed(Notice, frozen=True, tag="reversed"):
    """Tells a member that a refund took a commission back, and what is `left` of it."""

    number: int
    amount: int
    order: str
    left: int
    source: str


class CommissionRejected(Notice, frozen=True, tag="rejected"):
    """Tells a member that an admin rejected a commission."""

    number: int
    amount: int
    source: str


class CapReached(Notice, frozen=True, tag="cap_reached"):
    """Tells a member that a cap left nothing of a commission of `cut`."""

    source: str
    cut: int
    cap: str
    limit: int


class BalanceAdjusted(Notice, frozen=True, tag="adjusted"):
    """Tells a member that an admin corrected their balance."""

    amount: int
    reason: str


class RankReached(Notice, frozen=True, tag="rank_reached"):
    """Tells a member of their new rank; its bonus is a commission of its own."""

    rank: str
    bonus: int


class MemberSuspended(Notice, frozen=True, tag="suspended"):
    """Tells a member that their membership is suspended."""


class MemberReinstated(Notice, frozen=True, tag="reinstated"):
    """Tells a member that their membership is reinstated."""


class WithdrawalNotice(Notice, frozen=True):
    """Base of the notices that tell a member of a withdrawal's new state."""

    number: int
    id: str
    amount: int


class WithdrawalRequested(WithdrawalNotice, frozen=True, tag="withdrawal_requested"):
    """Tells a member that they requested a withdrawal."""


class WithdrawalCancelled(WithdrawalNotice, frozen=True, tag="withdrawal_cancelled"):
    """Tells a member that they cancelled a withdrawal."""


class WithdrawalApproved(WithdrawalNotice, frozen=True, tag="withdrawal_approved"):
    """Tells a member that an admin approved a withdrawal."""


class WithdrawalRejected(WithdrawalNotice, frozen=True, tag="withdrawal_rejected"):
    """Tells a member that an admin rejected a withdrawal."""


class WithdrawalPaid(WithdrawalNotice, frozen=True, tag="withdrawal_paid"):
    """Tells a member that a withdrawal was paid."""


class AdminWithdrawalNotice(Notice, frozen=True):
    """Base of the notices that tell admins what waits for them, or no longer does."""

    member: str
    number: int
    id: str
    amount: int


class AdminWithdrawalRequested(AdminWithdrawalNotice, frozen=True, tag="admin_withdrawal_requested"):
    """Tells admins that a member requested a withdrawal."""


class AdminWithdrawalCancelled(AdminWithdrawalNotice, frozen=True, tag="admin_withdrawal_cancelled"):
    """Tells admins that a member cancelled a withdrawal."""


AnyNotice = (
    FriendCame
    | FriendJoined
    | FriendBought
    | CommissionCredited
    | CommissionReleased
    | CommissionsAvailable
    | CommissionReversed
    | CommissionRejected
    | CapReached
    | BalanceAdjusted
    | RankReached
    | MemberSuspended
    | MemberReinstated
    | WithdrawalRequested
    | WithdrawalCancelled
    | WithdrawalApproved
    | WithdrawalRejected
    | WithdrawalPaid
    | AdminWithdrawalRequested
    | AdminWithdrawalCancelled
)
"""All notices."""

TOLD_TO_MEMBERS: Final[Mapping[WithdrawalState, type[WithdrawalNotice]]] = {
    "requested": WithdrawalRequested,
    "cancelled": WithdrawalCancelled,
    "approved": WithdrawalApproved,
    "rejected": WithdrawalRejected,
    "paid": WithdrawalPaid,
}
"""What a member is told, by the new state of their withdrawal."""

TOLD_TO_ADMINS: Final[Mapping[WithdrawalState, type[AdminWithdrawalNotice]]] = {
    "requested": AdminWithdrawalRequested,
    "cancelled": AdminWithdrawalCancelled,
}
"""What admins are told, by the new state of a withdrawal."""


def kind_of(notice: type[Notice]) -> str:
    """Returns the kind under which a notice is stored: its tag."""
    return str(notice.__struct_config__.tag)


def values_of(notice: Notice) -> dict[str, Any]:
    """Returns what is stored of a notice beside its kind."""
    values: dict[str, Any] = msgspec.to_builtins(notice)
    del values[_TAG]
    return values


_DECODERS: Final[Mapping[str, msgspec.json.Decoder[Notice]]] = {
    kind_of(each): msgspec.json.Decoder(each) for each in get_args(AnyNotice)
}


def read(kind: str, content: str) -> Notice:
    """Reads a stored notice; Unreadable for one that this version does not know, or whose values are not its own."""
    decoder = _DECODERS.get(kind)
    if decoder is None:
        return Unreadable()
    try:
        return decoder.decode(content)
    except (msgspec.DecodeError, UnicodeError):
        return Unreadable()
