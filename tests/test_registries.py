"""What is put into a folder is in the folder's registry: a new file without its line is found here."""

import ast
import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import get_args

import pytest

from bot.cli import COMMANDS
from bot.schedule import jobs as jobs_package
from bot.shop_kinds import KINDS
from engine.network import placement
from engine.network.placement import SPILLS
from engine.notices import AnyNotice
from engine.plans import PLANS
from engine.programme.model import PlanTable
from handlers.chat import FEATURES
from handlers.notices import RENDERERS

ROOT = Path(__file__).parents[1]


def modules(folder: str) -> dict[str, ast.Module]:
    """Those of a folder and the folders below, by their dotted names."""
    return {
        ".".join(file.relative_to(ROOT).with_suffix("").parts): ast.parse(file.read_text(encoding="utf-8"))
        for file in sorted((ROOT / folder).rglob("*.py"))
        if file.name != "__init__.py"
    }


def defines(module: ast.Module, name: str) -> bool:
    """Whether there is a function or a value of that name at its top."""
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name:
            return True
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        if any(isinstance(each, ast.Name) and each.id == name for each in targets):
            return True
    return False


def job_classes(module: ast.Module) -> Iterator[str]:
    for node in module.body:
        if isinstance(node, ast.ClassDef):
            methods = {each.name for each in node.body if isinstance(each, ast.AsyncFunctionDef)}
            if {"schedules", "work"} <= methods:
                yield node.name


def test_every_feature_of_the_chat_is_registered() -> None:
    written = {name for name, module in modules("handlers/chat").items() if defines(module, "FEATURE")}
    assert len(written) > 20
    registered = {id(each) for each in FEATURES}
    assert {name for name in written if id(import_module(name).FEATURE) not in registered} == set()
    assert len(FEATURES) == len(written)


def test_every_subcommand_of_the_shell_is_registered() -> None:
    written = {name.rpartition(".")[2] for name, module in modules("bot/cli").items() if defines(module, "register")}
    assert written == set(COMMANDS)


def test_every_job_is_registered() -> None:
    written = {each for module in modules("bot/schedule/jobs").values() for each in job_classes(module)}
    registry = inspect.getsource(jobs_package.jobs)
    assert len(written) > 3
    assert {each for each in written if f"{each}(" not in registry} == set()


def test_every_notice_has_a_renderer() -> None:
    assert len(get_args(AnyNotice)) > 10
    assert set(get_args(AnyNotice)) == set(RENDERERS)


def classes_that_set(module: ast.Module, name: str) -> Iterator[str]:
    """The classes that give the class attribute a value."""
    for node in module.body:
        for each in node.body if isinstance(node, ast.ClassDef) else []:
            targets = each.targets if isinstance(each, ast.Assign) else []
            targets += [each.target] if isinstance(each, ast.AnnAssign) and each.value is not None else []
            if isinstance(node, ast.ClassDef) and any(getattr(target, "id", "") == name for target in targets):
                yield node.name


def test_every_plan_is_registered() -> None:
    written = {each for module in modules("engine/plans").values() for each in classes_that_set(module, "kind")}
    assert written >= {"Direct", "Unilevel", "Matrix", "Binary"}
    assert written == {type(plan).__name__ for plan in PLANS.values()}


def test_every_spill_is_registered() -> None:
    written = set(classes_that_set(ast.parse(inspect.getsource(placement)), "needs_legs"))
    assert written >= {"Left", "Breadth", "Weaker"}
    assert written == {spill.__name__ for spill in SPILLS.values()}


def test_every_kind_of_shop_is_registered() -> None:
    written = {name for name, module in modules("bot/shop_kinds").items() if defines(module, "KIND")}
    assert {"bot.shop_kinds.api", "bot.shop_kinds.woocommerce.kind"} <= written
    assert {id(import_module(name).KIND) for name in written} == {id(each) for each in KINDS.values()}


def test_only_the_package_of_a_kind_knows_its_name() -> None:
    """Elsewhere in the bot a kind is asked, not compared: only texts for people name one."""
    places = {
        name
        for folder in ("bot", "handlers")
        for name, module in modules(folder).items()
        for node in ast.walk(module)
        if isinstance(node, ast.Compare)
        if any(isinstance(each, ast.Constant) and each.value in KINDS for each in (node.left, *node.comparators))
    }
    assert places == set()


def test_a_programme_may_name_every_plan_and_spill_that_is_registered() -> None:
    for kind in PLANS:
        assert PlanTable(kind=kind).rules is PLANS[kind]
    for spill in SPILLS:
        assert PlanTable(spill=spill).spill == spill


NAMES_OF_PLANS_ALONE = set(PLANS) - {"direct"}
"""`direct` is also a kind of commission."""


def decisions_by_kind(module: ast.Module) -> Iterator[int]:
    """The lines that name a plan, or compare a plan's kind with words."""
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and node.value in NAMES_OF_PLANS_ALONE:
            yield node.lineno
        if isinstance(node, ast.Compare | ast.Match):
            asked = [node.left, *node.comparators] if isinstance(node, ast.Compare) else [node.subject]
            of_plan = any(ast.unparse(each).endswith(("plan.kind", "table.kind")) for each in asked)
            words = [each for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            if of_plan and words:
                yield node.lineno


def test_only_the_plans_themselves_know_of_one_another() -> None:
    asked = {
        f"{name}:{line}"
        for folder in ("bot", "engine", "handlers")
        for name, module in modules(folder).items()
        if not name.startswith("engine.plans.")
        for line in decisions_by_kind(module)
    }
    assert asked == set()


@pytest.mark.parametrize(
    "source",
    [
        'programme.plan.kind == "direct"',
        'plan.kind in ("matrix", "other")',
        'match plan.kind:\n    case "direct":\n        pass',
        'TEXTS = {"binary": 1}',
        'isinstance(plan, Plan) and plan.kind != "direct"',
    ],
)
def test_a_decision_by_a_plan_s_kind_would_be_seen(source: str) -> None:
    assert list(decisions_by_kind(ast.parse(source)))


@pytest.mark.parametrize("source", ['commission.kind == "direct"', "old.plan.kind != new.plan.kind"])
def test_what_is_no_such_decision_is_not_taken_for_one(source: str) -> None:
    assert list(decisions_by_kind(ast.parse(source))) == []
