"""Seals rows that follow from no event: identities, destinations, and the halt of payouts.

A seal is a checksum over a row's content; with the store's key also a signature, which write access to the file without
the key cannot forge.
"""

from hashlib import sha256
from typing import Any

import msgspec

from engine.vault import Vault

UNSEALED = ""
"""The seal of a row of an earlier version, until the store is sealed."""


def seal(vault: Vault | None, table: str, *fields: Any) -> str:
    """Returns the seal of a row of the table with these fields; signed if there is a vault."""
    content = msgspec.json.encode([table, *fields])
    signature = vault.sign(content) if vault is not None else ""
    return f"{signature}:{_checksum(signature, content)}"


def problem_with(vault: Vault | None, found: str, table: str, *fields: Any) -> str | None:
    """Describes what is wrong with the seal of a row; None for a good one.

    Without a vault signatures are not checked. With one, an unsigned row is wrong.
    """
    if found == UNSEALED:
        return "is not sealed"
    content = msgspec.json.encode([table, *fields])
    signature, _, checksum = found.partition(":")
    if checksum != _checksum(signature, content):
        return "its seal does not match its content"
    if vault is None:
        return None
    return vault.problem_with(signature, content) if signature else "was sealed without the key"


def _checksum(signature: str, content: bytes) -> str:
    return sha256(signature.encode() + b"|" + content).hexdigest()[:32]
