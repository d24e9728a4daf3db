"""Plays a day of the programme, from an invitation to a paid withdrawal, with simulated people and a running bot.

Each step asserts what everyone must see, in the words of the bot's own catalogue; a failed step reports the
conversation so far. The demo shows the story, the tests compare its transcript.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from bot.playground.client import ControlRefusal
from bot.playground.story import corrections, invitations, purchases, withdrawals
from bot.playground.story.narration import Narrator, Utterance, narrated
from bot.playground.story.stage import ADMINS, CAST, Stage
from bot.playground.story.words import StoryWords, shop_tables
from engine.errors import MoarefError

__all__ = [
    "ADMINS",
    "CAST",
    "STEPS",
    "Narrator",
    "Stage",
    "StoryFailed",
    "StoryWords",
    "Utterance",
    "play",
    "shop_tables",
]

Step = Callable[[Stage], Awaitable[None]]

STEPS: Final[Mapping[str, Step]] = {
    "step-first-link": invitations.first_link,
    "step-upline": invitations.upline,
    "step-friend": invitations.friend,
    "step-other-link": invitations.other_link,
    "step-own-link": invitations.own_link,
    "step-purchase": purchases.purchase,
    "step-same-order": purchases.same_order,
    "step-balances": purchases.balances,
    "step-explained": purchases.explained,
    "step-request": withdrawals.request,
    "step-approval": withdrawals.approval,
    "step-payment": withdrawals.payment,
    "step-one-line": withdrawals.one_line,
    "step-rejection": withdrawals.rejection,
    "step-cancellation": withdrawals.cancellation,
    "step-refund": corrections.refund,
    "step-correction": corrections.correction,
    "step-language": corrections.language,
}
"""Steps by their title's id, in order; every step builds on those before it."""

SILENCE_S: Final = 0.3


class StoryFailed(MoarefError):
    """Reports a failed step: its title, and the problem with the conversation."""

    def __init__(self, title: str, problem: str) -> None:
        super().__init__(f"{title}: {problem}")
        self.title = title
        self.problem = problem


async def play(stage: Stage, narrator: Narrator, steps: Mapping[str, Step] = STEPS) -> None:
    """Plays the steps and narrates them; raises StoryFailed at the first that fails."""
    seen = 0
    for number, (title_id, step) in enumerate(steps.items(), start=1):
        title = stage.words.line(title_id)
        narrator.begin(number, title)
        problem = await _problem_of(step, stage)
        if number == len(steps):
            await asyncio.sleep(SILENCE_S)  # time for unexpected messages
        problem = problem or await _problem_of(Stage.is_quiet, stage)
        events = await stage.playground.events(after=seen)
        for utterance in narrated(events, stage.words):
            narrator.tell(utterance)
        seen = events[-1]["seq"] if events else seen
        if problem:
            raise StoryFailed(title, problem)


async def _problem_of(step: Step, stage: Stage) -> str | None:
    """Returns the step's problem as one text; None for success."""
    try:
        await step(stage)
    except (AssertionError, ControlRefusal) as problem:
        return str(problem)
    return None
