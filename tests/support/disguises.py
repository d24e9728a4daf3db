"""Disguises a code as it arrives from real messages, spreadsheets and people, with additions around and inside it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

INVISIBLE = [
    *"\u2066\u2067\u2068\u2069\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u061c\ufeff\u2060\u2061\u2062\u2063\u2064",
    *"\u00ad\u200b\u200c\u200d\u180e\u034f\u206a\u206f",
]
BLANKS = [*" \t\u00a0\u202f\u2009\u2007\u3000"]
DASHES = [*"-_.\u2010\u2011\u2012\u2013\u2014\u2212\u00b7"]
WRAPS = [("«", "»"), ('"', '"'), ("'", "'"), ("`", "`"), ("“", "”"), ("„", "“"), ("(", ")"), ("[", "]"), ("**", "**")]
ENDS = [*".,،؛!؟:", "…", ""]

Disguise = Callable[[str, Random], str]


def _digits(first: str) -> Disguise:
    return lambda code, _: "".join(chr(ord(first) + int(each)) if each in "0123456789" else each for each in code)


def _wide(code: str, _: Random) -> str:
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in code)


def _case(code: str, random: Random) -> str:
    return "".join(random.choice((each.lower(), each.upper())) for each in code)


def _sprinkled(marks: list[str], most: int) -> Disguise:
    def sprinkle(code: str, random: Random) -> str:
        for _ in range(random.randint(1, most)):
            place = random.randint(0, len(code))
            code = code[:place] + random.choice(marks) + code[place:]
        return code

    return sprinkle


def _isolated(code: str, random: Random) -> str:
    return random.choice("\u2066\u2067\u2068") + code + "\u2069"


def _wrapped(code: str, random: Random) -> str:
    begin, end = random.choice(WRAPS)
    return f"{begin}{code}{end}"


def _ended(code: str, random: Random) -> str:
    return f"{code}{random.choice(ENDS)}"


INNER: list[Disguise] = [
    _case,
    _digits("\u06f0"),
    _digits("\u0660"),
    _wide,
    _sprinkled(INVISIBLE, 5),
    _sprinkled(BLANKS, 2),
]
OUTER: list[Disguise] = [_isolated, _wrapped, _ended, _sprinkled(INVISIBLE, 2)]
LINKS = [
    "https://t.me/nader_bot?start={code}",
    "t.me/nader_bot?start={code}",
    "https://ble.ir/nader_bot?start={code}",
    "tg://resolve?domain=nader_bot&start={code}",
    "https://shop.example/r/{code}",
    "https://shop.example/r/{code}?tag=insta",
    "https://shop.example/?ref={code}",
]


def disguised(code: str, random: Random, *, dashes: bool = True) -> str:
    """Returns the code in a random disguise; `dashes` allows extra dashes inside it."""
    for disguise in random.sample(INNER, random.randint(0, 3)):
        code = disguise(code, random)
    if dashes and random.random() < 0.3:
        middle = len(code) // 2
        code = code[:middle] + random.choice(DASHES) + code[middle:]
    for disguise in random.sample(OUTER, random.randint(1, 3)):
        code = disguise(code, random)
    return code


def linked(code: str, random: Random) -> str:
    """Returns the code in a link, optionally with marks around both."""
    link = random.choice(LINKS).replace("{code}", _case(code, random))
    return random.choice(("{}", "\u2066{}\u2069", "\u200f{} ", "«{}»")).format(link)
