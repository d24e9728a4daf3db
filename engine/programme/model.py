"""Models the programme file (section 2 of the rules): typed, complete, and free of contradictions once loaded."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from engine.events.codec import EXPECTED_TIME, BadEvent, parse_time
from engine.money import Currency
from engine.network.placement import SPILLS
from engine.network.shape import Shape
from engine.plans import DEFAULT_PLAN, PLANS
from engine.plans.plan import Plan
from engine.programme.errors import ProgrammeError, ProgrammeProblem, problems_of
from engine.programme.validation import contradictions
from engine.rates import Rate, Rule, parse_percent, parse_rate
from engine.timestamps import milliseconds

PROGRAMME_TABLES = ("program", "ranks", "rates", "offers", "plan")

DAY_MS = 86_400_000


def _rate(value: object) -> Rate:
    if not isinstance(value, str):
        raise ValueError('expected a text such as "20%" or "5000"')
    return parse_rate(value)


def _percent(value: object) -> Rate:
    if not isinstance(value, str):
        raise ValueError('expected a text such as "15%"')
    return parse_percent(value)


def _time(value: object) -> int:
    try:
        return milliseconds(parse_time(value))
    except BadEvent:
        raise ValueError(EXPECTED_TIME) from None


def _currency(code: str) -> str:
    return Currency.of(code).code


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError("a time zone of the IANA list, such as Asia/Tehran") from None
    return name


def _name_in(registry: Mapping[str, object]) -> BeforeValidator:
    """Returns the check that a value names something in the registry, as it is when the file is read."""

    def check(value: object) -> str:
        if not isinstance(value, str) or value not in registry:
            *names, last = map(repr, registry)
            raise ValueError(f"{', '.join(names)} or {last}")
        return value

    return BeforeValidator(check)


Amount = Annotated[int, Field(ge=0, le=10**15)]
Name = Annotated[str, Field(min_length=1)]
AnyRate = Annotated[Rate, BeforeValidator(_rate)]
Percent = Annotated[Rate, BeforeValidator(_percent)]
Moment = Annotated[int, BeforeValidator(_time)]


class ProgrammeTable(BaseModel):
    """Base of the file's tables: refuses unknown keys and values of other types."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, arbitrary_types_allowed=True)


class JoinTable(ProgrammeTable):
    mode: Literal["open", "purchase"] = "open"
    products: list[Name] = []


class Program(ProgrammeTable):
    currency: Annotated[str, AfterValidator(_currency)]
    timezone: Annotated[str, AfterValidator(_zone)] = "UTC"
    calendar: Literal["gregorian", "jalali"] = "gregorian"
    week_start: Literal["monday", "saturday", "sunday"] = "monday"
    approval: Literal["auto", "manual"] = "auto"
    maturity_days: Annotated[int, Field(ge=0, le=36_500)] = 0
    commission_window_days: Annotated[int, Field(ge=0, le=36_500)] = 0
    first_purchase_only: bool = False
    max_earnings: Amount = 0
    min_withdrawal: Amount = 0
    join: JoinTable = JoinTable()


class RankRequires(ProgrammeTable):
    sales: Amount = 0
    earnings: Amount = 0
    recruits: Amount = 0


class Rank(ProgrammeTable):
    id: Name
    commission: AnyRate
    signup_bonus: Amount = 0
    max_earnings: Amount = 0
    max_commission: Amount = 0
    pairing_cap: Amount = 0
    bonus: Amount = 0
    requires: RankRequires | None = None


class RateTable(ProgrammeTable):
    product: Name | None = None
    category: Name | None = None
    commission: AnyRate


class Offer(ProgrammeTable):
    id: Name
    products: list[Name] | None = None
    categories: list[Name] | None = None
    members: list[Name] | None = None
    starts: Moment | None = None
    ends: Moment | None = None
    commission: AnyRate

    def holds(self, seller: str, at: int) -> bool:
        """Returns whether the offer is for this seller at this moment; `ends` is exclusive."""
        return (
            (self.members is None or seller in self.members)
            and (self.starts is None or self.starts <= at)
            and (self.ends is None or at < self.ends)
        )


class PlanRequires(ProgrammeTable):
    legs: Amount = 0
    recruits: Amount = 0
    sales: Amount = 0


class Pairing(ProgrammeTable):
    period: Literal["day", "week", "month"]
    measure: Literal["sales", "members"] = "sales"
    rate: Percent | None = None
    unit: Annotated[int, Field(gt=0)] | None = None
    bonus: Amount | None = None
    ratio: Literal["1:1", "2:1", "1:2"] | None = None
    carry: Literal["all", "none", "limited"] = "all"
    carry_limit: Amount = 0
    cap: Amount = 0


class PlanTable(ProgrammeTable):
    """Holds the table `plan`. What its keys mean under its kind, `rules` decides."""

    kind: Annotated[str, _name_in(PLANS)] = DEFAULT_PLAN
    width: Annotated[int, Field(ge=1, le=1000)] = 3
    pairs: Annotated[int, Field(ge=1, le=2)] | None = None
    spill: Annotated[str, _name_in(SPILLS)] | None = None
    levels: list[Percent] = []
    base: Literal["direct", "sale"] = "direct"
    funding: Literal["seller", "house"] | None = None
    unqualified: Literal["hold", "house", "seller", "compress"] = "hold"
    chain: bool = False
    requires: PlanRequires | None = None
    pairing: Pairing | None = None

    @cached_property
    def rules(self) -> Plan:
        """Returns the plan of this kind."""
        return PLANS[self.kind]

    @cached_property
    def shape(self) -> Shape | None:
        """Returns how the network grows; None where there are no numbered places."""
        return self.rules.shape(self)

    @cached_property
    def legs(self) -> int:
        """Returns the number of legs under a member, 0 for plans without."""
        return self.shape.legs if self.shape is not None else 0

    @cached_property
    def depth(self) -> int:
        """Returns the number of levels above a seller that share in a commission."""
        return self.rules.depth(self)

    @cached_property
    def seller_funds(self) -> bool:
        """Returns whether the levels' shares are cut out of the direct commission."""
        return self.base == "direct" and self.funding != "house"


class Programme(ProgrammeTable):
    """Holds the tables of one programme file. Lookups that every order needs are computed once."""

    program: Program
    ranks: Annotated[list[Rank], Field(min_length=1)]
    rates: list[RateTable] = []
    offers: list[Offer] = []
    plan: PlanTable = PlanTable()

    @classmethod
    def from_tables(cls, tables: Mapping[str, Any]) -> Self:
        """Builds the programme of section 2's tables; callers remove the bot's own tables first.

        Raises ProgrammeError with each problem's full key and what was expected.
        """
        try:
            programme = cls.model_validate(dict(tables))
        except ValidationError as error:
            raise ProgrammeError(problems_of(error)) from None
        if problems := tuple(contradictions(programme)):
            raise ProgrammeError(problems)
        return programme

    @cached_property
    def currency(self) -> Currency:
        return Currency.of(self.program.currency)

    @cached_property
    def rank_order(self) -> dict[str, int]:
        return {rank.id: position for position, rank in enumerate(self.ranks)}

    @cached_property
    def rank_by_id(self) -> dict[str, Rank]:
        return {rank.id: rank for rank in self.ranks}

    @cached_property
    def rates_by_product(self) -> dict[str, list[Rate]]:
        return _grouped((rate.product, rate.commission) for rate in self.rates)

    @cached_property
    def rates_by_category(self) -> dict[str, list[Rate]]:
        return _grouped((rate.category, rate.commission) for rate in self.rates)

    @cached_property
    def capped_ranks(self) -> frozenset[str]:
        """Returns the ranks whose members' commissions any cap may cut."""
        everybody = self.program.max_earnings
        return frozenset(rank.id for rank in self.ranks if everybody or rank.max_earnings or rank.max_commission)

    @cached_property
    def rank_rules(self) -> dict[str, Rule]:
        """Returns each rank's own rate, as the rule that a line falls back to."""
        return {rank.id: Rule("rank", rank.id, rank.commission) for rank in self.ranks}

    @cached_property
    def has_places(self) -> bool:
        """Returns whether the plan has numbered places, which newcomers fill."""
        return self.plan.shape is not None

    @cached_property
    def maturity_ms(self) -> int:
        return self.program.maturity_days * DAY_MS

    @cached_property
    def approves_by_itself(self) -> bool:
        return self.program.approval == "auto"


def _grouped(pairs: Any) -> dict[str, list[Rate]]:
    groups: dict[str, list[Rate]] = {}
    for name, rate in pairs:
        if name is not None:
            groups.setdefault(name, []).append(rate)
    return groups


__all__ = ["DAY_MS", "PROGRAMME_TABLES", "Programme", "ProgrammeError", "ProgrammeProblem"]
