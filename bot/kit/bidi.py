"""Handles the invisible marks that set text direction. Only the bot sets them; people's are removed."""

from typing import Final

LEFT_TO_RIGHT_ISOLATE: Final = "\u2066"
FIRST_STRONG_ISOLATE: Final = "\u2068"
END_ISOLATE: Final = "\u2069"
ISOLATES: Final = "\u2066\u2067\u2068"

# UAX #9's explicit formatting characters and implicit marks. Zero-width joiners are not among them: Persian
# needs them.
_CONTROLS: Final = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_LEADING: Final = "".join(map(chr, _CONTROLS)) + "\u200b\u2060\ufeff\u00ad \t\r\n\u00a0"


def strip_controls(text: str) -> str:
    """Removes marks that could change the direction of surrounding text."""
    return text.translate(_CONTROLS)


def without_leading_marks(text: str | None) -> str | None:
    """Removes marks and blanks before the first character, so that a copied command stays one; keeps the rest."""
    return text.lstrip(_LEADING) if text is not None else None


def isolate(text: str) -> str:
    """Puts each line of the text in an isolate of its own, so that it neither takes nor gives direction."""
    lines = text.split("\n")
    return "\n".join(f"{FIRST_STRONG_ISOLATE}{line}{END_ISOLATE}" if line else "" for line in lines)
