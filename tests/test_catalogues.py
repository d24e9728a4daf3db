"""The catalogues: complete, typed as the program asks, valid HTML, within the platform's limits, and proper Persian."""

import ast
import importlib
import importlib.util
import itertools
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl

import bot
from bot.kit.bidi import strip_controls
from bot.kit.bot_facts import ProgrammeTexts
from bot.kit.errors import UserError
from bot.kit.feature import Feature
from bot.kit.formatting import Argument, Choice, Count, Money, Text
from bot.kit.languages import FALLBACK, HABITS, LANGUAGES, Calendar, Language, named, own_names
from bot.kit.products import NotForSale
from bot.kit.refusals import ENGINE_EXPLANATIONS, text_id_of
from bot.kit.routes import Routes
from bot.kit.texts import Texts
from bot.playground.markup import parse_html
from engine.errors import Forbidden, Refusal
from engine.money import Currency
from engine.plans import PLANS
from engine.programme.warnings import WarningCode
from handlers.chat.admin.programme_buttons import OfferPart

ROOT = Path(str(bot.__file__)).parent.parent
LOCALE = ROOT / "locale"

FAMILIES = ("refused-", "command-", "currency-", "month-", "programme-", "checkout-", "proposal-warning-", "offer-ask-")
"""Messages whose ids are put together by the program; their own tests below prove that each has its use."""

FRAGMENTS = ("date-", "chart-", "poster-", "link-reach", "title-")
"""Pieces of other texts and of pictures, which need not begin in Persian."""

PLAIN = ("toast-", "button-", "command-", "refused-")
LIMITS = {"toast-": 200, "refused-": 200, "command-": 256, "button-": 40}
SLOT = "\ufffc"

LANGUAGE_NAMES = ("language", "languages", "others")
"""Arguments that are shown as words of the text's own language."""


def parsed(language: Language) -> ftl.Resource:
    return FluentParser().parse((LOCALE / f"{language}.ftl").read_text(encoding="utf-8"))


class Catalogue:
    """One language's messages, and every text that each of them can come out as, with a mark for each placeholder."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self.entries = [entry for entry in parsed(language).body if isinstance(entry, ftl.Message | ftl.Term)]
        self.messages = {entry.id.name: entry for entry in self.entries if isinstance(entry, ftl.Message)}
        self._terms = {entry.id.name: entry for entry in self.entries if isinstance(entry, ftl.Term)}

    def outcomes(self, message_id: str) -> set[str]:
        return set(self._pattern(self.messages[message_id].value))

    def lines(self) -> Iterator[tuple[str, str]]:
        for message_id in self.messages:
            for outcome in self.outcomes(message_id):
                yield from ((message_id, line) for line in outcome.split("\n"))

    def _pattern(self, pattern: Any) -> list[str]:
        parts = [self._element(element) for element in pattern.elements]
        return ["".join(chosen) for chosen in itertools.product(*parts)]

    def _element(self, element: Any) -> list[str]:
        match element:
            case ftl.TextElement():
                return [element.value]
            case ftl.Placeable():
                return self._element(element.expression)
            case ftl.SelectExpression():
                return [text for variant in element.variants for text in self._pattern(variant.value)]
            case ftl.StringLiteral():
                return [element.parse()["value"]]
            case ftl.MessageReference():
                return self._pattern(self.messages[element.id.name].value)
            case ftl.TermReference():
                return self._pattern(self._terms[element.id.name].value)
            case ftl.VariableReference(id=ftl.Identifier(name=name)):
                return [named((FALLBACK,), self._language) if name in LANGUAGE_NAMES else SLOT]
            case ftl.FunctionReference(id=ftl.Identifier(name="OWN_NAMES")):
                return [own_names()]
        raise AssertionError(f"catalogues do not use {element}")


CATALOGUES = {language: Catalogue(language) for language in LANGUAGES}
REFERENCE, PERSIAN = CATALOGUES[FALLBACK], CATALOGUES["fa"]
RIGHT_TO_LEFT = [language for language in LANGUAGES if HABITS[language].right_to_left]


@pytest.fixture(scope="module")
def texts() -> Texts:
    return Texts(LOCALE, strict=True)


# --- the same catalogue in every language


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_a_catalogue_is_junk_or_said_twice(language: Language) -> None:
    assert [each.content for each in parsed(language).body if isinstance(each, ftl.Junk)] == []
    names = [type(each).__name__ + each.id.name for each in CATALOGUES[language].entries]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_messages(language: Language) -> None:
    assert set(CATALOGUES[language].messages) == set(REFERENCE.messages)


def test_a_message_takes_the_same_arguments_in_every_language(texts: Texts) -> None:
    taken = {each: {texts.variables(each, language) for language in LANGUAGES} for each in REFERENCE.messages}
    assert [each for each, variables in taken.items() if len(variables) != 1] == []


# --- what the program says is there, and what is there is said


def constants(node: ast.AST) -> Iterator[str]:
    yield from (each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str))


def sources() -> list[ast.Module]:
    files = [each for folder in ("bot", "handlers") for each in sorted((ROOT / folder).rglob("*.py"))]
    return [ast.parse(file.read_text(encoding="utf-8")) for file in files if "playground" not in file.parts]


ID_POSITIONS = {
    "say": 0, "toast": 0, "Term": 0, "Press": 0, "Copy": 0, "Share": 0, "Url": 0,
    "tell": 1, "render": 1, "plain": 1, "message_to": 2,
}  # fmt: skip
"""Which argument of these calls is a message id, by the last part of the name that is called."""


def said_ids(module: ast.Module) -> Iterator[str]:
    for call in (each for each in ast.walk(module) if isinstance(each, ast.Call)):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        position = ID_POSITIONS.get(name)
        if position is not None and position < len(call.args):
            given = call.args[position]
            choices = [given.body, given.orelse] if isinstance(given, ast.IfExp) else [given]
            yield from (
                each.value for each in choices if isinstance(each, ast.Constant) and isinstance(each.value, str)
            )


def test_every_message_that_the_program_says_exists() -> None:
    missing = {each for module in sources() for each in said_ids(module)} - set(REFERENCE.messages)
    assert missing == set()


def test_every_message_is_said_somewhere() -> None:
    named = {each for module in sources() for each in constants(module)} | merits()
    taken_in = {each for message in REFERENCE.messages.values() for each in references(message)}
    families = tuple(family for family in FAMILIES if family in named)
    assert families == FAMILIES
    assert [
        each
        for each in REFERENCE.messages
        if each not in named and each not in taken_in and not each.startswith(families)
    ] == []


def merits() -> set[str]:
    """The texts for and against each plan, which the engine names and does not know."""
    return {each for plan in PLANS.values() for each in (plan.strength, plan.drawback)}


def test_every_plan_has_a_sentence_for_it_and_one_against_it() -> None:
    messages = CATALOGUES["en"].messages
    assert {each for each in messages if each.startswith("plan-")} == merits()
    assert len(merits()) == 2 * len(PLANS)


def references(message: ftl.Message) -> Iterator[str]:
    found: list[Any] = [message.value]
    while found:
        node = found.pop()
        if isinstance(node, ftl.MessageReference):
            yield node.id.name
        elif isinstance(node, ftl.BaseNode):
            found += [each for value in vars(node).values() for each in (value if isinstance(value, list) else [value])]


def leaves(error: type) -> set[type]:
    below: list[type] = error.__subclasses__()
    return {leaf for each in below for leaf in leaves(each)} if below else {error}


def every_refusal() -> list[type]:
    for module in ("bot.kit.amounts", "bot.kit.bank"):
        importlib.import_module(module)
    features()
    found = leaves(Refusal) | leaves(UserError)
    return sorted((each for each in found if not each.__module__.startswith("test")), key=lambda each: each.__name__)


def features() -> tuple[Feature, ...]:
    if importlib.util.find_spec("handlers.chat") is None:
        return ()
    registered: tuple[Feature, ...] = importlib.import_module("handlers.chat").FEATURES
    return registered


def test_every_error_that_people_can_cause_has_its_text_and_every_such_text_its_error() -> None:
    wanted = {text_id_of(each) for each in every_refusal()}  # type: ignore[arg-type]  # the class has the code, too
    assert {each for each in REFERENCE.messages if each.startswith("refused-")} == wanted


def test_a_refusal_s_text_takes_what_its_error_holds(texts: Texts) -> None:
    explained = {*ENGINE_EXPLANATIONS, *Routes(features()).refusals}
    for error in every_refusal():
        held = {each.name for each in fields(error)}
        wanted = texts.variables(text_id_of(error))  # type: ignore[arg-type]  # the class has the code, too
        assert error in explained or wanted <= held, error


def test_every_command_has_a_description_and_every_description_its_command() -> None:
    described = {each.removeprefix("command-") for each in REFERENCE.messages if each.startswith("command-")}
    assert described == set(Routes(features()).commands)


def test_every_other_family_holds_what_the_program_can_ask_for() -> None:
    messages = REFERENCE.messages
    codes = [each.removeprefix("currency-") for each in messages if each.startswith("currency-")]
    assert [Currency.of(code).code for code in codes] == codes
    assert {each for each in messages if each.startswith("month-")} == {f"month-{each}" for each in get_args(Calendar)}
    own = {f"programme-{each.name}" for each in fields(ProgrammeTexts)}
    assert {each for each in messages if each.startswith("programme-")} == own
    warnings = {f"proposal-warning-{each}" for each in get_args(WarningCode)}
    assert {each for each in messages if each.startswith("proposal-warning-")} == warnings
    parts = {f"offer-ask-{each}" for each in get_args(OfferPart)}
    assert {each for each in messages if each.startswith("offer-ask-")} == parts
    reasons = get_args(get_type_hints(NotForSale)["why"])
    assert {each for each in messages if each.startswith("checkout-")} == {f"checkout-{each}" for each in reasons}


def test_no_code_is_ambiguous() -> None:
    codes = [each.code for each in [*every_refusal(), Refusal, UserError, Forbidden]]  # type: ignore[attr-defined]
    assert len(codes) == len(set(codes))


# --- every message, rendered


def samples(message_id: str, texts: Texts) -> list[dict[str, Argument]]:
    """Arguments that make the message come out in each of its ways, and hostile text wherever text may stand."""
    keys = {key for catalogue in CATALOGUES.values() for key in selectors(catalogue.messages[message_id], catalogue)}
    choices: list[list[tuple[str, Argument]]] = []
    for name in sorted(texts.variables(message_id)):
        values: list[Argument] = [Text("<b>&\u202eنام"), Money(-13_000, Currency.of("IRT"))]
        words = sorted(key for selector, key in keys if selector == name)
        if words:
            counts = all(word in ("one", "other") or word.isdigit() for word in words)
            values = [Count(each) for each in (0, 1, 2, 12)] if counts else [Choice(word) for word in words]
        choices.append([(name, value) for value in values])
    return [dict(each) for each in itertools.islice(itertools.product(*choices), 50)]


def selectors(node: Any, catalogue: Catalogue) -> set[tuple[str, str]]:
    """The (variable, variant key) pairs of a message and of those it takes in."""
    found: set[tuple[str, str]] = set()
    nodes = [node]
    while nodes:
        each = nodes.pop()
        if isinstance(each, ftl.SelectExpression) and isinstance(each.selector, ftl.VariableReference):
            keys = (getattr(variant.key, "name", getattr(variant.key, "value", "")) for variant in each.variants)
            found |= {(each.selector.id.name, str(key)) for key in keys}
        if isinstance(each, ftl.MessageReference):
            nodes.append(catalogue.messages[each.id.name])
        elif isinstance(each, ftl.BaseNode):
            nodes += [one for value in vars(each).values() for one in (value if isinstance(value, list) else [value])]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_valid_html_within_its_limit(texts: Texts, language: Language) -> None:
    wrong: dict[str, str] = {}
    for message_id in CATALOGUES[language].messages:
        try:
            is_valid_html_within_its_limit(texts, language, message_id)
        except (AssertionError, ValueError) as problem:
            wrong[message_id] = str(problem)
    assert wrong == {}


def is_valid_html_within_its_limit(texts: Texts, language: Language, message_id: str) -> None:
    plain = message_id.startswith(PLAIN)
    limit = next((most for family, most in LIMITS.items() if message_id.startswith(family)), 4096)
    for arguments in samples(message_id, texts):
        shown = parse_html(texts.render(language, message_id, **arguments)).text
        if message_id.startswith("button-"):
            shown = strip_controls(shown)  # a label's limit is the eye's, the others are the platform's
        assert 1 <= len(shown.encode("utf-16-le")) // 2 <= limit
        if plain:
            assert not re.search(r"</?[a-z]", texts.plain(language, message_id, **arguments).replace("<b>&", ""))


# --- right-to-left texts

RIGHT_TO_LEFT_LETTER = re.compile("[\u05d0-\u05ea\u0620-\u064a\u066e-\u06d3]")


def prose(line: str) -> str:
    """A line without tags, entities, addresses, what is to be typed or copied, and the number of a row, whose digits
    have no direction of their own.
    """
    line = re.sub(rf"^{SLOT}\) ", "", line)
    return re.sub(r"<code>.*?</code>|<[^>]+>|&[a-z]+;|https?://\S+|\u2066[^\u2069]*\u2069", "", line)


@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
def test_a_line_with_something_shown_in_it_begins_in_its_own_direction(language: Language) -> None:
    """A line takes its direction from its first letter. An address has a line of its own."""
    lines = [
        (each, first[0])
        for each, line in CATALOGUES[language].lines()
        if SLOT in line and line.strip() != SLOT and not each.startswith(FRAGMENTS)
        if (first := re.search(rf"[^\W\d_]|{SLOT}", prose(line))) is not None
    ]
    assert [(each, first) for each, first in lines if not RIGHT_TO_LEFT_LETTER.match(first)] == []


@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
def test_commands_stand_in_an_isolate_or_their_slash_would_move(language: Language) -> None:
    lines = CATALOGUES[language].lines()
    shown = ((each, re.sub(r"<[^>]+>|https?://\S+|\u2066[^\u2069]*\u2069", "", line)) for each, line in lines)
    assert [each for each, line in shown if re.search(r"(?<!\w)/[a-z]", line)] == []


@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
def test_isolates_are_opened_and_closed_once(language: Language) -> None:
    doubled = re.compile("[\u2066-\u2068][\u2066-\u2068]|\u2069\u2069")
    assert [each for each, line in CATALOGUES[language].lines() if doubled.search(line)] == []


@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
def test_no_number_follows_a_latin_word_or_the_two_would_change_places(language: Language) -> None:
    swapped = re.compile(rf"[A-Za-z][^\w{SLOT}]*[{HABITS[language].numbers.digits}]")
    assert [each for each, line in CATALOGUES[language].lines() if swapped.search(prose(line))] == []


# --- proper Persian


def test_persian_uses_its_own_letters_digits_and_punctuation() -> None:
    foreign = re.compile("[يكىة٠-٩0-9,;?]")
    assert [(each, line) for each, line in PERSIAN.lines() if foreign.search(prose(line))] == []


def test_english_holds_no_persian_but_the_languages_own_names() -> None:
    lines = ((each, line.replace(own_names(), "")) for each, line in CATALOGUES["en"].lines())
    assert [each for each, line in lines if re.search("[\u0600-\u06ff]", line)] == []


def test_half_spaces_stand_where_they_belong() -> None:
    broken = re.compile(
        r"(?<!\w)ن?می (?=\w)|\w ها(?:ی|یی)?(?!\w)|\w تر(?:ین)?(?!\w)|\u200c(?!\w)|(?<![\w\ufffc])\u200c"
    )
    assert [each for each, line in PERSIAN.lines() if broken.search(line)] == []
