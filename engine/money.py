"""Money is an integer count of minor units; this page knows how many of them make a major one."""

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
    """A currency's code and how many decimal places its minor unit is: 0 for toman, 2 for dollars."""

    code: str
    exponent: int

    @classmethod
    def of(cls, code: str) -> Self:
        """Raises ValueError for what cannot be a code: three capital letters."""
        if len(code) != 3 or not (code.isascii() and code.isalpha() and code.isupper()):
            raise ValueError("three capital letters, such as IRT or USD")
        return cls(code, _EXPONENTS.get(code, 2))


def share_up(amount: int, part: int, whole: int) -> int:
    """Amount * part / whole rounded up, all of them minor units of one currency, whole above 0."""
    return -(-amount * part // whole)
