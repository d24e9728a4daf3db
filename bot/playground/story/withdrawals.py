"""Plays the story's afternoon: withdrawals requested, approved, paid, rejected and cancelled."""

from __future__ import annotations

from typing import Final

from bot.kit.formatting import Choice, Code, Count, Term, Text
from bot.playground.card import ChatCard
from bot.playground.story.invitations import code_of
from bot.playground.story.purchases import SHARES
from bot.playground.story.stage import ADMINS, Actor, Stage
from bot.playground.story.words import toman

SHEBA: Final = "IR820540102680020817909002"
CARD: Final = "6037991000000004"
TRACKING: Final = "140509011234"


async def request(stage: Stage) -> None:
    """Plays a request: amount and destination are asked, checked, and confirmed first; every admin gets a card."""
    maryam, amount = await stage.enter("maryam"), toman(SHARES["maryam"])
    ali = await stage.enter("ali")
    await ali.writes("/start")
    await ali.sees("home-newcomer")
    await maryam.writes("/withdraw")
    card = await maryam.sees("withdraw-ask-amount", available=amount)
    await maryam.presses(card, "button-amount-all", amount=amount)
    await maryam.sees("withdraw-ask-destination", amount=amount)
    await maryam.writes(f"{SHEBA[:-1]}3")
    await maryam.sees("refused-wrong_check_digits", masked=Text(f"{SHEBA[:4]} •••• 9003"))
    await maryam.writes(SHEBA)
    await _confirm(stage, "maryam", number=1, masked=f"{SHEBA[:4]} •••• 9002")
    for admin in ADMINS:
        await _sees_request(stage, admin, "maryam", 1)


async def approval(stage: Stage) -> None:
    """Plays an approval: a request is decided once, every card is edited, and whoever is second is told by whom."""
    ali, hamid, maryam = [await stage.enter(who) for who in ("ali", "hamid", "maryam")]
    await ali.writes("/pending")
    line = Term("admin-pending-line", number=Count(1), member=stage.words.name("maryam"), state=Choice("requested"))
    card = await ali.sees("admin-pending", line, total=Count(1))
    await ali.presses(card, "button-admin-request", number=Count(1))
    card = await _sees_request(stage, "ali", "maryam", 1)
    await ali.is_told(await ali.presses(card, "button-admin-approve"), "toast-admin-approved")
    for admin in ("ali", *ADMINS):  # Ali has two cards
        await _sees_request(stage, admin, "maryam", 1, "approved")
    await maryam.sees("notice-withdrawal-approved", number=Count(1), amount=toman(SHARES["maryam"]))
    await hamid.writes(f"/approve {stage.words.typed(1)}")
    await hamid.sees("toast-admin-decided", state=Choice("approved"), admin=stage.words.name("ali"))


async def payment(stage: Stage) -> None:
    """Plays a payment: the tracking code is asked for, and shown on the member's receipt."""
    ali, maryam = await stage.enter("ali"), await stage.enter("maryam")
    amount = toman(SHARES["maryam"])
    approved = (await ali.phone.messages())[-1]
    await ali.presses(approved, "button-admin-paid")
    sheba = Term("admin-destination", kind=Choice("sheba"), number=Code(SHEBA))
    await ali.sees("admin-ask-tracking", number=Count(1), amount=amount, destination=sheba)
    await ali.writes(stage.words.typed(TRACKING))
    for admin in ("ali", "ali", *ADMINS):  # the answer, and every edited card
        actor = await stage.enter(admin)
        await actor.sees("admin-request", Term("admin-request-tracking", tracking=Code(TRACKING)), number=Count(1))
    await maryam.sees("notice-withdrawal-paid", amount=amount, number=Count(1), tracking=Code(TRACKING))
    await maryam.writes("/balance")
    paid = Term("balance-paid", amount=amount)
    await maryam.sees("balance-card", Term("balance-available", amount=toman(0)), paid)


async def one_line(stage: Stage) -> None:
    """Plays a request in one message, in the digits of the language; it is still confirmed."""
    sara, words = await stage.enter("sara"), stage.words
    await sara.writes(f"/withdraw {words.typed(SHARES['sara'])} {words.typed(SHEBA)}")
    await _confirm(stage, "sara", number=2, masked=f"{SHEBA[:4]} •••• 9002")
    for admin in ADMINS:
        await _sees_request(stage, admin, "sara", 2)


async def rejection(stage: Stage) -> None:
    """Plays a rejection: the member reads the reason and has the money back."""
    ali, sara, words = await stage.enter("ali"), await stage.enter("sara"), stage.words
    reason = words.line("reason-of-rejection")
    await ali.writes(f"/reject {words.typed(2)} {reason}")
    for admin in ("ali", *ADMINS):
        await _sees_request(stage, admin, "sara", 2, "rejected")
    amount = toman(SHARES["sara"])
    await sara.sees("notice-withdrawal-rejected", number=Count(2), amount=amount, reason=Text(reason))
    await sara.writes("/balance")
    await sara.sees("balance-card", Term("balance-available", amount=amount))


async def cancellation(stage: Stage) -> None:
    """Plays a cancellation before approval; the admins are told, and their cards are closed."""
    babak, words = await stage.enter("babak"), stage.words
    await babak.writes(f"/withdraw {words.typed(SHARES['babak'])} {words.typed(CARD)}")
    done = await _confirm(stage, "babak", number=3, masked="6037 99** **** 0004")
    for admin in ADMINS:
        await _sees_request(stage, admin, "babak", 3)
    await babak.presses(done, "button-cancel-request")
    amount = toman(SHARES["babak"])
    await babak.sees("cancel-done", number=Count(3), amount=amount)
    for admin in ADMINS:
        actor = await stage.enter(admin)
        await actor.sees("notice-admin-cancelled", number=Count(3), member=words.name("babak"), amount=amount)
        await _sees_request(stage, admin, "babak", 3, "cancelled")


async def _confirm(stage: Stage, who: str, *, number: int, masked: str) -> ChatCard:
    """Requests all of the member's money to the masked destination."""
    member, amount, to = await stage.enter(who), toman(SHARES[who]), Text(masked)
    card = await member.sees("withdraw-confirm", amount=amount, destination=to)
    await member.presses(card, "button-withdraw-confirm")
    return await member.sees("withdraw-done", number=Count(number), amount=amount, destination=to)


async def _sees_request(stage: Stage, admin: str, member: str, number: int, state: str = "requested") -> ChatCard:
    actor: Actor = await stage.enter(admin)
    return await actor.sees(
        "admin-request",
        Term("admin-request-state", state=Choice(state)),
        number=Count(number),
        member=stage.words.name(member),
        code=code_of(stage, member),
        amount=toman(SHARES[member]),
    )
