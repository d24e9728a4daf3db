"""Loads the demo's programmes: one file of `data/plans` for each, laid over the shop of the story."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from bot.kit.json import Json, JsonView
from bot.kit.languages import LANGUAGES
from bot.kit.texts import LOCALE, Texts
from bot.playground.host.plan_example import PlanExample, plan_example
from bot.playground.story.words import DATA, shop_tables
from engine.plans.drawing import Drawing
from engine.programme.model import PlanTable

OWN: Final = frozenset({"position", "title", "sentence"})
"""Keys that describe a file; all others are tables of a configuration."""


@dataclass(frozen=True, slots=True)
class PlanPortrait:
    """Holds what speaks for a plan and against it, a sentence each in each language, and its drawing."""

    strength: Mapping[str, str]
    drawback: Mapping[str, str]
    drawing: Drawing


@dataclass(frozen=True, slots=True)
class DemoProgramme:
    """Holds a programme by its id, with a title and a sentence in each language, and the portrait of its plan.

    `example` is what it pays for one order; `tables` are a configuration's.
    """

    id: str
    position: int
    title: Mapping[str, str]
    sentence: Mapping[str, str]
    portrait: PlanPortrait
    example: PlanExample
    tables: JsonView

    @property
    def maturity_days(self) -> int:
        """Returns the days until a commission can be withdrawn."""
        return int(self.tables["program"].get("maturity_days", 0))

    def as_json(self) -> Json:
        """Returns the plan as the page's JSON."""
        texts = {"title": dict(self.title), "sentence": dict(self.sentence)}
        shown = {"id": self.id, **texts, **asdict(self.portrait), "example": self.example.as_json()}
        return {**shown, "maturity_days": self.maturity_days}


def load_plans(folder: Path = DATA / "plans") -> dict[str, DemoProgramme]:
    """Returns all plans by id, the initial one first."""
    plans = sorted((_load(path) for path in folder.glob("*.toml")), key=lambda plan: plan.position)
    return {plan.id: plan for plan in plans}


def _load(path: Path) -> DemoProgramme:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    tables = {**shop_tables(), **{name: table for name, table in content.items() if name not in OWN}}
    portrait = _portrait(PlanTable.model_validate(tables["plan"]))
    return DemoProgramme(
        path.stem,
        content["position"],
        content["title"],
        content["sentence"],
        portrait,
        plan_example(tables),
        tables,
    )


def _portrait(table: PlanTable) -> PlanPortrait:
    plan, texts = table.rules, Texts(LOCALE)

    def in_each_language(text_id: str) -> dict[str, str]:
        return {lang: texts.plain(lang, text_id) for lang in LANGUAGES}

    return PlanPortrait(in_each_language(plan.strength), in_each_language(plan.drawback), plan.drawing(table))
