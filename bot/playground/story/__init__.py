"""A day of the programme, from an invitation to a paid withdrawal, played by people with phones against a running bot.

Each step says what everybody must see, in the words of the bot's own catalogue; a step that comes out differently
fails with the conversation so far. The demo shows it, the tests hold its transcript.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from bot.playground.client import ControlRefusal
from bot.playground.story import corrections, invitations, purchases, withdrawals
from bot.playground.story.narration import Narrator, Utterance, narrated
from bot.playground.story.stage import ADMINS, CAST, Stage
from bot.playground.story.words import Words, shop_tables
from engine.errors import MoarefError

__all__ = ["ADMINS", "CAST", "STEPS", "Narrator", "Stage", "StoryFailed", "Utterance", "Words", "play", "shop_tables"]

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
"""By the id of each title, in their order; every step builds on those before it."""

SILENCE_S: Final = 0.3


class StoryFailed(MoarefError):
    """A step did not come out as it must: its title, and what is wrong, with the conversation."""

    def __init__(self, title: str, problem: str) -> None:
        super().__init__(f"{title}: {problem}")
        self.title = title
        self.problem = problem


async def play(stage: Stage, narrator: Narrator, steps: Mapping[str, Step] = STEPS) -> None:
    """Plays the steps and tells what happens; raises StoryFailed at the first that fails."""
    seen = 0
    for number, (title_id, step) in enumerate(steps.items(), start=1):
        title = stage.words.line(title_id)
        narrator.begin(number, title)
        problem = await _problem_of(step, stage)
        if number == len(steps):
            await asyncio.sleep(SILENCE_S)  # for whatever nobody expects
        problem = problem or await _problem_of(Stage.is_quiet, stage)
        events = await stage.playground.events(after=seen)
        for utterance in narrated(events, stage.words):
            narrator.tell(utterance)
        seen = events[-1]["seq"] if events else seen
        if problem:
            raise StoryFailed(title, problem)


async def _problem_of(step: Step, stage: Stage) -> str | None:
    """What went wrong in it, in one text; None for nothing."""
    try:
        await step(stage)
    except (AssertionError, ControlRefusal) as problem:
        return str(problem)
    return None
