"""Labels of buttons: none is ever broken into letters, in any row that a handler can make, in any language."""

import ast
import itertools
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

import bot
from bot.kit.buttons import Url
from bot.kit.keyboards import keyboard
from bot.kit.languages import LANGUAGES, Language
from bot.kit.row_width import PADDING, ROW_WIDTH, broken, fits, label_width
from bot.kit.texts import Texts
from catalogues import CATALOGUES, LOCALE, SLOT

ROOT = Path(str(bot.__file__)).parent.parent
LETTERS_FOR_A_VALUE: Final = 11
"""Letters that a label alone in its row has left for each value in it: "+100,000,000" less its sign."""
LONG_NAMES: Final = ("Ali", "سید محمدحسین طباطبایی", "123,456,789 toman 🎁")


def labels_of(language: Language) -> list[str]:
    """Every label of the catalogue, each way it can come out, with short, long and wide values in it."""
    found = []
    messages = CATALOGUES[language].messages
    for message_id in messages:
        if message_id.startswith("button-"):
            for outcome in sorted(CATALOGUES[language].outcomes(message_id)):
                names = LONG_NAMES if SLOT in outcome else ("",)
                found += [outcome.replace(SLOT, f"\u2068{name}\u2069") for name in names]
    return found


LABELS = {language: labels_of(language) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_label_has_room_for_what_is_shown_in_it(language: Language) -> None:
    """A row that is too wide is broken up, but a label that is too wide by itself would still be cut."""
    narrow = []
    for message_id in CATALOGUES[language].messages:
        for outcome in CATALOGUES[language].outcomes(message_id) if message_id.startswith("button-") else ():
            words = label_width(outcome.replace(SLOT, ""))
            values = label_width("x" * LETTERS_FOR_A_VALUE) * outcome.count(SLOT)
            if words + values > ROW_WIDTH - PADDING:
                narrow.append((message_id, outcome))
    assert narrow == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("others", LANGUAGES)
def test_any_two_labels_side_by_side_stay_whole(language: Language, others: Language) -> None:
    """Titles and names may be in either language, whatever the reader's."""
    for pair in itertools.product(LABELS[language], LABELS[others]):
        stays_whole(pair)


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_of_any_length_stay_whole(language: Language) -> None:
    chance = random.Random(7)
    for length in range(3, 9):
        for _ in range(500):
            stays_whole(chance.choices(LABELS[language], k=length))


def stays_whole(row: Sequence[str]) -> None:
    rows = broken(row, row)
    assert [label for each in rows for label in each] == list(row)
    assert [each for each in rows if len(each) > 1 and not fits(each)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_s_keyboard_is_broken_by_that_rule(language: Language) -> None:
    texts = Texts(LOCALE, strict=True)
    row = [Url(label, "https://shop.example") for label in ("button-admin-approve-some", "button-back", "button-home")]
    drawn = keyboard([row], language, texts)
    assert drawn is not None
    rows = [[each["text"] for each in one] for one in drawn["inline_keyboard"]]
    assert len(rows) > 1
    assert all(fits(each) for each in rows)


def test_no_keyboard_is_made_but_by_the_one_function_that_breaks_rows() -> None:
    """Answers, notices, broadcasts and support all draw their buttons there."""
    makers = [
        str(path.relative_to(ROOT))
        for folder in ("bot", "handlers")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "playground" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Dict)
        and any(isinstance(key, ast.Constant) and key.value == "inline_keyboard" for key in node.keys)
    ]
    assert makers == ["bot/kit/keyboards.py"]
