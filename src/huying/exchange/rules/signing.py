"""Signatures of letters between two systems: an HMAC over time, nonce and body, by SHA-256 or SM3 (GB/T 32905)."""

import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.hmac import HMAC

from huying.kernel.terms import Term

TIME: Final = "X-Exchange-Timestamp"
NONCE: Final = "X-Exchange-Nonce"
SIGNATURE: Final = "X-Exchange-Signature"
# How far the clocks of two systems may differ, and how long a nonce is remembered (twice this).
WINDOW: Final = timedelta(minutes=5)
NONCE_MOST: Final = 64


class Signing(Term):
    """By which hash a letter is signed."""

    SHA256 = "hmac-sha256", "HMAC-SHA256"
    SM3 = "hmac-sm3", "HMAC-SM3（国密）"


class Distrust(Term):
    """Why a letter is not believed; said to who sent it."""

    MISSING = "missing", "没有签名：须带时间、随机数和签名三个请求头。"
    CLOCK = "clock", "时间相差超过 5 分钟，请校准时钟。"
    WRONG = "wrong", "签名不对：请核对密钥、算法和签名内容。"
    AGAIN = "again", "这个随机数用过了：每次请求须用新的。"


def sign(secret: str, at: int, nonce: str, body: bytes, by: Signing = Signing.SHA256) -> str:
    """``algorithm=hex`` over ``seconds LF nonce LF body``."""
    mac = HMAC(secret.encode(), hashes.SM3() if by is Signing.SM3 else hashes.SHA256())
    mac.update(f"{at}\n{nonce}\n".encode() + body)
    return f"{by.value}={mac.finalize().hex()}"


def headers(
    secret: str, now: datetime, nonce: str, body: bytes, by: Signing = Signing.SHA256
) -> dict[str, str]:
    """The three headers of a signed request."""
    at = int(now.timestamp())
    return {TIME: str(at), NONCE: nonce, SIGNATURE: sign(secret, at, nonce, body, by)}


def distrust(
    secret: str, given: Mapping[str, str], body: bytes, now: datetime, by: Signing = Signing.SHA256
) -> Distrust | None:
    """Why the letter is not believed; None when it is. Whether the nonce is new is asked of the store."""
    at, nonce, signature = (given.get(name, "") for name in (TIME, NONCE, SIGNATURE))
    if not (at.isascii() and at.isdecimal() and len(at) < 14 and 8 <= len(nonce) <= NONCE_MOST and signature):
        return Distrust.MISSING
    if not hmac.compare_digest(sign(secret, int(at), nonce, body, by).encode(), signature.strip().encode()):
        return Distrust.WRONG
    if abs(now.timestamp() - int(at)) > WINDOW.total_seconds():
        return Distrust.CLOCK
    return None
