"""Makes recipes of charts as handlers make them, with usual and with extreme contents."""

from typing import Any, Final

from bot.kit.formatting import Choice, Compact, Count, Money, Text, Unit
from bot.kit.languages import Language
from bot.kit.texts import LOCALE, Texts
from engine.money import Currency
from handlers.charts import thousandths

TOMAN: Final = Currency.of("IRT")
TEXTS: Final = Texts(LOCALE)
NAMES: Final = {
    "en": ["Maryam", "Babak", "Ali Rezaei", "Sara", "مریم", "Hamid", "Zahra", "Omid", "Nima", "Kian"],
    "fa": ["مریم", "بابک", "علی رضایی", "سارا", "Babak", "حمید", "زهرا", "امید", "نیما", "کیان"],
}
LONG: Final = {"en": "Mohammad-Hossein Abdolrahman Shahrokhabadi", "fa": "محمدحسین عبدالرحمان شاهرخ‌آبادی کرمانی‌نژاد"}
TEN_DIGITS: Final = 9_876_543_210

Recipe = dict[str, Any]


def said(language: Language, text_id: str, **arguments: Any) -> str:
    """Returns a text of the catalogue, plain."""
    return TEXTS.plain(language, text_id, **arguments)


def short(language: Language, amount: int) -> str:
    """Returns an amount as charts show it."""
    return said(language, "chart-value", value=Compact(amount, TOMAN))


def team(language: Language, levels: list[int], names: list[str], below: int = 3) -> Recipe:
    """Returns the recipe of a tree with members on these levels."""
    rows = [
        {
            "level": level,
            "mark": said(language, "chart-mark", row=Count(place + 1)) if level == 1 else "",
            "name": names[place % len(names)],
            "note": said(language, "tree-below", below=Count(below)) if below else "",
            "lit": place % 3 == 1,
        }
        for place, level in enumerate(levels)
    ]
    own = {"whose": Choice("own"), "name": Text(""), "page": Count(1), "pages": Count(1)}
    return {
        "kind": "team",
        "language": language,
        "title": said(language, "tree-title", **own),
        "subtitle": said(language, "tree-sold", sold=Count(sum(place % 3 == 1 for place in range(len(rows))))),
        "unnamed": said(language, "person-of-team"),
        "rows": rows,
    }


def legs(language: Language, left: int, right: int) -> Recipe:
    """Returns the recipe of two legs of which what they have in common is matched."""
    most, matched = max(1, left, right), min(left, right)
    bars = [
        {
            "label": said(language, "legs-side", side=Choice(side)),
            "value": said(language, "chart-money", value=Compact(amount, TOMAN), unit=Unit(TOMAN)),
            "share": thousandths(amount, most),
            "marked": thousandths(matched, most),
        }
        for side, amount in (("left", left), ("right", right))
    ]
    money = Money(matched, TOMAN)
    return {
        "kind": "progress",
        "language": language,
        "title": said(language, "legs-title"),
        "subtitle": said(language, "legs-legend"),
        "bars": bars,
        "foot": [
            said(language, "legs-matched", left=money, right=money),
            said(language, "legs-payment", amount=money),
        ],
    }


def rank(language: Language, needs: list[tuple[str, int, int]], title: str) -> Recipe:
    """Returns the recipe of a rank's requirements: of each its kind, what there is, and what is asked."""

    def value(kind: str, has: int, asks: int) -> str:
        if kind == "recruits":
            return said(language, "chart-members", has=Count(has), asks=Count(asks))
        both = {"has": Compact(has, TOMAN), "asks": Compact(asks, TOMAN)}
        return said(language, "chart-progress", **both, unit=Unit(TOMAN))

    bars = [
        {
            "label": said(language, "climb-need", kind=Choice(kind)),
            "value": value(kind, has, asks),
            "share": thousandths(has, asks),
            "marked": thousandths(has, asks),
        }
        for kind, has, asks in needs
    ]
    met = sum(has >= asks for _, has, asks in needs)
    return {
        "kind": "progress",
        "language": language,
        "title": said(language, "climb-title", rank=Text(title)),
        "subtitle": said(language, "climb-from", rank=Text(title)),
        "bars": bars,
        "foot": [said(language, "climb-met", met=Count(met), all=Count(len(needs)))],
    }


def funnel(language: Language, links: list[tuple[str, list[int]]]) -> Recipe:
    """Returns the recipe of links' funnels: of each its name, and clicks, who came, joined and bought."""
    steps = ("funnel-clicks", "funnel-came", "funnel-joined", "funnel-bought")
    return {
        "kind": "funnel",
        "language": language,
        "title": said(language, "funnel-title"),
        "subtitle": said(language, "funnel-all", came=Count(sum(counts[1] for _, counts in links))),
        "unnamed": said(language, "funnel-unnamed"),
        "links": [
            {
                "name": name,
                "steps": [
                    {
                        "label": said(language, step),
                        "value": said(language, "chart-count", count=Count(count)),
                        "count": count,
                    }
                    for step, count in zip(steps, counts, strict=True)
                ],
            }
            for name, counts in links
        ],
    }


def shares(language: Language, parts: list[tuple[str, int, str]]) -> Recipe:
    """Returns the recipe of an order's shares: of each its name, amount and kind."""
    total = sum(amount for _, amount, _ in parts)
    return {
        "kind": "shares",
        "language": language,
        "title": said(language, "shares-title", order=Text("o-17")),
        "subtitle": said(language, "shares-total", total=Money(total, TOMAN), refunded=Choice("yes")),
        "unnamed": said(language, "shares-member"),
        "shares": [
            {
                "name": name,
                "value": said(language, "chart-amount", amount=Money(amount, TOMAN)),
                "amount": max(0, amount),
                "kind": kind,
            }
            for name, amount, kind in parts
        ],
    }


def overview(language: Language, amounts: list[int], top: list[tuple[str, int]]) -> Recipe:
    """Returns the recipe of seven days: the sales of each, and who earned most."""
    days = {"en": "14 September", "fa": "۱۲ اردیبهشت"}[language]
    sums = {"overview-sales": sum(amounts), "overview-commissions": sum(amounts) // 5, "overview-payouts": 0}
    return {
        "kind": "overview",
        "language": language,
        "title": said(language, "overview-title", name=Text({"en": "Nader Shoes", "fa": "کفش نادر"}[language])),
        "subtitle": said(language, "overview-span", since=Text(days), until=Text(days)),
        "tiles": [{"label": said(language, name), "value": short(language, amount)} for name, amount in sums.items()],
        "sales": said(language, "overview-sales-by-day"),
        "days": [days] * len(amounts),
        "values": [short(language, each) for each in amounts],
        "amounts": amounts,
        "best": said(language, "overview-best"),
        "unnamed": said(language, "shares-member"),
        "top": [{"name": name, "value": short(language, amount), "amount": amount} for name, amount in top],
    }


def earnings(language: Language, amounts: list[int]) -> Recipe:
    """Returns the recipe of days' earnings."""
    day = {"en": "14 September", "fa": "۱۲ اردیبهشت"}[language]
    return {
        "kind": "weeks",
        "language": language,
        "title": said(language, "earnings-title", period=Choice("day"), count=Count(len(amounts))),
        "change": said(language, "earnings-total", amount=Money(sum(amounts), TOMAN)),
        "days": [day] * len(amounts),
        "values": [short(language, each) for each in amounts],
        "amounts": amounts,
    }
