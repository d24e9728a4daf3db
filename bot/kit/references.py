"""Makes short references that a person can read out: the same in the message and in the log."""

from hashlib import sha256
from random import Random
from typing import Final

_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U to misread
_ERROR_LENGTH = 4
_DIGEST_LENGTH = 5


def error_reference(random: Random) -> str:
    """Returns a reference for an error, such as E-7K2M."""
    return "E-" + "".join(random.choices(_LETTERS, k=_ERROR_LENGTH))


def digest_reference(slot: str, person: str) -> str:
    """Returns the reference of a person's digest, such as D-7K2MQ: the same each time it is sent."""
    number = int.from_bytes(sha256(f"{slot}/{person}".encode()).digest()[:8])
    return "D-" + "".join(_LETTERS[number >> 5 * place & 31] for place in range(_DIGEST_LENGTH))


def notice_reference(number: int) -> str:
    """Returns the reference of a notice's messages, such as N-1B for 43: the same each time it is sent."""
    digits = ""
    while number:
        number, digit = divmod(number, len(_LETTERS))
        digits = _LETTERS[digit] + digits
    return f"N-{digits or _LETTERS[0]}"
