"""Lists answers that only show a state, of which the newest is enough: it replaces unsent older ones.

Of answers to the same words or the same button, and of edits of the same message, only the newest is sent, if both are
listed here: after fifty presses one screen is enough. Everything else is sent each time, in order: receipts and
confirmations, whatever moves money, changes something or asks a question, and messages to others.
"""

from hashlib import sha256
from typing import Final

SCREENS: Final = frozenset(
    {
        "home-member",
        "home-newcomer",
        "balance-card",
        "rank-card",
        "offers-card",
        "history-page",
        "history-empty",
        "team-page",
        "friends-page",
        "links-page",
        "links-goods",
        "ready-page",
        "privacy-card",
        "help-card",
        "language-ask",
        "settings-card",
        "settings-digest",
        "settings-quiet",
        "settings-zones",
        "why-card",
        "why-which",
        "earnings-card",
        "tree-card",
        "legs-card",
        "climb-card",
        "funnel-card",
        "shares-card",
        "overview-card",
        "buy-nothing",
        "claim-nothing",
        "cancel-nothing",
        "withdraw-nothing",
        "withdraw-not-member",
        "link-card",
        "link-to-forward",
        "admin-home",
        "admin-commands",
        "admin-stats",
        "admin-shop-problem-list",
        "admin-shop-problems-none",
        "admin-approvals-members",
        "admin-pending",
        "admin-pending-none",
        "admin-person",
        "admin-asides",
        "admin-asides-none",
        "admin-commissions",
        "admin-commissions-none",
        "admin-commissions-auto",
        "admin-broadcasts",
        "admin-broadcasts-none",
        "admin-questions",
        "admin-questions-none",
        "admin-why-commission",
        "admin-why-order",
        "admin-why-person",
    }
)
"""Texts that show something, and change nothing by being shown."""

USAGE: Final = "admin-usage-"
"""The prefix of texts that explain how an admin's command is written."""

SAME_FOR_ALL: Final = frozenset({"unknown-command", "unknown-text", "text-expected", "group-talk-in-private"})
"""Answers that do not depend on the input."""


def kind_of(text_id: str, *, edited: int | None, asked: str | None) -> str | None:
    """Returns a label of what an answer shows; None if each one must be sent.

    `edited` is the message that it replaces, `asked` the words or the button that it answers. They are stored as a
    digest: people write card numbers.
    """
    if text_id in SAME_FOR_ALL:
        return text_id
    if text_id not in SCREENS and not text_id.startswith(USAGE):
        return None
    if edited is not None:
        return f"edit:{edited}"
    words = " ".join((asked or "").casefold().split())
    return f"{text_id}:{sha256(words.encode()).hexdigest()[:16]}"
