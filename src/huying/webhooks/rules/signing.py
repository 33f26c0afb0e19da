"""Signatures by the convention of Standard Webhooks 1.0, so that the receiver need not write its own check.

``webhook-signature`` holds, for each secret in force, ``v1,`` and the base64 of HMAC-SHA256 over ``id.timestamp.body``.
A secret is written ``whsec_`` and the base64 of its bytes.
"""

import base64
import binascii
import hmac
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from huying.kernel.errors import Invalid

PREFIX: Final = "whsec_"
# The convention asks for 24 to 64 bytes.
_BYTES: Final = 32
# For so long after a change both secrets sign.
ROTATION: Final = timedelta(hours=24)
# A receiver should refuse what was signed longer ago.
TOLERANCE: Final = timedelta(minutes=5)


def new_secret() -> str:
    """A new secret of 256 random bits."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def signed_headers(
    message_id: str, body: bytes, given: Sequence[str], now: datetime, *, replay: bool = False
) -> Mapping[str, str]:
    """The headers of one request, signed with every secret given, at this moment."""
    at = str(int(now.timestamp()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Huying-Webhooks/1",
        "webhook-id": message_id,
        "webhook-timestamp": at,
        "webhook-signature": " ".join(_signature(secret, message_id, at, body) for secret in given),
    }
    return headers | ({"webhook-replay": "1"} if replay else {})


def verified(body: bytes, headers: Mapping[str, str], secret: str, now: datetime) -> bool:
    """Whether a request is genuine and fresh: what a receiver asks. ``headers`` by small names."""
    at, message_id = headers.get("webhook-timestamp", ""), headers.get("webhook-id", "")
    if not at.isascii() or not at.isdigit() or abs(now.timestamp() - int(at)) > TOLERANCE.total_seconds():
        return False
    right = _signature(secret, message_id, at, body)
    found = [hmac.compare_digest(right, one) for one in headers.get("webhook-signature", "").split(" ")]
    return any(found)


def _signature(secret: str, message_id: str, at: str, body: bytes) -> str:
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise Invalid("密钥写得不对。") from error
    content = f"{message_id}.{at}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, content, sha256).digest()).decode()
