"""Masks numbers of bank accounts and addresses of wallets in stored content that admins may look at."""

import json
import re
from typing import Final

from bot.kit.digits import normalised

SHOWN: Final = 4
"""The number of last characters that stay, to tell numbers apart."""
DIGITS_MIN: Final = 12
"""A card has 16 digits and a Sheba 24; fewer are a card that was mistyped or cut. A phone number has 11."""
WALLET_LENGTH_MIN: Final = 25

_SEPARATED_DIGITS: Final = re.compile(rf"\d(?:[\W_\u0640]{{0,12}}\d){{{DIGITS_MIN - 1},}}")
_WALLET: Final = re.compile(rf"[A-Za-z0-9_-]{{{WALLET_LENGTH_MIN},}}|[A-Za-z0-9]{{4}}(?:[ -][A-Za-z0-9]{{4}}){{6,}}\w*")
_WALLET_DIGITS_MIN: Final = 2

_KEPT_FIELDS: Final = frozenset(
    ("telegram_payment_charge_id", "provider_payment_charge_id", "invoice_payload", "file_id", "file_unique_id")
)
"""Fields of an update that Telegram fills: a failed payment is found again by its charge."""


def mask_account_numbers(text: str) -> str:
    """Replaces all but the end of whatever looks like a card, a Sheba or a wallet by dots.

    Finds numbers in digits of any script, in groups and with invisible marks between. A text without any is returned
    unchanged.
    """
    plain = normalised(text)
    masked = _SEPARATED_DIGITS.sub(_masked, _WALLET.sub(_masked_wallet, plain))
    return text if masked == plain else masked


def mask_update(content: str) -> str:
    """Returns an update's JSON with account numbers masked in all fields that a person may have written.

    JSON numbers are ids and stay, as do Telegram's names of payments and files.
    """
    try:
        update = json.loads(content)
    except ValueError:
        return mask_account_numbers(content)
    masked = _mask(update)
    return content if masked == update else json.dumps(masked, ensure_ascii=False, separators=(",", ":"))


def _mask(value: object) -> object:
    if isinstance(value, str):
        return mask_account_numbers(value)
    if isinstance(value, list):
        return [_mask(each) for each in value]
    if isinstance(value, dict):
        return {key: each if key in _KEPT_FIELDS else _mask(each) for key, each in value.items()}
    return value


def _masked(found: re.Match[str]) -> str:
    return "•" * SHOWN + re.sub(r"[\W_]", "", found[0])[-SHOWN:]


def _masked_wallet(found: re.Match[str]) -> str:
    """Masks a wallet's address; a long word without digits is not one."""
    is_wallet = sum(letter.isdecimal() for letter in found[0]) >= _WALLET_DIGITS_MIN
    return _masked(found) if is_wallet else found[0]
