"""Renders the catalogue: every text people read, by language and message id. The one importer of fluent.runtime.

Arguments are typed (bot/kit/formatting.py). Fluent never sees what they show, only a mark in their place, so that
nothing people type meets Fluent's rules or its limit on long parts; counts and choices, which texts choose by, it
does see.
"""

import logging
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import FluentInt
from fluent.syntax import ast
from fluent.syntax.visitor import Transformer, Visitor

from bot.kit.formatting import Argument, Choice, Count, counted
from bot.kit.languages import FALLBACK, HABITS, LANGUAGES, Language, by_preference, own_names
from engine.errors import MoarefError

LOCALE: Final = Path(__file__).parents[2] / "locale"
"""The catalogues' folder, in a checkout as where it is installed."""

PATTERNS_KEPT: Final = 4_096
"""Number of formatted patterns remembered for each language."""

_ENTRY = re.compile(r"^(-?[A-Za-z][A-Za-z0-9_-]*) *=", re.MULTILINE)
_SLOT = re.compile("\ue000([0-9]+)\ue001")
_NOTHING_TO_SAY = "…"


@dataclass(eq=False)
class TextError(MoarefError):
    """Raised for a wrong use of a text, a programmer's mistake, only if the catalogue is strict."""

    language: Language
    message_id: str
    problem: str

    def __str__(self) -> str:
        return f"{self.language}: {self.message_id}: {self.problem}"


class Texts:
    """Holds the catalogues of `locale_dir`, a file such as fa.ftl for each of `languages`.

    With `strict` an unknown message and a missing or superfluous argument raise TextError, as tests want it. Without,
    they are logged and the person gets the best available text: a wrong text must never cost an answer.
    """

    def __init__(self, locale_dir: Path, *, strict: bool = False, languages: Collection[Language] = LANGUAGES) -> None:
        self._strict = strict
        files = {each: locale_dir / f"{each}.ftl" for each in languages}
        self._catalogues = {
            each: _catalogue(each, file.read_text(encoding="utf-8"), own_names()) for each, file in files.items()
        }
        self._labels: dict[tuple[Language, str], str] = {}  # plain texts without arguments: no more than there are

    def render(self, language: Language, message_id: str, /, **arguments: Argument) -> str:
        """Renders the message as Telegram's HTML."""
        return _Pen(self, language, html=True).write(message_id, arguments)

    def plain(self, language: Language, message_id: str, /, **arguments: Argument) -> str:
        """Renders the message as plain text: for toasts, labels and texts to be forwarded."""
        label = None if arguments else self._labels.get((language, message_id))
        if label is not None:
            return label
        text = _Pen(self, language, html=False).write(message_id, arguments)
        if not arguments and self.has(message_id, language) and not self.variables(message_id, language):
            self._labels[language, message_id] = text
        return text

    def has(self, message_id: str, language: Language = FALLBACK) -> bool:
        """Returns whether the language's catalogue has the message."""
        return self._catalogues[language].message(message_id) is not None

    def variables(self, message_id: str, language: Language = FALLBACK) -> frozenset[str]:
        """Returns the message's arguments; none for an unknown message."""
        message = self._catalogues[language].message(message_id)
        return message.variables if message is not None else frozenset()

    def write(self, message_id: str, arguments: Mapping[str, Argument], pen: "_Pen") -> str:
        """Renders for a pen, which knows the language and whether to write HTML; used by render and plain."""
        catalogue = self._catalogues[pen.language]
        problem = catalogue.problem_with(message_id, arguments)
        if problem:
            self._complain(TextError(pen.language, message_id, problem))
        message = catalogue.message(message_id)
        if message is None:
            others = (each for each in by_preference(pen.language) if each in self._catalogues)
            other = next((each for each in others if self.has(message_id, each)), None)
            return replace(pen, language=other).write(message_id, arguments) if other else _NOTHING_TO_SAY
        shown = [arguments[name].show(pen) if name in arguments else _NOTHING_TO_SAY for name in message.names]
        given = tuple(_for_fluent(arguments.get(name), slot) for slot, name in enumerate(message.names))
        pattern, errors = catalogue.format(message_id, given)
        if errors:
            self._complain(TextError(pen.language, message_id, "; ".join(map(str, errors))))
        return _SLOT.sub(lambda mark: shown[int(mark[1])], pattern)

    def _complain(self, error: TextError) -> None:
        if self._strict:
            raise error
        logging.getLogger(__name__).error("text failed: %s", error)


@dataclass(frozen=True, slots=True)
class _Pen:
    """Implements the renderer that arguments are shown by."""

    texts: Texts
    language: Language
    html: bool

    def has(self, message_id: str) -> bool:
        return self.texts.has(message_id, self.language)

    def write(self, message_id: str, arguments: Mapping[str, Argument]) -> str:
        return self.texts.write(message_id, arguments, self)


@dataclass(frozen=True, slots=True)
class _Message:
    """Holds the variables of a message and of those it includes, and their names in a fixed order."""

    variables: frozenset[str]
    names: tuple[str, ...]


class _Catalogue:
    """Holds one language's messages. Each is compiled when it is first used: all of them take a quarter of a second."""

    def __init__(self, language: Language, content: str, own_names: str) -> None:
        self._entries = _entries_of(content)
        # use_isolating would put isolates inside <code> and links; typed arguments isolate in the right places.
        functions: dict[str, Callable[..., Any]] = {"SHOW": _shower(language), "OWN_NAMES": lambda: own_names}
        self._bundle = FluentBundle([language], functions=functions, use_isolating=False)
        self._read: dict[str, _References] = {}
        self.message = cache(self._message)
        """As `_message`."""
        self.format = lru_cache(maxsize=PATTERNS_KEPT)(self._format)
        """As `_format`. What Fluent makes of a message depends on its counts and choices alone, which recur."""

    def _message(self, message_id: str) -> _Message | None:
        """Compiles the message, and all that it includes; None if there is no such message."""
        if message_id not in self._entries or message_id.startswith("-"):
            return None
        found: dict[str, _References] = {}
        self._gather(message_id, found)
        if message_id not in found:
            return None
        of_messages = (each.variables for name, each in found.items() if not name.startswith("-"))  # a term has its own
        variables = frozenset[str]().union(*of_messages)
        return _Message(variables, tuple(sorted(variables)))

    def _gather(self, name: str, found: dict[str, "_References"]) -> None:
        """Adds what the entry and those it includes refer to; a cycle ends where it began."""
        if name not in found and (references := self._references(name)) is not None:
            found[name] = references
            for other in references.entries:
                self._gather(other, found)

    def _references(self, name: str) -> "_References | None":
        """Compiles an entry and returns what it refers to; None for an entry that is missing or broken."""
        if name not in self._read:
            resource = FluentResource(self._entries.get(name, ""))
            entry = next((each for each in resource.body if isinstance(each, ast.Message | ast.Term)), None)
            if entry is None:
                return None
            references = _References()
            references.visit(entry)
            self._bundle.add_resource(_ShowCounts().visit(resource))
            self._read[name] = references
        return self._read[name]

    def problem_with(self, message_id: str, arguments: Mapping[str, Argument]) -> str:
        message = self.message(message_id)
        if message is None:
            return "no such message"
        wanted = message.variables
        if arguments.keys() == wanted:
            return ""
        missing, superfluous = sorted(wanted - arguments.keys()), sorted(arguments.keys() - wanted)
        said = (f"missing {', '.join(missing)}" if missing else "", f"superfluous {', '.join(superfluous)}")
        return "; ".join(part for part, names in zip(said, (missing, superfluous), strict=True) if names)

    def _format(self, message_id: str, given: tuple[int | str, ...]) -> tuple[str, tuple[Exception, ...]]:
        """Returns the text with marks for what is shown, and Fluent's errors. `given` is in the order of the message's
        names.
        """
        pattern = self._bundle.get_message(message_id).value
        if pattern is None:
            return _NOTHING_TO_SAY, (ValueError("the message has no value"),)
        message = self.message(message_id)
        names = message.names if message is not None else ()
        text, errors = self._bundle.format_pattern(pattern, dict(zip(names, given, strict=True)))
        return str(text), tuple(errors)


@lru_cache(maxsize=16)
def _catalogue(language: Language, content: str, own_names: str) -> _Catalogue:
    """Reads a file's content; cached in the process, with the messages that were compiled.

    `own_names` are those of all languages of the table, which a button shows.
    """
    return _Catalogue(language, content, own_names)


def _for_fluent(argument: Argument | None, slot: int) -> int | str:
    if isinstance(argument, Count | Choice):
        return argument.value
    return f"\ue000{slot}\ue001"


def _shower(language: Language) -> Callable[[Any], Any]:
    """Returns the function by which counts go into a text: Fluent writes Latin digits in every language."""

    def show(value: Any) -> Any:
        return counted(int(value), HABITS[language]) if isinstance(value, FluentInt) else value

    return show


class _ShowCounts(Transformer):
    """Turns every { $name } that is shown into { SHOW($name) }; selectors stay as they are."""

    def visit_Placeable(self, node: ast.Placeable) -> ast.Placeable:  # noqa: N802  # fluent's naming
        if isinstance(node.expression, ast.VariableReference):
            call = ast.CallArguments([node.expression], [])
            return ast.Placeable(ast.FunctionReference(ast.Identifier("SHOW"), call))
        return self.generic_visit(node)


class _References(Visitor):
    """Collects the variables of one entry, and the entries it includes; terms by their names with the dash."""

    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.entries: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802  # fluent's naming
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802  # fluent's naming
        self.entries.add(node.id.name)

    def visit_TermReference(self, node: ast.TermReference) -> None:  # noqa: N802  # fluent's naming
        self.entries.add(f"-{node.id.name}")


def _entries_of(content: str) -> dict[str, str]:
    """Returns the source of each message and term by its name, of two with the same name the first. An entry begins a
    line, and only there can its name stand.
    """
    starts = [(match[1], match.start()) for match in _ENTRY.finditer(content)]
    ends = [start for _, start in starts[1:]] + [len(content)]
    entries: dict[str, str] = {}
    for (name, start), end in zip(starts, ends, strict=True):
        entries.setdefault(name, content[start:end])
    return entries
