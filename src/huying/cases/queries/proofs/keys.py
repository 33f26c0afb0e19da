"""The keys by which this installation signs what it hands out (R404)."""

from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from huying.cases.rules.signing import PublicKey, public_of, signing_key


def signs_with() -> Ed25519PrivateKey:
    """The key of the present secret."""
    return _key(settings.SECRET_KEY)


def public_keys() -> list[PublicKey]:
    """The published keys: the present one first, then those of earlier secrets that are still known."""
    return [public_of(_key(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


@lru_cache(maxsize=8)
def _key(secret: str) -> Ed25519PrivateKey:
    return signing_key(secret)
