"""Encrypts cards and Sheba numbers for one row each; finds them by a keyed digest, shows their last four digits.

A ciphertext is bound to its owner, its kind and its row's number (AES-GCM, associated data): moved into another row it
cannot be opened. The same key signs other rows that follow from no event (engine/seals.py).
"""

import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, NamedTuple

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from engine.errors import VaultError

BOUND: Final = "2."
"""Prefix of a ciphertext that is bound to its row; one of the first version, a Fernet token, lacks it."""

_NONCE: Final = 12
_CHANGED: Final = "a destination was changed in the store"


def new_key() -> str:
    """Generates a key: urlsafe base64 of 32 random bytes."""
    return Fernet.generate_key().decode()


class SecretPlace(NamedTuple):
    """Identifies the row that a secret is sealed for: its number, its owner, and its kind."""

    id: int
    member: str
    kind: str

    @property
    def associated(self) -> bytes:
        return msgspec.json.encode(["destination", *self])


@dataclass(frozen=True, slots=True, repr=False)
class Sealed:
    """Holds a secret as the store keeps it."""

    ciphertext: str
    key_id: str
    last_four: str
    digest: str


class Vault:
    """Seals with the first key and opens with any: a key is rotated by putting the new one in front."""

    def __init__(self, keys: list[str]) -> None:
        """Derives keys. Raises VaultError where there is no key, or one that is not urlsafe base64 of 32 bytes."""
        if not keys:
            raise VaultError("a key is needed to store destinations")
        try:
            self._fernets = {key_id(key): Fernet(key) for key in keys}
        except ValueError:
            raise VaultError("a key is urlsafe base64 of 32 bytes") from None
        self._ciphers = {key_id(key): AESGCM(_derived(b"destinations", key)) for key in keys}
        self._signing = {key_id(key): _derived(b"signatures", key) for key in keys}
        self.key_id = key_id(keys[0])
        # The digest's key outlives a change of keys only if it comes from the oldest one.
        self._digest_key = _derived(b"digest of destinations", keys[-1])

    def digest(self, secret: str) -> str:
        """Returns a keyed digest, which finds the same secret again and reveals nothing without a key."""
        return hmac.new(self._digest_key, secret.encode(), sha256).hexdigest()

    def seal(self, secret: str, place: SecretPlace) -> Sealed:
        nonce = os.urandom(_NONCE)
        sealed = nonce + self._ciphers[self.key_id].encrypt(nonce, secret.encode(), place.associated)
        ciphertext = BOUND + urlsafe_b64encode(sealed).decode()
        return Sealed(ciphertext, self.key_id, secret[-4:], self.digest(secret))

    def open(self, sealed: Sealed, place: SecretPlace) -> str:
        """Decrypts the secret of that row. Raises VaultError when the key is gone or the row was changed."""
        cipher = self._ciphers.get(sealed.key_id)
        if cipher is None:
            raise VaultError(f"the key {sealed.key_id} is not in the configuration")
        if not sealed.ciphertext.startswith(BOUND):
            raise VaultError("the destination is sealed in the first version's format, which does not name its owner")
        try:
            content = urlsafe_b64decode(sealed.ciphertext.removeprefix(BOUND))
            secret = cipher.decrypt(content[:_NONCE], content[_NONCE:], place.associated).decode()
        except (InvalidTag, ValueError):
            raise VaultError(_CHANGED) from None
        return self._checked(secret, sealed)

    def open_unbound(self, sealed: Sealed) -> str:
        """Decrypts a secret of the first version, to be sealed anew. Raises VaultError as `open`."""
        fernet = self._fernets.get(sealed.key_id)
        if fernet is None:
            raise VaultError(f"the key {sealed.key_id} is not in the configuration")
        try:
            secret = fernet.decrypt(sealed.ciphertext.encode()).decode()
        except (InvalidToken, ValueError):
            raise VaultError(_CHANGED) from None
        return self._checked(secret, sealed)

    def _checked(self, secret: str, sealed: Sealed) -> str:
        if not hmac.compare_digest(self.digest(secret), sealed.digest) or secret[-4:] != sealed.last_four:
            raise VaultError(_CHANGED)
        return secret

    def sign(self, content: bytes) -> str:
        """Returns a signature of the content, prefixed by its key's id."""
        return f"{self.key_id}.{_signature(self._signing[self.key_id], content)}"

    def problem_with(self, signature: str, content: bytes) -> str | None:
        """Describes what is wrong with a signature of this content; None for a good one."""
        name, _, code = signature.partition(".")
        key = self._signing.get(name)
        if key is None:
            return f"was signed with the key {name}, which is not in the configuration"
        return (
            None if hmac.compare_digest(_signature(key, content).encode(), code.encode()) else "its signature is wrong"
        )


def key_id(key: str) -> str:
    """Returns a name for a key that reveals nothing about it."""
    return sha256(b"name of a key|" + key.encode()).hexdigest()[:8]


def _derived(use: bytes, key: str) -> bytes:
    """Derives a separate key for each use."""
    return sha256(use + b"|" + key.encode()).digest()


def _signature(key: bytes, content: bytes) -> str:
    return hmac.new(key, content, sha256).hexdigest()[:32]
