"""Seals of rows that follow from no event: who is who, where money goes, why payouts are stopped.

A seal is a checksum over what a row says; where the store's key is at hand, also a signature, which nobody makes who
can write the file and has no key.
"""

from hashlib import sha256
from typing import Any

import msgspec

from engine.vault import Vault

UNSEALED = ""
"""A row of an earlier version, until the store is sealed."""


def seal(vault: Vault | None, table: str, *fields: Any) -> str:
    """The seal of a row of the table with these fields; signed where there is a vault."""
    content = msgspec.json.encode([table, *fields])
    signature = vault.sign(content) if vault is not None else ""
    return f"{signature}:{_checksum(signature, content)}"


def problem_with(vault: Vault | None, found: str, table: str, *fields: Any) -> str | None:
    """What is wrong with the seal of a row that says this; None for a good one.

    Without a vault a signature is not looked at. With one, a row that nobody has signed is wrong.
    """
    if found == UNSEALED:
        return "is not sealed"
    content = msgspec.json.encode([table, *fields])
    signature, _, checksum = found.partition(":")
    if checksum != _checksum(signature, content):
        return "its seal is not that of its content"
    if vault is None:
        return None
    return vault.problem_with(signature, content) if signature else "was sealed without the key"


def _checksum(signature: str, content: bytes) -> str:
    return sha256(signature.encode() + b"|" + content).hexdigest()[:32]
