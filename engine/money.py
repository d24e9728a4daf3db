"""Defines currencies; money is an integer count of minor units."""

from dataclasses import dataclass
from typing import Self

# ISO 4217's currencies that do not count in hundredths, with IRT (toman) and XTR (Telegram Stars) added. The rules
# say that the rial has no minor unit, though ISO gives it two places.
_EXPONENTS = {
    **dict.fromkeys(
        [
            "IRT",
            "IRR",
            "XTR",
            "BIF",
            "CLP",
            "DJF",
            "GNF",
            "ISK",
            "JPY",
            "KMF",
            "KRW",
            "PYG",
            "RWF",
            "UGX",
            "UYI",
            "VND",
            "VUV",
            "XAF",
            "XOF",
            "XPF",
        ],
        0,
    ),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
}


@dataclass(frozen=True, slots=True)
class Currency:
    """Holds a currency's code and its number of decimal places: 0 for toman, 2 for dollars."""

    code: str
    exponent: int

    @classmethod
    def of(cls, code: str) -> Self:
        """Returns the currency of a code. Raises ValueError for anything but three capital letters."""
        if len(code) != 3 or not (code.isascii() and code.isalpha() and code.isupper()):
            raise ValueError("three capital letters, such as IRT or USD")
        return cls(code, _EXPONENTS.get(code, 2))


def share_up(amount: int, part: int, whole: int) -> int:
    """Returns amount * part / whole rounded up, all minor units of one currency, whole above 0."""
    return -(-amount * part // whole)
