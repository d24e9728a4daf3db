"""Draws the picture of docs/architecture.md from the packages and pyproject's contract of layers.

`python tests/support/architecture.py` writes it anew; tests/test_docs.py says when that is needed.
"""

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- picture: begins -->\n", "<!-- picture: ends -->\n"


class Arrow(NamedTuple):
    """Data goes from one package to another; `label` says what."""

    source: str
    target: str
    label: str


ROAD: Final = (
    Arrow("bot.inbox", "bot.store", "stored before they are acknowledged"),
    Arrow("bot.inbox", "handlers.chat", "dispatcher: one update, one handler"),
    Arrow("bot.web", "handlers.web", "HTTP requests"),
    Arrow("handlers.web", "bot.shops", "orders, refunds"),
    Arrow("handlers.chat", "engine", "events"),
    Arrow("bot.shops", "engine", "events"),
    Arrow("engine", "engine.store", "decide: one event, one transaction"),
    Arrow("engine.store", "bot.notifications", "notices of the journal"),
    Arrow("bot.notifications", "handlers.notices", "to be put into words"),
    Arrow("bot.notifications", "bot.store", "messages"),
    Arrow("bot.store", "bot.outbox", "what waits"),
    Arrow("bot.outbox", "bot.botapi", "messages"),
)
"""The main road of an update, of an order by webhook, and of what both lead to."""

OUTSIDE: Final = (
    "telegram([Telegram])",
    "shop([A shop])",
    "chat([Telegram])",
    'telegram -->|"updates"| bot_inbox',
    'shop -->|"webhook"| bot_web',
    'bot_botapi -->|"sendMessage"| chat',
)


def packages(root: Path = ROOT) -> list[str]:
    """Returns the dotted names of engine and of each package directly in bot, engine and handlers."""
    found = [
        f"{top}.{path.parent.name}"
        for top in ("bot", "engine", "handlers")
        for path in sorted((root / top).glob("*/__init__.py"))
    ]
    return ["engine", *found]


def layers(root: Path = ROOT) -> list[list[str]]:
    """Returns the contract of layers from the top down, each layer with what stands beside each other in it."""
    contracts = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    contract = next(each for each in contracts if each["type"] == "layers")
    containers = [f"{each}." for each in contract.get("containers", [])][:1] or [""]
    return [[containers[0] + name.strip(" ()") for name in re.split(r"[|:]", layer)] for layer in contract["layers"]]


def picture(root: Path = ROOT) -> str:
    """Returns the Mermaid block and the line of layers, as they stand between the page's two marks."""
    return "".join(f"{line}\n" if line else "\n" for line in _lines(root))


def _lines(root: Path) -> Iterator[str]:
    on_the_road = {end for arrow in ROAD for end in arrow[:2]}
    known = packages(root)
    yield "```mermaid"
    yield "flowchart LR"
    for name in known:
        if name in on_the_road:
            yield f"    {_id(name)}[{name.replace('.', '/')}/]"
    for line in OUTSIDE:
        yield f"    {line}"
    for source, target, label in ROAD:
        yield f'    {_id(source)} -->|"{label}"| {_id(target)}'
    for top in ("bot", "handlers", "engine"):
        beside = [name.rpartition(".")[2] for name in known if name.startswith(f"{top}.") and name not in on_the_road]
        if beside:
            yield f'    {top}_beside["also in {top}/: {", ".join(beside)}"]:::beside'
    yield "    classDef beside stroke-dasharray: 4 4"
    yield "```"
    yield ""
    yield "Layers, from the top down; imports go down only:"
    yield ""
    for names in layers(root):
        yield "- " + ", ".join(f"`{name}`" for name in names)


def _id(name: str) -> str:
    return name.replace(".", "_")


def drawn(page: str) -> str:
    """Returns what stands between the marks of the page."""
    return page.partition(BEGIN)[2].partition(END)[0]


def main() -> None:
    """Writes the picture into the page."""
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    PAGE.write_text(before + BEGIN + picture() + END + rest.partition(END)[2], encoding="utf-8")
    sys.stdout.write(f"{PAGE.relative_to(ROOT)} is drawn\n")


if __name__ == "__main__":
    main()
