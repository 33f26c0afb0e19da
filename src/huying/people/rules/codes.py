"""Secrets made for people and machines: time-based codes, recovery codes, first passwords, keys."""

import base64
import hmac
import secrets
from datetime import datetime
from hashlib import sha256
from typing import Final
from urllib.parse import quote

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.twofactor.hotp import HOTP

STEP_SECONDS: Final = 30
DRIFT_STEPS: Final = 1
RECOVERY_CODES: Final = 10
# Requests a minute that a new key may make; and the most that any may be given.
PER_MINUTE: Final = 3000
PER_MINUTE_MOST: Final = 1_000_000
_READABLE: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def new_secret() -> str:
    """A shared secret for time-based codes: 160 random bits in base 32 (RFC 4226 asks for 160)."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def enrolment_uri(secret: str, login: str, issuer: str) -> str:
    """What the QR code says to an authenticator app (``otpauth``, six digits, 30 seconds, SHA-1)."""
    label = quote(f"{issuer}:{login}")
    return f"otpauth://totp/{label}?secret={secret}&issuer={quote(issuer)}&digits=6&period={STEP_SECONDS}"


def code_at(secret: str, now: datetime) -> str:
    """The six digits that are right at ``now`` (RFC 6238)."""
    return _code(secret, int(now.timestamp()) // STEP_SECONDS)


def accepted_step(secret: str, code: str, now: datetime, after: int) -> int | None:
    """The 30-second step for which ``code`` is right, or None.

    One step of drift either way is allowed; steps up to ``after`` (the last one accepted) are not, so that
    a code that was overheard does not work again.
    """
    current = int(now.timestamp()) // STEP_SECONDS
    given = "".join(code.split())
    for step in range(current - DRIFT_STEPS, current + DRIFT_STEPS + 1):
        if step > after and hmac.compare_digest(_code(secret, step).encode(), given.encode()):
            return step
    return None


def new_recovery_codes() -> list[str]:
    """Ten codes of 50 random bits, written ``ABCDE-FGHJK`` without letters that look alike."""
    return [f"{_readable(5)}-{_readable(5)}" for _ in range(RECOVERY_CODES)]


def recovery_digest(code: str) -> str:
    """What is kept of a recovery code; case, spaces and dashes do not matter."""
    bare = "".join(char for char in code.upper() if char.isalnum())
    return sha256(f"recovery {bare}".encode()).hexdigest()


def new_password() -> str:
    """A first password that meets the policy and can be read out: 14 characters, more than 55 random bits."""
    letters = "".join(secrets.choice(_READABLE[8:]) for _ in range(4))
    return f"{letters}-{_readable(4).lower()}-{_readable(3)}{secrets.randbelow(10)}"


def new_key() -> tuple[str, str]:
    """A key for an outside system and its public prefix: ``hy_<8 characters>_<32 characters>``."""
    prefix = secrets.token_hex(4)
    return f"hy_{prefix}_{secrets.token_urlsafe(24)}", prefix


def key_prefix(raw: str) -> str | None:
    """The prefix inside a key, or None when it cannot be one of ours."""
    head, _, rest = raw.partition("_")
    prefix, _, secret = rest.partition("_")
    return prefix if head == "hy" and len(prefix) == 8 and len(secret) == 32 else None


def key_digest(raw: str) -> str:
    """What is kept of a key. It is long and random, so a plain SHA-256 is enough."""
    return sha256(raw.encode()).hexdigest()


def _readable(length: int) -> str:
    return "".join(secrets.choice(_READABLE) for _ in range(length))


def _code(secret: str, step: int) -> str:
    return HOTP(base64.b32decode(secret), 6, hashes.SHA1()).generate(step).decode()
