"""Cards and Sheba at rest: encrypted, found again by a keyed digest, shown by their last four digits."""

import hmac
from dataclasses import dataclass
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken

from engine.errors import VaultError


def new_key() -> str:
    """A fresh key: urlsafe base64 of 32 random bytes."""
    return Fernet.generate_key().decode()


@dataclass(frozen=True, slots=True, repr=False)
class Sealed:
    """A secret as the store holds it."""

    ciphertext: str
    key_id: str
    last_four: str
    digest: str


class Vault:
    """Seals with the first key and opens with any: a key is changed by putting the new one in front."""

    def __init__(self, keys: list[str]) -> None:
        """Raises VaultError where there is no key, or one that is not urlsafe base64 of 32 bytes."""
        if not keys:
            raise VaultError("a key is needed to keep destinations")
        try:
            self._ciphers = {key_id(key): Fernet(key) for key in keys}
        except ValueError:
            raise VaultError("a key is urlsafe base64 of 32 bytes") from None
        self._sealing = key_id(keys[0])
        # The digest's key outlives a change of keys only if it comes from the oldest one.
        self._digest_key = sha256(b"digest of destinations|" + keys[-1].encode()).digest()

    def seal(self, secret: str) -> Sealed:
        ciphertext = self._ciphers[self._sealing].encrypt(secret.encode()).decode()
        digest = hmac.new(self._digest_key, secret.encode(), sha256).hexdigest()
        return Sealed(ciphertext, self._sealing, secret[-4:], digest)

    def open(self, ciphertext: str, sealed_with: str) -> str:
        """Raises VaultError when the key is gone or the text was changed."""
        cipher = self._ciphers.get(sealed_with)
        if cipher is None:
            raise VaultError(f"the key {sealed_with} is not in the configuration")
        try:
            return cipher.decrypt(ciphertext.encode()).decode()
        except InvalidToken:
            raise VaultError("a destination was changed in the store") from None


def key_id(key: str) -> str:
    """A name for a key that says nothing about it."""
    return sha256(b"name of a key|" + key.encode()).hexdigest()[:8]
