"""Defines rewards for tests, and shortcuts to their owners."""

from __future__ import annotations

from typing import Final

from bot.kit.friends import ReviewRules
from bot.kit.languages import Language
from bot.kit.rewards import Kind, Reward, RewardWords, SharedBudget, When
from bot.referrals.service import FriendRules
from chat import Chat
from engine.rates import parse_percent


def reward(
    id: str,
    when: When,
    title: dict[Language, str],
    *,
    kind: Kind = "code",
    text: str = "",
    codes: tuple[str, ...] = (),
    percent: str = "",
    valid_days: int = 0,
    shop: str = "",
) -> Reward:
    words = {language: RewardWords(title[language], text) for language in title}
    prefix = "" if codes or kind == "text" else "HI-"
    return Reward(id, when, kind, words, percent, 0, valid_days, codes, prefix, shop)


WELCOME: Final = reward(
    "welcome",
    "coming",
    {"en": "10% off your first order", "fa": "ده درصد تخفیف اولین خرید"},
    percent="10%",
    valid_days=30,
)
BOOK: Final = reward(
    "book",
    "first_purchase",
    {"en": "A book", "fa": "یک کتاب"},
    kind="text",
    text="moaref.example/book",
)
THANKS: Final = reward("thanks", "first_purchase", {"en": "Thanks", "fa": "سپاس"}, codes=("AAAA", "BBBB"))
SHARE: Final = SharedBudget(parse_percent("14%"), parse_percent("2%"), valid_days=30)


def rules(*rewards: Reward, share: SharedBudget | None = None, caution: ReviewRules | None = None) -> FriendRules:
    """Returns the referral rules of a configuration with these rewards."""
    return FriendRules({each.id: each for each in rewards}, share, caution or ReviewRules())


async def met(chat: Chat, person: str, telegram_id: int, at: int) -> None:
    """Records that the chat met the person at that time (ms, UTC)."""
    await chat.engine.write_silently(
        lambda books: books.connection.execute(
            "INSERT INTO profiles (person, telegram_id, name, language, first_update, seen_at, met_at)"
            " VALUES (?, ?, 'Somebody', 'en', 1, ?, ?) ON CONFLICT (person) DO UPDATE SET met_at = excluded.met_at",
            (person, telegram_id, at, at),
        )
    )
