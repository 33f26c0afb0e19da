"""The installation's signature under what it hands out (R404): Ed25519 (RFC 8032).

The key is derived from the installation's secret by HKDF-SHA256 (RFC 5869), so there is no second secret to keep; a
secret that was put in the place of an earlier one signs anew, and the earlier one's public key stays published.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ALGORITHM: Final = "ed25519"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A published key: ``hex`` are its 32 bytes, ``id`` is the beginning of their SHA-256, for people to compare."""

    hex: str

    @property
    def id(self) -> str:
        return sha256(bytes.fromhex(self.hex)).hexdigest()[:16]


def signing_key(secret: str) -> Ed25519PrivateKey:
    """The key that an installation with this secret signs with."""
    kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"huying ledger sign 1")
    return Ed25519PrivateKey.from_private_bytes(kdf.derive(secret.encode()))


def public_of(key: Ed25519PrivateKey) -> PublicKey:
    """What is published of a key."""
    return PublicKey(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex())


def signed_by(public: str, signature: bytes, message: bytes) -> bool:
    """Whether the signature under the message is this key's (32 bytes in hex); False also for what is no key."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
