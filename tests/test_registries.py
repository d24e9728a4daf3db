"""What is put into a folder is in the folder's registry: a new file without its line is found here."""

import ast
import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

from bot.cli import COMMANDS
from bot.schedule import jobs as jobs_package
from engine.network.placement import SPILLS
from engine.notices import AnyNotice
from engine.plans import PLACES
from engine.programme.model import Plan
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
        targets = node.targets if isinstance(node, ast.Assign) else []
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


def test_every_plan_is_registered() -> None:
    written = {name.rpartition(".")[2] for name, module in modules("engine/plans").items() if defines(module, "place")}
    assert written == set(PLACES)


def words(annotation: Any) -> set[str]:
    """The words of a Literal, however deep it stands in the annotation."""
    return {each for arg in get_args(annotation) for each in ({arg} if isinstance(arg, str) else words(arg))}


def test_a_programme_may_name_every_plan_and_spill_and_no_others() -> None:
    assert words(Plan.model_fields["kind"].annotation) == set(PLACES)
    assert words(Plan.model_fields["spill"].annotation) == set(SPILLS)
