"""Renders a member's digest: balance, changes since the last one, upcoming money, progress to the next rank."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.kit.buttons import Press
from bot.kit.context import with_repeat_note
from bot.kit.effects import Outgoing
from bot.kit.formatting import Argument, Choice, Compact, Count, Lines, Money, Term, When
from bot.kit.keyboards import Rows, keyboard, picture_message, text_message
from bot.kit.languages import HABITS
from bot.kit.person import Person
from bot.kit.truncate import CAPTION_LENGTH_MAX
from engine.periods import last_weeks, since_joining
from engine.queries.progress import next_rank
from engine.queries.reports import Changes, FriendCounts, MemberReport, week_change
from engine.records import Member
from handlers.chat.balance import balance_lines
from handlers.chat.buttons import OpenBalance, OpenRank, OpenSettings, OpenWithdrawAnew
from handlers.chat.rank import way_to_next
from handlers.notices.renderer import NoticeRenderer

WEEKS: Final = 8


@dataclass(frozen=True, slots=True)
class Digest:
    """Holds one digest's data. Times in ms, UTC; amounts in minor units.

    since: the time of the last digest, or of joining. ripening: what becomes available until `until`. zone: the
    member's own.
    """

    report: MemberReport
    friends: FriendCounts
    since: int
    ripening: int
    until: int
    now: int
    zone: str
    reference: str

    @property
    def is_news(self) -> bool:
        """Returns whether anything has changed."""
        return bool(self.report.changes or self.friends)


@dataclass(frozen=True, slots=True)
class _Weeks:
    """Holds when weeks began (ms, UTC), the oldest first, and what was earned in each (minor units)."""

    begins: list[int]
    amounts: list[int]


async def balance_digest(digest: Digest, member: Member, to: Person, renderer: NoticeRenderer) -> Outgoing:
    """Returns the message, with a picture of the last weeks if anything was earned in them."""
    weeks = await _weeks(digest, member, to, renderer)
    ahead = Lines(tuple(_ahead(digest, member, renderer)))
    html = renderer.texts.render(
        to.language,
        "digest-card",
        balance=balance_lines(renderer, digest.report.balance),
        changes=Lines(
            (
                *_changed(digest, renderer),
                *_beside_chart(weeks, renderer),
                *([Term("digest-ahead", lines=ahead)] if ahead.terms else []),
            )
        ),
    )
    buttons = keyboard(_rows(digest), to.language, renderer.texts)
    if weeks is None or len(html) > CAPTION_LENGTH_MAX:
        message = text_message(to.chat_id, html, buttons, digest.reference)
    else:
        chart = _chart(weeks, digest, to, renderer)
        message = picture_message(to.chat_id, html, buttons, chart, digest.reference)
    return with_repeat_note(message, to.language, renderer.texts)


def _changed(digest: Digest, renderer: NoticeRenderer) -> Iterator[Term]:
    since = When(digest.since, digest.zone)
    if not digest.is_news:
        yield Term("digest-nothing", since=since)
        return
    yield Term("digest-since", since=since)
    yield from _money(digest.report.changes, renderer)
    if digest.friends:
        friends = digest.friends
        came, joined, bought = Count(friends.came), Count(friends.joined), Count(friends.bought)
        yield Term("digest-friends", came=came, joined=joined, bought=bought)


def _money(changes: Changes, renderer: NoticeRenderer) -> Iterator[Term]:
    kinds = {
        "digest-earned": changes.earned,
        "digest-freed": changes.freed,
        "digest-taken-back": changes.taken_back,
        "digest-adjusted": changes.adjusted,
        "digest-paid": changes.paid_out,
    }
    for text_id, amount in kinds.items():
        if amount:
            yield Term(text_id, amount=Money(amount, renderer.bot.currency))


def _ahead(digest: Digest, member: Member, renderer: NoticeRenderer) -> Iterator[Term]:
    if digest.ripening:
        amount = Money(digest.ripening, renderer.bot.currency)
        yield Term("digest-ripening", until=When(digest.until, digest.zone), amount=amount)
    if next_rank(member, renderer.engine.programme) is not None:
        yield from way_to_next(renderer, member)


def _rows(digest: Digest) -> Rows:
    money = [Press("button-balance", OpenBalance(fresh=True))]
    if digest.report.balance.available > 0:
        money.append(Press("button-withdraw", OpenWithdrawAnew()))
    return [money, [Press("button-rank", OpenRank(fresh=True)), Press("button-settings", OpenSettings(fresh=True))]]


async def _weeks(digest: Digest, member: Member, to: Person, renderer: NoticeRenderer) -> _Weeks | None:
    """Returns the last weeks, without those before joining; None if nothing was earned in them."""
    last = last_weeks(ZoneInfo(digest.zone), HABITS[to.language].dates, digest.now, WEEKS)
    begins = since_joining(last, member.joined)
    amounts = await renderer.engine.earned_by_week(to.id, begins)
    return _Weeks(begins, amounts) if any(amounts) else None


def _in_words(weeks: _Weeks, renderer: NoticeRenderer) -> tuple[Term, Term]:
    """Returns the chart's title, and the last week compared with the one before; there is none in a first week."""
    currency, change = renderer.bot.currency, week_change(weeks.amounts)
    way = "first" if change is None else "same" if change == 0 else "more" if change > 0 else "less"
    return (
        Term("digest-chart", weeks=Count(len(weeks.amounts)), total=Money(sum(weeks.amounts), currency)),
        Term("digest-chart-change", way=Choice(way), amount=Money(abs(change or 0), currency)),
    )


def _beside_chart(weeks: _Weeks | None, renderer: NoticeRenderer) -> tuple[Term, ...]:
    """Returns the chart in words; nothing in a first week, of which all is said already."""
    return _in_words(weeks, renderer) if weeks is not None and len(weeks.amounts) > 1 else ()


def _chart(weeks: _Weeks, digest: Digest, to: Person, renderer: NoticeRenderer) -> dict[str, Any]:
    """Returns the chart's recipe."""

    def plain(text_id: str, **arguments: Argument) -> str:
        return renderer.texts.plain(to.language, text_id, **arguments)

    title, change = (plain(each.message_id, **each.arguments) for each in _in_words(weeks, renderer))
    return {
        "kind": "weeks",
        "language": to.language,
        "title": title,
        "change": change,
        "days": [plain("digest-day", day=When(each, digest.zone, year=False)) for each in weeks.begins],
        "values": [plain("chart-value", value=Compact(each, renderer.bot.currency)) for each in weeks.amounts],
        "amounts": weeks.amounts,
    }
