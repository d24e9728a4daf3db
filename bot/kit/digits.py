"""What people type made one: Persian and Arabic digits into Latin ones, Arabic ye and kaf into Persian ones."""

from typing import Final

from bot.kit.direction import strip_controls

_PERSIAN: Final = "۰۱۲۳۴۵۶۷۸۹"
_ARABIC: Final = "٠١٢٣٤٥٦٧٨٩"
_SAME: Final = str.maketrans(_PERSIAN + _ARABIC + "يىك", "0123456789" * 2 + "ییک")


def normalised(text: str) -> str:
    """The text with Latin digits and Persian letters, without direction marks and blanks around it."""
    return strip_controls(text).translate(_SAME).strip()
