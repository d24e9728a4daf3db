"""The invisible marks that decide in which direction text runs. Ours to set, never people's."""

from typing import Final

LEFT_TO_RIGHT_ISOLATE: Final = "\u2066"
FIRST_STRONG_ISOLATE: Final = "\u2068"
END_ISOLATE: Final = "\u2069"
ISOLATES: Final = "\u2066\u2067\u2068"

# UAX #9's explicit formatting characters and implicit marks. The zero-width joiners are none of these: Persian
# needs them.
_CONTROLS: Final = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_LEADING: Final = "".join(map(chr, _CONTROLS)) + "\u200b\u2060\ufeff\u00ad \t\r\n\u00a0"


def strip_controls(text: str) -> str:
    """The text without marks that could turn what stands around it."""
    return text.translate(_CONTROLS)


def without_leading_marks(text: str | None) -> str | None:
    """The text as it came, but for marks and blanks before its first character: a command that was copied stays one."""
    return text.lstrip(_LEADING) if text is not None else None


def isolate(text: str) -> str:
    """Each line of the text in an isolate of its own, so that it neither takes nor gives direction."""
    lines = text.split("\n")
    return "\n".join(f"{FIRST_STRONG_ISOLATE}{line}{END_ISOLATE}" if line else "" for line in lines)
