"""Finds out whom a message shows: the author of a forwarded message, or the person of a contact card."""

from typing import Any

from telegram import Contact, Message, MessageOriginHiddenUser, MessageOriginUser, User

from bot.kit.person import SharedAccount

_SENDER = "forward_from"
_HIDDEN = "forward_sender_name"


def shared_account(message: Message) -> SharedAccount | None:
    """Returns the account; None for any other message, also for one forwarded from a group, a channel or a bot."""
    if message.contact is not None:
        return _of_contact(message.contact)
    match message.forward_origin:
        case MessageOriginUser() as origin:
            return _of_user(origin.sender_user)
        case MessageOriginHiddenUser() as origin:
            return SharedAccount(None, origin.sender_user_name, forwarded=True)
        case None:
            return _of_old_fields(message.api_kwargs)
        case _:
            return None


def _of_user(user: User) -> SharedAccount | None:
    return None if user.is_bot else SharedAccount(user.id, user.full_name, forwarded=True)


def _of_contact(contact: Contact) -> SharedAccount:
    name = " ".join(part for part in (contact.first_name, contact.last_name) if part)
    return SharedAccount(contact.user_id, name, forwarded=False)


def _of_old_fields(fields: Any) -> SharedAccount | None:
    """Reads the fields that servers of earlier versions of the Bot API send."""
    sender = fields.get(_SENDER)
    if isinstance(sender, dict) and isinstance(sender.get("id"), int):
        name = " ".join(str(part) for part in (sender.get("first_name"), sender.get("last_name")) if part)
        return None if sender.get("is_bot") else SharedAccount(sender["id"], name, forwarded=True)
    hidden = fields.get(_HIDDEN)
    return SharedAccount(None, hidden, forwarded=True) if isinstance(hidden, str) else None
