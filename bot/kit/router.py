"""Routes one update to its handler, and answers clearly where there is none.

A refusal, by the engine or by the kit, is reported in the person's language and has no other effect.
"""

import logging
from collections.abc import Iterable
from typing import Final

from bot.kit.bidi import without_leading_marks
from bot.kit.context import Context
from bot.kit.errors import NotYours, OwnersOnly, StaleButton, UserError
from bot.kit.feature import Feature, Handler, StepHandler
from bot.kit.formatting import Link
from bot.kit.home_button import back_home
from bot.kit.person import SharedAccount
from bot.kit.refusals import tell
from bot.kit.routes import Routes
from engine.errors import Refusal

DIALOGUE_LIFE_MS: Final = 24 * 60 * 60 * 1000


async def route(features: Iterable[Feature] | Routes, ctx: Context) -> None:
    """Runs the update's handler. User errors are answered here; all others propagate."""
    routes = features if isinstance(features, Routes) else Routes(features)
    was_asked = ctx.dialogue is not None
    ctx.text = without_leading_marks(ctx.text)
    try:
        await _dispatch(routes, ctx)
    except (Refusal, UserError) as error:
        ctx.effects.forget()
        if was_asked and ctx.data is None and _is_command(ctx.text):
            ctx.end()  # else the next words would answer the earlier question, such as for a tracking code
        tell(error, ctx, routes.refusals)


async def _dispatch(routes: Routes, ctx: Context) -> None:
    if ctx.data is not None:
        await _press(ctx.data, routes, ctx)
    elif ctx.payment is not None and routes.paid is not None:
        await routes.paid(ctx, ctx.payment)
    elif ctx.given_back is not None and routes.given_back is not None:
        await routes.given_back(ctx, ctx.given_back)
    elif await _is_of_a_conversation(routes, ctx):
        return
    elif not ctx.is_private:
        _answer_group(routes, ctx)
    elif ctx.document is not None and ctx.person.is_admin and ctx.dialogue is None and routes.documents is not None:
        await routes.documents(ctx, ctx.document)
    elif ctx.account is not None and ctx.person.is_admin:
        await _account(ctx.account, routes, ctx)
    elif ctx.text is None and not _is_a_wanted_answer(routes, ctx):
        await _answer_other(routes, ctx)
    elif ctx.text is not None and _is_command(ctx.text):
        await _command(routes, ctx)
    else:
        await _words(routes, ctx)


async def _press(data: str, routes: Routes, ctx: Context) -> None:
    """Handles a button press. It is input: the chat must be the presser's own, and an admin's button an admin's.

    Like a command it begins something else, so it ends the dialogue; a refused one changes nothing.
    """
    if not ctx.is_private:
        raise NotYours
    button, run = routes.pressed(data)
    if button.admin and not ctx.person.is_admin:
        _log("admin's button refused: %s pressed %s", ctx.person.id, button.prefix)
        raise StaleButton
    if button.owner and not ctx.person.is_owner:
        raise OwnersOnly
    if ctx.dialogue:
        ctx.end()
    await run(ctx)


async def _command(routes: Routes, ctx: Context) -> None:
    """Handles a command. It begins something else, so it ends the dialogue; an unknown one changes nothing."""
    command = routes.commands.get(ctx.split.command or "")
    if command and command.admin and not ctx.person.is_admin:
        _log("admin's command refused: %s sent /%s", ctx.person.id, command.name)
        command = None
    if command and command.owner and not ctx.person.is_owner:
        raise OwnersOnly
    if command is None or not _is_addressed(ctx):
        ctx.say("unknown-command", rows=[back_home()])
        return
    if ctx.dialogue:
        ctx.end()
    await command.run(ctx)


async def _words(routes: Routes, ctx: Context) -> None:
    """Passes text to the dialogue's step, if there is a dialogue that is neither too old nor of another version."""
    if ctx.dialogue is None:
        await _answer_unexpected(routes, ctx)
        return
    known = _step(routes, ctx)
    if known is not None and not _may_answer(known, ctx):
        _log("admin's answer refused: %s was asked %s", ctx.person.id, ctx.dialogue.step)
        ctx.end()
        ctx.say("unknown-text", rows=[back_home()])
        return
    run = _pending(routes, ctx)
    if run is None:
        ctx.end()
        ctx.say("dialogue-expired", rows=[back_home()])
    else:
        await run(ctx)


def _may_answer(known: StepHandler, ctx: Context) -> bool:
    """Returns whether the step is the person's to answer: an admin or owner may have lost the role meanwhile."""
    return (ctx.person.is_admin or not known.step.admin) and (ctx.person.is_owner or not known.step.owner)


async def _account(account: SharedAccount, routes: Routes, ctx: Context) -> None:
    """Passes a person whom an admin shows to the question that waits for one, or, outside of any, to its feature."""
    known = _step(routes, ctx)
    if known is not None and known.step.accounts and (run := _pending(routes, ctx)) is not None:
        await run(ctx)
    elif routes.accounts is not None and _pending(routes, ctx) is None:
        await routes.accounts(ctx, account)
    else:
        await _answer_other(routes, ctx)


async def _is_of_a_conversation(routes: Routes, ctx: Context) -> bool:
    """Returns whether the message belongs to a conversation with support, and was handled; edits are nothing else."""
    if ctx.sent is None:
        return False
    is_handled = routes.conversation is not None and await routes.conversation(ctx)
    return is_handled or ctx.sent.edited


async def _answer_other(routes: Routes, ctx: Context) -> None:
    """Answers photos, stickers, forwarded messages and the like; a pending question stays."""
    if _pending(routes, ctx) is not None:
        ctx.say("forwarded-text" if ctx.forwarded else "text-expected")
    else:
        await _answer_unexpected(routes, ctx)


async def _answer_unexpected(routes: Routes, ctx: Context) -> None:
    """Answers what nothing expects."""
    if routes.unexpected is not None:
        await routes.unexpected(ctx)
    else:
        ctx.say("forwarded-text" if ctx.forwarded else "unknown-text")


def _is_a_wanted_answer(routes: Routes, ctx: Context) -> bool:
    known = _step(routes, ctx)
    if known is None:
        return False
    return known.step.anything or (ctx.photo is not None and known.step.pictures)


def _answer_group(routes: Routes, ctx: Context) -> None:
    """Answers our commands in a group, all alike, as money is private.

    Other commands may be for another bot there.
    """
    if ctx.split.command in routes.commands and _is_addressed(ctx):
        ctx.say("group-talk-in-private", link=Link(ctx.bot.home))


def _is_addressed(ctx: Context) -> bool:
    return ctx.split.addressed in ("", ctx.bot.username.lower())


def _is_command(text: str | None) -> bool:
    return text is not None and text.startswith("/")


def _step(routes: Routes, ctx: Context) -> StepHandler | None:
    return routes.steps.get(ctx.dialogue.step) if ctx.dialogue is not None else None


def _pending(routes: Routes, ctx: Context) -> Handler | None:
    """Returns what takes the answer; None without a question, and for one that is too old or cannot be read."""
    known = _step(routes, ctx)
    if ctx.dialogue is None or known is None or ctx.now - ctx.dialogue.at > DIALOGUE_LIFE_MS:
        return None
    return known.read(ctx.dialogue.content)


def _log(message: str, *values: str) -> None:
    logging.getLogger(__name__).warning(message, *values)
