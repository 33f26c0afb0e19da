"""How vendors sign what they send, and we what we send them.

* WeChat, WeCom and DingTalk's events: hexadecimal SHA-1 of token, timestamp, nonce (and what is sealed), sorted as
  text and joined (微信公众平台 消息加解密说明; 企业微信 回调配置; 钉钉 事件订阅).
* DingTalk's robots: base64 of HMAC-SHA256 under the robot's secret of ``timestamp LF secret``, milliseconds, an hour.
* The short message gateway: as our own requests to it are signed (``docs/notices.md``).
"""

import base64
import hmac
from datetime import UTC, datetime, timedelta
from hashlib import sha1, sha256
from typing import Final

HOUR: Final = timedelta(hours=1)
SOON: Final = timedelta(minutes=5)


def sorted_sha1(*parts: str) -> str:
    """The hexadecimal SHA-1 of the parts in the order of their bytes."""
    return sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def is_signed(given: str, *parts: str) -> bool:
    """Whether ``given`` is the signature of the parts, told in constant time; an empty token signs nothing."""
    return bool(parts and parts[0]) and hmac.compare_digest(sorted_sha1(*parts).encode(), given.encode())


def robot_sign(secret: str, at: str) -> str:
    """DingTalk's robot signature of a time in milliseconds, both for what comes in and for what goes out."""
    signed = hmac.digest(secret.encode(), f"{at}\n{secret}".encode(), sha256)
    return base64.b64encode(signed).decode()


def is_robot_signed(secret: str, given: str, at: str, now: datetime) -> bool:
    """Whether a robot's message was signed under ``secret`` within an hour of ``now``."""
    if not (secret and at.isascii() and at.isdigit() and len(at) <= 16):
        return False
    right = hmac.compare_digest(robot_sign(secret, at).encode(), given.encode())
    return right and is_fresh(int(at) / 1000, now, HOUR)


def gateway_sign(secret: str, at: str, number: str, body: bytes) -> str:
    """The hexadecimal HMAC-SHA256 of time, id and the body's SHA-256, joined by line feeds."""
    signed = "\n".join((at, number, sha256(body).hexdigest()))
    return hmac.new(secret.encode(), signed.encode(), sha256).hexdigest()


def is_gateway_signed(secret: str, given: str, at: str, number: str, body: bytes, now: datetime) -> bool:
    """Whether a gateway signed this body within five minutes of ``now``."""
    if not (secret and at.isascii() and at.isdigit() and len(at) <= 12):
        return False
    right = hmac.compare_digest(gateway_sign(secret, at, number, body).encode(), given.encode())
    return right and is_fresh(int(at), now, SOON)


def is_fresh(at: float, now: datetime, within: timedelta) -> bool:
    """Whether a time in Unix seconds lies within the span of ``now``, before or after: clocks differ."""
    try:
        return abs(now - datetime.fromtimestamp(at, UTC)) <= within
    except (OverflowError, ValueError, OSError):
        return False


def is_fresh_text(at: str, now: datetime, within: timedelta) -> bool:
    """The same for a time written as text, in seconds, or in milliseconds as DingTalk writes it."""
    if not (at.isascii() and at.isdigit() and len(at) <= 16):
        return False
    return is_fresh(int(at) / (1000 if len(at) > 11 else 1), now, within)
