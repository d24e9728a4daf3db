"""Checks the documented limits: lengths of texts, keyboards and their buttons, commands.

All raise `MalformedCall` in Telegram's words where those are known. Lengths of texts are counted in UTF-16 code units,
the strictest reading of "characters".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.kit.json import JsonView
from bot.playground.entities import utf16_length
from bot.playground.markup import is_link
from bot.playground.refusals import MalformedCall

TEXT_LENGTH = 4096
CAPTION_LENGTH = 1024
ANSWER_LENGTH = 200
BUTTONS = 100
CALLBACK_BYTES = 64
COPY_LENGTH = 256
INVOICE_TITLE_LENGTH = 32
INVOICE_DESCRIPTION_LENGTH = 255
INVOICE_PAYLOAD_BYTES = 128
COMMANDS = 100
COMMAND_DESCRIPTION_LENGTH = 256
PROFILE_LENGTHS = {"name": 64, "description": 512, "short_description": 120}

COMMAND_NAME = re.compile(r"[a-z0-9_]{1,32}")
LANGUAGE_CODE = re.compile(r"(?:[a-z]{2})?")
STYLES = frozenset({"danger", "success", "primary"})
NO_ACTION = frozenset({"text", "icon_custom_emoji_id", "style"})


def check_text(text: str) -> None:
    """Checks a message's text, after parsing: 1 to 4,096."""
    if not text:
        raise MalformedCall("message text is empty")
    if utf16_length(text) > TEXT_LENGTH:
        raise MalformedCall("message is too long")


def check_caption(caption: str) -> None:
    """Checks a caption, after parsing: at most 1,024."""
    if utf16_length(caption) > CAPTION_LENGTH:
        raise MalformedCall("message caption is too long")


def check_answer(text: str) -> None:
    """Checks the answer to a press: at most 200."""
    if utf16_length(text) > ANSWER_LENGTH:
        raise MalformedCall("MESSAGE_TOO_LONG")


def check_keyboard(markup: JsonView) -> None:
    """Checks an inline keyboard: at most 100 buttons, each with a label and exactly one action. Other markup passes."""
    buttons = [button for row in markup.get("inline_keyboard", ()) for button in row]
    if len(buttons) > BUTTONS:
        raise MalformedCall("REPLY_MARKUP_TOO_LONG")
    for button in buttons:
        _check_button(button)


def _check_button(button: JsonView) -> None:
    if not button["text"].strip():
        raise MalformedCall("can't parse inline keyboard button: the button's text must be non-empty")
    actions = button.keys() - NO_ACTION
    if len(actions) != 1:
        raise MalformedCall(f'can\'t parse inline keyboard button: "{button["text"]}" must do exactly one thing')
    if button.get("style", "primary") not in STYLES:
        raise MalformedCall("can't parse inline keyboard button: invalid button style specified")
    match actions.pop():
        case "callback_data" if not 1 <= len(button["callback_data"].encode()) <= CALLBACK_BYTES:
            raise MalformedCall("BUTTON_DATA_INVALID")
        case "copy_text" if not 1 <= utf16_length(button["copy_text"]["text"]) <= COPY_LENGTH:
            raise MalformedCall("BUTTON_COPY_TEXT_INVALID")
        case "url" if not is_link(button["url"]):
            raise MalformedCall(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
        case _:
            return


def check_invoice(title: str, description: str, payload: str) -> None:
    """Checks an invoice's title (1 to 32), description (1 to 255) and payload (1 to 128 bytes)."""
    if not 1 <= utf16_length(title) <= INVOICE_TITLE_LENGTH:
        raise MalformedCall("INVOICE_TITLE_INVALID")
    if not 1 <= utf16_length(description) <= INVOICE_DESCRIPTION_LENGTH:
        raise MalformedCall("INVOICE_DESCRIPTION_INVALID")
    if not 1 <= len(payload.encode()) <= INVOICE_PAYLOAD_BYTES:
        raise MalformedCall("INVOICE_PAYLOAD_INVALID")


def check_commands(commands: Sequence[JsonView]) -> None:
    """Checks a menu's commands: at most 100, names of `a-z0-9_` up to 32, descriptions of 1 to 256."""
    if len(commands) > COMMANDS:
        raise MalformedCall("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not COMMAND_NAME.fullmatch(command["command"]):
            raise MalformedCall("BOT_COMMAND_INVALID")
        if not 1 <= utf16_length(command["description"]) <= COMMAND_DESCRIPTION_LENGTH:
            raise MalformedCall("BOT_COMMAND_DESCRIPTION_INVALID")


def check_language(code: str) -> None:
    """Checks a language code: two letters, or empty for all languages."""
    if not LANGUAGE_CODE.fullmatch(code):
        raise MalformedCall("invalid language code specified")


def check_profile(kind: str, text: str) -> None:
    """Checks the bot's name (64), description (512) or short description (120)."""
    if utf16_length(text) > PROFILE_LENGTHS[kind]:
        raise MalformedCall(f"the bot's {kind.replace('_', ' ')} is too long")
