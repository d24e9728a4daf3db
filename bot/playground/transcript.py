"""Renders a chat's events as a readable conversation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.kit.json import Json

INDENT = "     "
MARKED = ("photo", "document", "voice", "sticker", "invoice", "successful_payment", "refunded_payment")


def transcript(events: Iterable[Json], names: Mapping[int, str]) -> str:
    """Returns `events` as lines: `nader> /start`, `bot> Hello`, buttons in brackets; `names` are people's by id."""
    return "\n".join(line for event in events for line in lines_of(event, names))


def lines_of(event: Json, names: Mapping[int, str]) -> list[str]:
    """Returns the lines of one event; none for invisible events."""
    content = event["content"]
    match event["kind"]:
        case "message" | "edit":
            return _message_lines(content["message"], names, edited=event["kind"] == "edit")
        case "pressed":
            return [f"{_name(content['user_id'], names)}> [{content['label']}]"]
        case "answered" if content["text"]:
            return [f"bot> ({'alert' if content['alert'] else 'toast'}) {content['text']}"]
        case "delete":
            return ["bot> (deleted a message)"]
        case "blocked" | "unblocked":
            return [f"{_name(content['user_id'], names)}> ({event['kind']} the bot)"]
        case _:
            return []


def _message_lines(message: Json, names: Mapping[int, str], *, edited: bool) -> list[str]:
    sender = message["from"]
    name = "bot" if sender["is_bot"] else _name(sender["id"], names)
    marks = [f"({kind})" for kind in MARKED if kind in message]
    text = message.get("text") or message.get("caption") or _money_text(message)
    first, *rest = text.split("\n")
    head = " ".join(part for part in (f"{name}>", "(edited)" if edited else "", *marks, first) if part)
    return [head, *(INDENT + line for line in rest), *_keyboard_lines(message)]


def _money_text(message: Json) -> str:
    """Returns the amount invoiced, paid or refunded, in the currency's smallest unit."""
    if "invoice" in message:
        invoice = message["invoice"]
        return f"{invoice['title']}, {_amount(invoice)}\n{invoice['description']}"
    payment = message.get("successful_payment") or message.get("refunded_payment")
    return _amount(payment) if payment else ""


def _amount(payment: Json) -> str:
    return f"{payment['total_amount']} {payment['currency']}"


def _keyboard_lines(message: Json) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [INDENT + " ".join(f"[{button['text']}]" for button in row) for row in rows]


def _name(user_id: int, names: Mapping[int, str]) -> str:
    return names.get(user_id, str(user_id))
