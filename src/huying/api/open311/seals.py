"""Addresses of photos that can be opened without showing a key: programs fetch ``media_url`` as they fetch any picture.

An address is sealed for one photo and one key, for a day or two. Whose key it was is looked up anew each time it is
opened: a key that was revoked, or may not see the case any more, opens nothing.
"""

import hmac
import re
from datetime import datetime
from hashlib import sha256
from typing import Final

from django.utils.crypto import salted_hmac

# Seconds. An address stays the same for a day, so that a client that compares sees no change.
DAY: Final = 86_400
_SALT: Final = "huying.open311.media"
_SEAL: Final = re.compile(r"([0-9a-f]{1,8})-([0-9a-f]{1,12})-([0-9a-f]{32})")


def sealed(district: int, name: str, key: int, now: datetime) -> str:
    """The seal of a photo by its name for the key of that number."""
    until = (int(now.timestamp()) // DAY + 2) * DAY
    return f"{until:x}-{key:x}-{_mark(district, name, key, until)}"


def key_behind(district: int, name: str, seal: str, now: datetime) -> int | None:
    """The number of the key that the photo was sealed for; None for a seal that is none, or is over."""
    parts = _SEAL.fullmatch(seal)
    if parts is None:
        return None
    until, key = int(parts[1], 16), int(parts[2], 16)
    good = hmac.compare_digest(parts[3], _mark(district, name, key, until))
    return key if good and now.timestamp() < until else None


def _mark(district: int, name: str, key: int, until: int) -> str:
    whole: str = salted_hmac(_SALT, f"{district}-{name}-{key}-{until}", algorithm=sha256().name).hexdigest()
    return whole[:32]
