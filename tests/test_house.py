"""Rules of the house that a look can settle: sizes, where files may be, and what the packages must hold."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = ("bot", "engine", "handlers", "tests")
REQUIREMENTS = ("requirements.txt", "requirements-dev.txt", "requirements.in", "requirements-dev.in")
LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 60
ARGUMENTS_OF_A_CONSTRUCTOR = 7


def python_files() -> Iterator[Path]:
    for folder in SOURCES:
        yield from (ROOT / folder).rglob("*.py")


def long_functions(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LINES_OF_A_FUNCTION:
                yield f"{node.name}: {lines} lines"


def test_no_file_is_too_long() -> None:
    lengths = {path: path.read_text(encoding="utf-8").count("\n") for path in python_files()}
    assert len(lengths) > 20
    assert {str(path): lines for path, lines in lengths.items() if lines > LINES_OF_A_FILE} == {}


def test_no_function_is_too_long() -> None:
    found = {str(path): list(long_functions(path.read_text(encoding="utf-8"))) for path in python_files()}
    assert {path: names for path, names in found.items() if names} == {}


def test_a_long_function_would_be_seen() -> None:
    assert list(long_functions("def f():\n" + "    pass\n" * LINES_OF_A_FUNCTION)) == ["f: 61 lines"]
    assert list(long_functions("def f():\n" + "    pass\n" * (LINES_OF_A_FUNCTION - 1))) == []


def wide_constructors(source: str) -> Iterator[str]:
    """Yields classes with a written constructor of too many arguments; the fields of a dataclass are data."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
            for each in node.body:
                if isinstance(each, ast.FunctionDef) and each.name == "__init__":
                    arguments = [*each.args.posonlyargs, *each.args.args, *each.args.kwonlyargs][1:]
                    if len(arguments) > ARGUMENTS_OF_A_CONSTRUCTOR:
                        yield f"{node.name}: {len(arguments)} arguments"


def test_no_constructor_takes_too_many_arguments() -> None:
    paths = [path for path in python_files() if not path.is_relative_to(ROOT / "tests")]
    found = {str(path): list(wide_constructors(path.read_text(encoding="utf-8"))) for path in paths}
    assert {path: names for path, names in found.items() if names} == {}


def test_a_wide_constructor_would_be_seen() -> None:
    names = [f"a{number}" for number in range(ARGUMENTS_OF_A_CONSTRUCTOR)]
    written = "class C:\n    def __init__(self, {}, *, {}):\n        pass\n"
    assert list(wide_constructors(written.format("b", ", ".join(names)))) == ["C: 8 arguments"]
    assert list(wide_constructors(written.format(names[0], ", ".join(names[1:])))) == []


def test_locale_holds_data_only() -> None:
    names = [path.name for path in (ROOT / "locale").rglob("*") if path.is_file()]
    assert {"en.ftl", "fa.ftl"} <= set(names)
    assert [name for name in names if name.endswith((".py", ".pyc"))] == []


def test_tests_are_no_packages() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_every_folder_of_sources_is_a_package() -> None:
    folders = {path.parent for path in python_files() if not path.is_relative_to(ROOT / "tests")}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_nothing_hides_the_standard_library() -> None:
    names = {path.name for folder in ("bot", "engine", "handlers") for path in (ROOT / folder).rglob("http")}
    assert names == set()


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_requirements_name_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*(-i|-f|--index-url|--extra-index-url|--find-links|--trusted-host)\b", text, re.MULTILINE)


@pytest.mark.parametrize("name", [name for name in REQUIREMENTS if name.endswith(".txt")])
def test_every_requirement_is_pinned_with_a_hash(name: str) -> None:
    entries = re.split(r"\n(?=[a-z0-9])", (ROOT / name).read_text(encoding="utf-8").strip())
    assert len(entries) > 10
    for entry in entries:
        assert re.match(r"[a-z0-9.-]+==[^ ]+ \\\n +--hash=sha256:[0-9a-f]{64}", entry), entry.partition("\n")[0]
