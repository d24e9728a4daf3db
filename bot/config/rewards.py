"""Defines the configuration's tables about friends: `[[rewards]]`, `[share]` and `[caution]`."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from bot.config.shops import Shops
from bot.config.tables import TableByLanguage, at_most, no_id_twice
from bot.kit.config_tables import ConfigTable
from bot.kit.friends import ReviewRules
from bot.kit.languages import LANGUAGES, Language, by_preference
from bot.kit.rewards import SHARED, Reward, RewardWords, SharedBudget, code_key
from bot.shop_kinds import shops_that_take_coupons
from engine.programme.errors import ProgrammeProblem
from engine.rates import parse_percent

REWARDS_MAX = 20
SPLITS_MAX = 20
CODES_MAX = 100_000
TITLE_LENGTH_MAX = 80
TEXT_LENGTH_MAX = 600
CODE = r"[A-Za-z0-9_-]{4,40}"


def _percent(text: str) -> str:
    if text and not parse_percent(text).millionths:
        raise ValueError("a percentage above 0")
    return text


def _id(id: str) -> str:
    if id == SHARED:
        raise ValueError(f"another name: {SHARED} is reserved for links with a split")
    return id


def _no_code_twice(codes: tuple[str, ...]) -> tuple[str, ...]:
    if len({code_key(each) for each in codes}) < len(codes):
        raise ValueError("each code once, in small letters or capitals")
    return codes


Code = Annotated[str, Field(pattern=f"^{CODE}$")]
Prefix = Annotated[str, Field(pattern=r"^[A-Z0-9-]{0,12}$")]
Days = Annotated[int, Field(ge=0, le=3650)]


class RewardTexts(ConfigTable):
    """Holds a reward's texts in one language. Empty: another language's."""

    title: Annotated[str, at_most(TITLE_LENGTH_MAX)] = ""
    text: Annotated[str, at_most(TEXT_LENGTH_MAX)] = ""


class RewardTable(TableByLanguage[RewardTexts]):
    """Holds a reward that a friend gets once: a discount code, from a list, a file or generated, or a gift text."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,32}$"), AfterValidator(_id)]
    when: Literal["coming", "first_purchase"]
    kind: Literal["code", "text"] = "code"
    codes: Annotated[tuple[Code, ...], Field(strict=False, max_length=CODES_MAX), AfterValidator(_no_code_twice)] = ()
    codes_file: str = ""
    prefix: Prefix = ""
    percent: Annotated[str, AfterValidator(_percent)] = ""
    amount: Annotated[int, Field(ge=0, le=10**12)] = 0
    valid_days: Days = 0
    shop: str = ""

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if not any(each.title for each in self.words.values()):
            raise ValueError("a title in one language at least")
        if self.kind == "text":
            if not any(each.text for each in self.words.values()):
                raise ValueError('a text in one language at least, for kind = "text"')
            if self.codes or self.codes_file or self.prefix or self.percent or self.amount or self.shop:
                raise ValueError('codes, codes_file, prefix, percent, amount and shop for kind = "code" alone')
        if self.percent and self.amount:
            raise ValueError("percent or amount, not both")
        if sum(map(bool, (self.codes, self.codes_file, self.prefix))) > 1:
            raise ValueError("one of codes, codes_file and prefix")
        if self.shop and not (self.percent or self.amount):
            raise ValueError("percent or amount, which a coupon at a shop needs")
        return self


class ShareTable(ConfigTable):
    """Configures what each member may split between the friend's discount and the own commission, by links."""

    budget: Annotated[str, AfterValidator(_percent)]
    step: Annotated[str, AfterValidator(_percent)]
    valid_days: Days = 30
    prefix: Prefix = ""
    shop: str = ""

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if not self.budget or not self.step:
            raise ValueError("budget and step, such as 14% and 2%")
        splits = parse_percent(self.budget).millionths // parse_percent(self.step).millionths
        if not 1 <= splits <= SPLITS_MAX:
            raise ValueError(f"a step that fits 1 to {SPLITS_MAX} times into the budget")
        return self


class CautionTable(ConfigTable):
    """Configures when an admin reviews invitations before they count; 0 is never."""

    friends_an_hour: Annotated[int, Field(ge=0, le=100_000)] = 50
    ring_length: Annotated[int, Field(ge=0, le=50)] = 6


def no_code_in_two(rewards: tuple[RewardTable, ...]) -> tuple[RewardTable, ...]:
    """Validates that no two rewards hold the same code. Raises ValueError."""
    codes = [code_key(code) for each in rewards for code in each.codes]
    if len(set(codes)) < len(codes):
        raise ValueError("each code in one reward alone")
    return rewards


Rewards = Annotated[
    tuple[RewardTable, ...],
    Field(strict=False, max_length=REWARDS_MAX),
    AfterValidator(no_id_twice),
    AfterValidator(no_code_in_two),
]


def problems_of_rewards(
    rewards: Iterable[RewardTable], share: ShareTable | None, shops: Shops, folder: Path
) -> list[ProgrammeProblem]:
    """Returns the tables' wrong references to other tables and to files."""
    found = []
    for number, each in enumerate(rewards):
        if each.shop and not _takes_coupons(each.shop, shops):
            found.append(ProgrammeProblem(f"rewards[{number}].shop", shops_that_take_coupons()))
        if each.codes_file:
            try:
                codes_in(folder / each.codes_file)
            except ValueError as problem:
                found.append(ProgrammeProblem(f"rewards[{number}].codes_file", str(problem)))
    if share is not None and share.shop and not _takes_coupons(share.shop, shops):
        found.append(ProgrammeProblem("share.shop", shops_that_take_coupons()))
    return found


def _takes_coupons(name: str, shops: Shops) -> bool:
    return name in shops and shops[name].takes_coupons


def codes_in(file: Path) -> tuple[str, ...]:
    """Reads codes, one a line; blank lines are ignored. Raises ValueError with what was expected."""
    try:
        lines = file.read_text(encoding="utf-8-sig").split()
    except (OSError, UnicodeDecodeError):
        raise ValueError("a file that can be read, with a code on each line") from None
    for number, code in enumerate(lines, start=1):
        if not re.fullmatch(CODE, code):
            raise ValueError(f"4 to 40 letters, digits, - and _ in each code; number {number} is none")
    if not 1 <= len(lines) <= CODES_MAX:
        raise ValueError(f"1 to {CODES_MAX} codes")
    return _no_code_twice(tuple(lines))


def rewards_of(tables: Iterable[RewardTable], folder: Path) -> dict[str, Reward]:
    """Returns the rewards for the bot, by id, in the configuration's order."""
    return {each.id: _reward(each, folder) for each in tables}


def _reward(table: RewardTable, folder: Path) -> Reward:
    return Reward(
        table.id,
        table.when,
        table.kind,
        _words(table.words),
        percent=table.percent,
        amount=table.amount,
        valid_days=table.valid_days,
        codes=codes_in(folder / table.codes_file) if table.codes_file else table.codes,
        prefix=table.prefix,
        shop=table.shop,
    )


def _words(tables: Mapping[Language, RewardTexts]) -> dict[Language, RewardWords]:
    """Fills in another language's title or text where one is missing."""
    words = {}
    for language in LANGUAGES:
        known = [tables[each] for each in by_preference(language) if each in tables]
        title, text = (next(filter(None, found), "") for found in zip(*((t.title, t.text) for t in known), strict=True))
        words[language] = RewardWords(title, text)
    return words


def share_of(table: ShareTable | None) -> SharedBudget | None:
    """Returns the split configuration for the bot."""
    if table is None:
        return None
    return SharedBudget(
        parse_percent(table.budget), parse_percent(table.step), table.valid_days, table.prefix, table.shop
    )


def caution_of(table: CautionTable | None) -> ReviewRules:
    """Returns the review limits; without the table no invitation is held for review."""
    return ReviewRules(table.friends_an_hour, table.ring_length) if table is not None else ReviewRules()
