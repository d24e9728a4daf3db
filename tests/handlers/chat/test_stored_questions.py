"""Questions outlive an upgrade: most of those below were stored before steps were types."""

import json
from pathlib import Path

import msgspec
import pytest

from bot.kit.dialogues import Dialogue, Step
from bot.kit.routes import Routes
from chat import NOON, open_chat, texts_of
from handlers.chat import FEATURES
from handlers.chat.admin import (
    adjust,
    admins,
    broadcast,
    commissions,
    finding,
    held_for_review,
    offer,
    purchase_questions,
    rate,
    rejection,
    suspension,
    why,
    withdrawals,
)
from handlers.chat.links import TagAsked
from handlers.chat.start import CodeAsked
from handlers.chat.support import QuestionAsked
from handlers.chat.withdraw import AmountAsked, DestinationAsked
from office import open_office

STORED: dict[str, tuple[str, Step]] = {
    "code": ("{}", CodeAsked()),
    "tag": ("{}", TagAsked()),
    "withdraw-amount": ("{}", AmountAsked()),
    "withdraw-destination": ('{"amount": 15000}', DestinationAsked(15_000)),
    "admin-reject": ('{"number": 17}', rejection.RejectionReasonAsked(17)),
    "admin-pay": ('{"number": 17, "owed": 500}', withdrawals.TrackingAsked(17, 500)),
    "commission-reason": ('{"number": 31}', commissions.CommissionReasonAsked(31)),
    "suspension-reason": ('{"member": "K7MX2QF"}', suspension.SuspensionReasonAsked("K7MX2QF")),
    "aside-reason": ('{"number": 3, "every": true}', held_for_review.AsideReasonAsked(3, every=True)),
    "adjustment": ('{"member": "K7MX2QF"}', adjust.AdjustmentAsked("K7MX2QF")),
    "person": ('{"token": "NVY8V7bD"}', finding.PersonAsked("NVY8V7bD")),
    "purchase-amount": ('{"buyer": "K7MX2QF"}', purchase_questions.PurchaseAmountAsked("K7MX2QF")),
    "purchase-product": (
        '{"buyer": "K7MX2QF", "amount": 480000}',
        purchase_questions.PurchaseProductAsked("K7MX2QF", 480_000),
    ),
    "admin-who": ("{}", admins.AdminAsked()),
    "offer-part": ('{"token": "NVY8V7bD", "part": "things"}', offer.OfferAsked("NVY8V7bD", "things")),
    "rate-new": ('{"of": "rank", "id": "base"}', rate.RateAsked("rank", "base")),
    "rate-thing": ("{}", rate.RatedThingAsked()),
    "why-for-admins": ("{}", why.WhyAsked()),
    "support": ('{"reply_to": 7}', QuestionAsked(7)),
    "broadcast-text": ('{"id": 2, "language": "fa"}', broadcast.BroadcastTextAsked(2, "fa")),
}


def test_every_step_is_among_those_below() -> None:
    assert set(Routes(FEATURES).steps) == set(STORED)


@pytest.mark.parametrize("name", STORED)
def test_a_stored_question_is_read_and_a_new_one_is_stored_like_it(name: str) -> None:
    content, step = STORED[name]
    assert Routes(FEATURES).steps[name].step is type(step)
    assert msgspec.json.decode(content, type=type(step)) == step
    asked = Dialogue.asking(step, NOON)
    assert (asked.step, json.loads(asked.content)) == (name, json.loads(content))


async def test_an_answer_to_a_stored_question_is_taken(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        await office.chat.buy(office.ali, 100_000, "o-17")
        await office.ask_for(5_000)
        office.chat.dialogues[office.nader.id] = Dialogue("admin-reject", '{"number": 1}', NOON)
        assert "wrong card" in await office.said("wrong card")
        assert office.chat.dialogues[office.nader.id] is None


def test_a_stored_payment_without_the_debt_that_was_shown_was_shown_none() -> None:
    assert msgspec.json.decode('{"number": 17}', type=withdrawals.TrackingAsked).owed == 0


@pytest.mark.parametrize("content", ["{}", '{"amount": "15000"}', '{"amount": 15'])
async def test_a_stored_question_that_cannot_be_read_has_expired(tmp_path: Path, content: str) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await chat.member("Sara")
        chat.dialogues[sara.id] = Dialogue("withdraw-destination", content, NOON)
        [answer] = texts_of(await chat.send(sara, "6037991000000004"))
        assert answer.startswith("That question has expired")
        assert chat.dialogues[sara.id] is None
