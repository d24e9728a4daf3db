"""The documents: what they name is there, their indexes are whole, and the picture is that of the code."""

import ast
import importlib
import re
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path

import pytest
import telegram
import telegram.ext
import typer

import architecture
from bot.cli import build_app
from bot.config.shops import Http

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]
TOP = {path.name for path in ROOT.iterdir()}
PLACEHOLDERS = ("NAME", "CODE")
A_CLASS = re.compile(r"[A-Z][a-z]+(?:[A-Z][a-z]+)+")
PARTS_OF_A_RECORD = ["Context", "Decision", "Consequences", "What would change our mind"]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def quoted(page: Path) -> set[str]:
    """What stands in backticks, outside of blocks."""
    prose = re.sub(r"^```.*?^```$|^ {4,}\S.*$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return set(re.findall(r"`([^`\n]+)`", prose))


def is_path(text: str) -> bool:
    """Whether it is meant as a path of the repository; those of an operator's server begin at the root."""
    if not re.fullmatch(r"[\w.][\w./-]*", text) or any(each in text for each in PLACEHOLDERS):
        return False
    return text.partition("/")[0] in TOP if "/" in text else bool(re.search(r"\.(py|ftl|ya?ml)$|^[A-Z]+\.md$", text))


def sources() -> str:
    files = (file for folder in ("bot", "engine", "handlers") for file in (ROOT / folder).rglob("*.py"))
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_each_path_that_a_page_names_is_there(page: Path) -> None:
    assert {each for each in quoted(page) if is_path(each) and not (ROOT / each).exists()} == set()


def test_a_path_that_is_not_there_would_be_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("See `bot/nowhere.py` and `engine/decide.py`.\n\n    not `bot/this.py`\n", encoding="utf-8")
    assert {each for each in quoted(page) if is_path(each)} == {"bot/nowhere.py", "engine/decide.py"}
    assert not (ROOT / "bot/nowhere.py").exists()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_each_link_of_a_page_leads_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^):]+)\)", page.read_text(encoding="utf-8"))
    assert {each for each in targets if not (page.parent / each.partition("#")[0]).exists()} == set()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_each_command_and_target_that_a_page_names_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    commands = set(typer.main.get_command(build_app()).commands)  # type: ignore[attr-defined]  # it is a group
    assert set(re.findall(r"(?:`|bin/|^ {4,6})moaref ([a-z]+)", text, re.MULTILINE)) <= commands
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)`|^ {4}make ([a-z]+)$", text, re.MULTILINE)) <= {
        pair for target in targets for pair in ((target, ""), ("", target))
    }


def test_each_class_that_a_page_names_is_ours_or_the_library_s() -> None:
    ours = set(A_CLASS.findall(sources()))
    theirs = {*dir(telegram), *dir(telegram.ext)}
    named = {each for page in PAGES for each in quoted(page) if A_CLASS.fullmatch(each)}
    assert len(named) > 5
    assert named - ours - theirs == set()


@pytest.mark.parametrize("folder", ["decisions", "how-to"])
def test_an_index_lists_each_page_of_its_folder_in_order(folder: str) -> None:
    pages = sorted(path.name for path in (DOCS / folder).glob("*.md") if path.name != "README.md")
    listed = re.findall(
        r"^- \[.*\]\(([^)/]+)\)$", (DOCS / folder / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert sorted(listed) == pages
    assert folder == "how-to" or listed == pages


def test_a_decision_has_its_number_and_its_parts() -> None:
    records = sorted(path for path in (DOCS / "decisions").glob("*.md") if path.name != "README.md")
    index = (DOCS / "decisions" / "README.md").read_text(encoding="utf-8")
    for number, record in enumerate(records, start=1):
        text = record.read_text(encoding="utf-8")
        title = re.match(r"# (\d+)\. (.+)\n", text)
        assert title is not None, record.name
        assert (int(title[1]), int(record.name[:4])) == (number, number)
        assert f"[{number:04} {title[2]}]({record.name})" in index
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == PARTS_OF_A_RECORD


# --- the picture


def imports() -> dict[str, set[str]]:
    """Each module that imports something of ours, with the modules that it imports."""
    found: dict[str, set[str]] = {}
    for file in (file for top in ("bot", "engine", "handlers") for file in (ROOT / top).rglob("*.py")):
        module = ".".join(file.relative_to(ROOT).with_suffix("").parts)
        nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        found[module] = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    return found


def is_in(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def connections() -> Iterator[set[str]]:
    """What one module brings together: itself and what it imports."""
    for module, imported in imports().items():
        yield {module, *imported}


def test_the_picture_is_that_of_the_packages_and_layers() -> None:
    page = architecture.PAGE.read_text(encoding="utf-8")
    assert architecture.drawn(page) == architecture.picture(), "python tests/support/architecture.py draws it anew"


def test_each_arrow_of_the_picture_is_between_packages_that_a_module_brings_together() -> None:
    together = list(connections())
    for arrow in architecture.ROAD:
        assert {arrow.source, arrow.target} <= set(architecture.packages())
        ends = (arrow.source, arrow.target)
        assert any(all(any(is_in(module, end) for module in each) for end in ends) for each in together), arrow


def test_each_layer_is_a_module_of_ours() -> None:
    names = [each for layer in architecture.layers() for each in layer]
    assert len(names) > 5
    for each in names:
        importlib.import_module(each)


def test_a_package_that_comes_or_goes_changes_the_picture(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    for package in ("bot/inbox", "bot/new"):
        (tmp_path / package).mkdir(parents=True)
        (tmp_path / package / "__init__.py").touch()
    assert architecture.packages(tmp_path) == ["engine", "bot.inbox", "bot.new"]
    assert "also in bot/: new" in architecture.picture(tmp_path)


def test_each_package_has_its_line() -> None:
    page = architecture.PAGE.read_text(encoding="utf-8")
    section = page.partition("## What each package is for")[2].partition("\n## ")[0]
    lines = re.findall(r"^\| `([a-z_/]+)/` \|", section, re.MULTILINE)
    assert sorted(each.replace("/", ".") for each in lines) == sorted(set(architecture.packages()) - {"engine"})


# --- the operator's page


def test_the_alarms_are_called_as_admins_read_them() -> None:
    texts = (ROOT / "locale" / "en.ftl").read_text(encoding="utf-8")
    table = (DOCS / "operations.md").read_text(encoding="utf-8").partition("## Alarms")[2].partition("\n## ")[0]
    titles = [
        title for row in re.findall(r'^\| (".*?") \|', table, re.MULTILINE) for title in re.findall('"(.+?)"', row)
    ]
    assert len(titles) > 6
    assert [each for each in titles if f"<b>{each}" not in texts] == []


def test_the_unit_runs_the_bot_from_where_the_page_installs_it() -> None:
    unit = ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # systemd's keys have capitals
    unit.read(ROOT / "deploy" / "moaref.service", encoding="utf-8")
    service = unit["Service"]
    page = (DOCS / "operations.md").read_text(encoding="utf-8")
    assert service["ExecStart"] == "/opt/moaref/.venv/bin/moaref run"
    assert "/opt/moaref && make -C /opt/moaref install" in page
    assert f"-m 700 {service['WorkingDirectory']}" in page
    assert service["WorkingDirectory"] == f"/var/lib/{service['StateDirectory']}"


def test_the_web_server_passes_on_to_the_port_of_the_configuration_s_default() -> None:
    address = f"{Http().host}:{Http().port}"
    assert f"reverse_proxy {address}" in (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")
