"""The personal link of one alert: who holds it may answer that alert, and nothing else.

Nothing is kept of it: its end is a keyed digest of district and alert, so that it cannot be guessed or counted up.
"""

import hmac
from base64 import b32encode

from huying.people.models.keyring import keyring


def link_of(district: int, alert_id: int) -> str:
    """The end of the address, such as ``440399-1842-K5QX3M7ZP2WDNB4A``."""
    return f"{district}-{alert_id}-{_end(district, alert_id)}"


def read_link(text: str) -> tuple[int, int] | None:
    """District and alert of a link; None for one that nobody was given."""
    parts = text.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 18 for part in parts[:2]):
        return None
    district, alert_id = int(parts[0]), int(parts[1])
    known = hmac.compare_digest(
        _end(district, alert_id).encode(), parts[2].upper().encode("utf-8", "replace")
    )
    return (district, alert_id) if known else None


def _end(district: int, alert_id: int) -> str:
    digest = keyring().digest(f"{alert_id}", f"{district}:emergency.alert")
    return b32encode(digest[:10]).decode()
