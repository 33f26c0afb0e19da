"""Personal data at rest: sealed with AES-256-GCM, found again by a keyed digest.

A sealed value is ``key id (1 byte) | nonce (12) | ciphertext and tag``. Keys are derived from a secret by
HKDF-SHA256 (RFC 5869), one for sealing and one for digests. The first secret seals; every secret given opens,
so a secret is changed by putting a new one in front. What a value is and where it belongs is authenticated
with it: a phone copied into another district or column does not open.
"""

import hmac
import os
from collections.abc import Sequence
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from huying.kernel.errors import Unavailable

_NONCE: Final = 12


def _derive(secret: str, use: str) -> bytes:
    kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=f"huying people {use} 1".encode())
    return kdf.derive(secret.encode())


class Keyring:
    """The keys of one installation. ``secrets``: the current one first, then the earlier ones."""

    def __init__(self, secrets: Sequence[str]) -> None:
        self._seals = [
            (sha256(key).digest()[0], AESGCM(key)) for key in (_derive(s, "seal") for s in secrets)
        ]
        self._digests = [_derive(secret, "digest") for secret in secrets]

    def seal(self, text: str, place: str) -> bytes | None:
        """Seal ``text`` for ``place`` (for example ``440310:caller.phone``). Empty text gives None."""
        if not text:
            return None
        key_id, cipher = self._seals[0]
        nonce = os.urandom(_NONCE)
        return bytes([key_id]) + nonce + cipher.encrypt(nonce, text.encode(), place.encode())

    def open(self, sealed: bytes | memoryview | None, place: str) -> str:
        """The text again; None gives "". Raises ``Unavailable`` when no key of the ring opens it."""
        if sealed is None:
            return ""
        raw = bytes(sealed)
        for key_id, cipher in self._seals:
            if key_id != raw[0]:
                continue
            try:
                return cipher.decrypt(raw[1 : 1 + _NONCE], raw[1 + _NONCE :], place.encode()).decode()
            except InvalidTag:
                continue
        raise Unavailable("这条信息暂时无法读取：密钥对不上，请联系管理员。")

    def is_current(self, sealed: bytes | memoryview) -> bool:
        """Whether the value carries the current key's id, so that sealing it anew may be skipped."""
        return bytes(sealed)[0] == self._seals[0][0]

    def digest(self, text: str, place: str) -> bytes:
        """HMAC-SHA256 of the text under the current secret: equal texts of one place are equal, no more."""
        return hmac.new(self._digests[0], f"{place}\0{text}".encode(), sha256).digest()
