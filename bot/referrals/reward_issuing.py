"""Issues a reward: picks the code and expiry, or explains why not. Runs inside a write transaction."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.kit.rewards import DAY_MS, SHARED, Kind, Reward, SharedBudget, Withheld, code_key, why_withheld
from bot.store import load_queries
from engine.store.driver import Connection
from engine.transaction import Transaction

TRIES_MAX: Final = 20


@dataclass(frozen=True, slots=True)
class _Handout:
    """Holds a reward's fields except its owner; `codes` are tried in order."""

    reward: str
    kind: Kind
    codes: tuple[str, ...]
    prefix: str
    percent: str
    amount: int
    valid_days: int
    shop: str


class RewardIssuer:
    """Issues rewards. `new_word` returns the random letters of a generated code."""

    def __init__(self, rewards: Mapping[str, Reward], share: SharedBudget | None, new_word: Callable[[], str]) -> None:
        self._rewards = rewards
        self._share = share
        self._new_word = new_word
        self._queries = load_queries("friends")

    def came(self, books: Transaction, person: str, member: str, discount: str | None, now: int) -> None:
        """Issues the rewards for coming through a member's link; `discount` is the friend's part of its split."""
        handouts = [_handout(each) for each in self._rewards.values() if each.when == "coming"]
        if discount is not None and discount != "0%":
            handouts.append(self._shared(discount))
        self._give(books.connection, person, member, handouts, now, now)

    def bought(self, books: Transaction, person: str, reward: str, now: int) -> bool:
        """Issues the reward for the first purchase. Returns whether it was recorded, issued or withheld."""
        known = books.person(person)
        if known is None or known.sponsor is None or known.since is None:
            return False
        return self._give(books.connection, person, known.sponsor, [_handout(self._rewards[reward])], known.since, now)

    def fill(self, db: Connection, reward: Reward, now: int) -> None:
        """Assigns codes to rewards issued while none were left."""
        if reward.kind != "code":
            return
        handout = _handout(reward)
        for row in list(self._queries.empty_gifts(db, reward=reward.id)):
            code = self._code(db, handout)
            if code is None:
                return
            self._queries.fill_gift(db, id=row["id"], code=code, expires=_end(handout, now))

    def selves(self, db: Connection, person: str) -> list[str]:
        """Returns the ids of the person and of the shop customers linked to them."""
        return [row["id"] for row in self._queries.selves(db, person=person)]

    def why_not(self, db: Connection, person: str, member: str, since: int) -> Withheld | None:
        """Returns why the member's friend since `since` gets no reward, None where they get it."""
        met = self._queries.met(db, person=person)
        came = self._queries.came_at(db, person=person, member=member, since=since)["at"]
        selves = self.selves(db, person)
        return why_withheld(
            same_account=self._queries.same_account(db, person=person, member=member) is not None,
            came=came,
            met=met["met_at"] if met is not None else None,
            bought_before=any(self._queries.orders_before(db, buyer=each, at=came)["orders"] for each in selves),
        )

    def _give(
        self, db: Connection, person: str, member: str, handouts: Iterable[_Handout], since: int, now: int
    ) -> bool:
        given = False
        for handout in handouts:
            if any(self._queries.gift(db, person=each, reward=handout.reward) for each in self.selves(db, person)):
                continue
            withheld = self.why_not(db, person, member, since)
            self._put(db, person, handout, withheld, now)
            given = True
        return given

    def _put(self, db: Connection, person: str, handout: _Handout, withheld: Withheld | None, now: int) -> None:
        wants_code = handout.kind == "code" and withheld is None
        self._queries.put_gift(
            db,
            person=person,
            reward=handout.reward,
            kind=handout.kind,
            code=self._code(db, handout) if wants_code else None,
            percent=handout.percent or None,
            amount=handout.amount or None,
            shop=(handout.shop or None) if wants_code else None,
            now=now,
            expires=_end(handout, now),
            withheld=withheld,
        )

    def _code(self, db: Connection, handout: _Handout) -> str | None:
        """Returns an unassigned code; None where the configured ones are used up."""
        for code in self._candidates(db, handout):
            if self._queries.code_taken(db, code=code) is None:
                return code
        return None

    def _candidates(self, db: Connection, handout: _Handout) -> Iterable[str]:
        """Yields candidate codes.

        A list starts at the next unassigned one, so that long lists are not scanned each time.
        """
        if not handout.codes:
            return (code_key(handout.prefix + self._new_word()) for _ in range(TRIES_MAX))
        turn = self._queries.codes_given(db, reward=handout.reward)["given"] % len(handout.codes)
        return map(code_key, (*handout.codes[turn:], *handout.codes[:turn]))

    def _shared(self, discount: str) -> _Handout:
        share = self._share
        days, prefix, shop = (share.valid_days, share.prefix, share.shop) if share is not None else (0, "", "")
        return _Handout(SHARED, "code", (), prefix, discount, 0, days, shop)


def _handout(reward: Reward) -> _Handout:
    return _Handout(
        reward.id,
        reward.kind,
        reward.codes,
        reward.prefix,
        reward.percent,
        reward.amount,
        reward.valid_days,
        reward.shop,
    )


def _end(handout: _Handout, now: int) -> int | None:
    return now + handout.valid_days * DAY_MS if handout.valid_days else None
