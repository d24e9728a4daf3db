"""Defines rewards as configured, gifts as issued, and how a member shares a commission.

Amounts are minor units of the programme's currency, times milliseconds UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final, Literal, Protocol

from bot.kit.languages import Language
from bot.kit.shop import Shop, ShopError
from engine.codes import clean_reward
from engine.rates import Rate

SHARED: Final = "share"
"""The reward of a link with a split; a reserved name."""

When = Literal["coming", "first_purchase"]
Kind = Literal["code", "text"]
State = Literal["waiting", "given", "used", "expired", "withheld"]
"""waiting: the code is still to come; withheld: there is none, and the gift says why."""
Withheld = Literal["known", "same_account"]
"""known: they were here, or had bought, before they came. same_account: they and their inviter are paid out alike."""


@dataclass(frozen=True, slots=True)
class RewardWords:
    """Holds a reward's texts in one language: its title, such as "10% off your first order", and the gift's own
    text.
    """

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Reward:
    """Holds a configured reward. Codes are taken from `codes`, or made with `prefix` where there are none.

    `percent` is a text such as "10%", "" for none; `amount` 0 is none; `valid_days` 0 is for ever. `shop` names the
    shop where each code becomes a coupon, "" for none.
    """

    id: str
    when: When
    kind: Kind
    words: Mapping[Language, RewardWords]
    percent: str = ""
    amount: int = 0
    valid_days: int = 0
    codes: tuple[str, ...] = ()
    prefix: str = ""
    shop: str = ""


@dataclass(frozen=True, slots=True)
class Gift:
    """Holds a reward issued to a person. `ready` tells whether it can be shown; `order` is the order that used it.

    `shop` is the only one that takes the code, which is a coupon there; None for a code that any shop may ask about.
    """

    id: int
    person: str
    reward: str
    kind: Kind
    code: str | None
    percent: str
    amount: int
    given: int
    expires: int | None
    used: int | None
    order: str | None
    withheld: Withheld | None
    ready: bool
    shop: str | None = None

    def state(self, now: int) -> State:
        """Returns its state at that moment; at its expiry exactly it has expired."""
        if self.withheld is not None:
            return "withheld"
        if self.used is not None:
            return "used"
        if not self.ready:
            return "waiting"
        return "expired" if self.expires is not None and now >= self.expires else "given"


@dataclass(frozen=True, slots=True)
class Split:
    """Holds a budget in two parts: the friend's discount, and the member's commission. Percentages such as "6%"."""

    discount: str
    commission: str

    @property
    def leaves_something(self) -> bool:
        """Returns whether the friend gets a discount."""
        return self.discount != "0%"


@dataclass(frozen=True, slots=True)
class SharedBudget:
    """Holds the budget of each member, and the steps in which it is split; the friend's part is a code like a
    reward's.
    """

    budget: Rate
    step: Rate
    valid_days: int = 0
    prefix: str = ""
    shop: str = ""

    def splits(self) -> tuple[Split, ...]:
        """Returns the splits from 0 for the friend up to the last whole step."""
        whole, step = self.budget.millionths, self.step.millionths
        return tuple(Split(_percent(part), _percent(whole - part)) for part in range(0, whole + 1, step))


def _percent(millionths: int) -> str:
    whole, part = divmod(millionths, 10_000)
    return f"{whole}.{part:04d}".rstrip("0").rstrip(".") + "%"


DAY_MS: Final = 86_400_000
NEW_FOR_MS: Final = DAY_MS
"""A person who has known the bot for longer is no new friend. Some clients lose the parameter of /start: within the
first day the code may still be typed.
"""


def why_withheld(*, same_account: bool, came: int, met: int | None, bought_before: bool) -> Withheld | None:
    """Returns why a friend who opened the link at `came` gets no reward; None where they do.

    `same_account`: they and their inviter are paid out to the same card or Sheba. `met`: when the bot first saw them,
    None for never, as for a shop's customer. `bought_before`: they had bought before they came.
    """
    if same_account:
        return "same_account"
    met_long_before = met is not None and came - met > NEW_FOR_MS
    return "known" if bought_before or met_long_before else None


def code_key(typed: str) -> str:
    """Normalises a reward's code for storing and comparing: shops' coupons come in small letters."""
    return clean_reward(typed)


class Gifts(Protocol):
    """Lets shops check and redeem codes."""

    async def check(self, shop: Shop, code: str, buyer: str | None) -> Gift:
        """Returns a gift that this buyer may use now. Raises UnknownReward, RewardUsed, RewardExpired, RewardOfAnother,
        RewardWithheld.
        """

    async def use(self, shop: Shop, code: str, order: str, buyer: str | None) -> tuple[Gift, bool]:
        """Redeems a gift for that order (the shop's id); returns it, and whether it already was. Raises as `check`."""

    async def member_behind(self, code: str) -> str | None:
        """Returns the member whose link with a split has that code; None for any other code."""


@dataclass(eq=False)
class RewardError(ShopError):
    """Base of errors why a code cannot be used."""

    code: ClassVar[str] = "reward"


@dataclass(eq=False)
class UnknownReward(RewardError):
    """Raised for a code that was never issued."""

    code: ClassVar[str] = "unknown_reward"


@dataclass(eq=False)
class RewardUsed(RewardError):
    """Raised for a code that was used for another order."""

    code: ClassVar[str] = "reward_used"


@dataclass(eq=False)
class RewardExpired(RewardError):
    """Raised for an expired reward."""

    code: ClassVar[str] = "reward_expired"


@dataclass(eq=False)
class RewardOfAnother(RewardError):
    """Raised if the buyer is a person of the chat, and it was issued to another."""

    code: ClassVar[str] = "reward_of_another"


@dataclass(eq=False)
class RewardWithheld(RewardError):
    """Raised if its person is paid out to the same account as their inviter."""

    code: ClassVar[str] = "reward_withheld"
