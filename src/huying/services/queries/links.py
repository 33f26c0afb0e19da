"""The personal link of what somebody asked for: who holds it sees that one ask, may take it back and review it.

Nothing is kept of it: its end is a keyed digest of district and ask, so that it cannot be guessed or counted up.
"""

import hmac
from base64 import b32encode

from huying.people.models.keyring import keyring


def link_of(district: int, ask_id: int) -> str:
    """The end of the address, such as ``440399-1842-K5QX3M7ZP2WDNB4A``."""
    return f"{district}-{ask_id}-{_end(district, ask_id)}"


def read_link(text: str) -> tuple[int, int] | None:
    """District and ask of a link; None for one that nobody was given."""
    parts = text.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 18 for part in parts[:2]):
        return None
    district, ask_id = int(parts[0]), int(parts[1])
    known = hmac.compare_digest(_end(district, ask_id).encode(), parts[2].upper().encode("utf-8", "replace"))
    return (district, ask_id) if known else None


def sealed_place(district: int, column: str) -> str:
    """What a sealed value of an ask is bound to."""
    return f"{district}:services.ask.{column}"


def opened(district: int, column: str, sealed: bytes | memoryview | None) -> str:
    """The whole value; "" for none."""
    return keyring().open(sealed, sealed_place(district, column))


def _end(district: int, ask_id: int) -> str:
    digest = keyring().digest(f"{ask_id}", f"{district}:services.ask")
    return b32encode(digest[:10]).decode()
