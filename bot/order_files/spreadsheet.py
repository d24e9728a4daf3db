"""Detects spreadsheets' changes to a cell: texts kept by a formula, cut and formatted numbers, errors, lost letters."""

import re
from typing import Final, Literal

from bot.kit.digits import normalised

Damage = Literal["changed_number", "formula", "lost_letters"]

_KEPT_AS_TEXT: Final = re.compile(r'=(?:T\()?"((?:[^"]|"")*)"\)?', re.IGNORECASE)
_GUARDED: Final = re.compile(r"'(?=[=+\-@\t]|\d+$)")
_SCIENTIFIC: Final = re.compile(r"[+-]?[0-9]+(?:[.,\u066b][0-9]*[Ee][+-]?|[Ee][+-])[0-9]+")
_HIDDEN: Final = re.compile(r"#{2,}")
_FORMATTED: Final = re.compile(r"[0-9]+[.,\u066b]0+|[0-9]{1,3}(?:[,\u066c'\u2019][0-9]{3})+(?:[.\u066b]0+)?")
_QUESTION_IN_A_WORD: Final = re.compile("[\u0620-\u06ff]\u200c?[?]+\u200c?[\u0620-\u06ff]")
_FORMULA: Final = re.compile(r"=(?:.*[-+*/&!:^()].*|\$?[A-Z]{1,3}\$?[0-9]+)", re.IGNORECASE)
_ERROR: Final = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!)|Err:[0-9]{3}", re.IGNORECASE)


def cell_text(cell: str) -> str:
    """Returns the cell's text, normalised: `="007"` and `'007` are 007."""
    written = normalised(cell)
    if kept := _KEPT_AS_TEXT.fullmatch(written):
        return normalised(kept[1].replace('""', '"'))
    return _GUARDED.sub("", written, count=1) if written.startswith("'") else written


def damage_of(text: str) -> Damage | None:
    """Returns the damage that a spreadsheet has done to an identifier, such as an order's id.

    A number that was cut (4.05231E+15, ####) or formatted (405.00, 4,052) is not the original id.
    """
    if text.isalnum() and text.isascii() and "e" not in text.casefold():
        return None  # nearly every cell
    if _FORMULA.fullmatch(text) or _ERROR.fullmatch(text):
        return "formula"
    if is_cut(text) or _FORMATTED.fullmatch(text):
        return "changed_number"
    return "lost_letters" if "\ufffd" in text or (set(text) <= {"?", " "} and text) else None


def is_blank(cell: str) -> bool:
    """Returns whether the cell shows nothing."""
    return not cell.strip() or not normalised(cell)


def has_lost_letters(text: str, *, narrow: bool) -> bool:
    """Returns whether letters have become question marks, as they do in a code page without them.

    `narrow`: the file is in such a code page, which has no Persian ye; then any question mark beside Persian letters
    may be one.
    """
    if "?" not in text or text.isascii():
        return False
    return narrow or _QUESTION_IN_A_WORD.search(text) is not None


def is_cut(text: str) -> bool:
    """Returns whether the text is a number whose last digits a spreadsheet has dropped."""
    return _SCIENTIFIC.fullmatch(text) is not None or _HIDDEN.fullmatch(text) is not None
