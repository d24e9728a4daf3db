"""Describes gifts: their title, state and expiry."""

from bot.kit.formatting import Argument, Choice, Code, Lines, Percent, Term, Text, When
from bot.kit.languages import Language
from bot.kit.rewards import SHARED, Gift
from handlers.phrases import RenderContext


def title_of(context: RenderContext, reward: str, percent: str, language: Language) -> Argument:
    """Returns a reward's title: the operator's words, or the friend's part of a split."""
    if reward == SHARED:
        return Term("gift-shared", discount=Percent(percent))
    configured = context.bot.rewards.get(reward)
    return Text(configured.words[language].title) if configured is not None else Term("gift-gone")


def gift_lines(context: RenderContext, gift: Gift, now: int, language: Language) -> Lines:
    """Returns a gift's lines in a list: its title, then its code or text if usable, else its state."""
    state = gift.state(now)
    head = Term("gift-title", title=title_of(context, gift.reward, gift.percent, language))
    if state != "given":
        return Lines((head, _standing(context, gift, state)))
    configured = context.bot.rewards.get(gift.reward)
    if gift.kind == "text":
        text = configured.words[language].text if configured is not None else ""
        return Lines((head, Term("gift-text", text=Text(text)) if text else Term("gift-ask"), *_until(context, gift)))
    return Lines((head, Term("gift-code", code=Code(gift.code or "")), *_until(context, gift)))


def asks_for_it(context: RenderContext, gift: Gift, language: Language) -> bool:
    """Returns whether the gift is a text that the operator has not written, which its owner asks for."""
    configured = context.bot.rewards.get(gift.reward)
    return gift.kind == "text" and (configured is None or not configured.words[language].text)


def _until(context: RenderContext, gift: Gift) -> list[Term]:
    return [] if gift.expires is None else [Term("gift-until", until=When(gift.expires, context.bot.zone, time=True))]


def _standing(context: RenderContext, gift: Gift, state: str) -> Term:
    if state == "used":
        return Term("gift-used", date=When(gift.used or 0, context.bot.zone), code=Code(gift.code or ""))
    if state == "expired":
        return Term("gift-expired", date=When(gift.expires or 0, context.bot.zone))
    if state == "withheld":
        return Term("gift-withheld", reason=Choice(gift.withheld or "other"))
    return Term("gift-waiting")
