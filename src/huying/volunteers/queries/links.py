"""The personal link in a message: who holds it may answer that one muster for that one volunteer, and nothing else.

Nothing is kept of it: its end is a keyed digest, so that it cannot be guessed or counted up.
"""

import hmac
from base64 import b32encode

from huying.people.models.keyring import keyring


def link_of(district: int, muster_id: int, volunteer_id: int) -> str:
    """The end of the address, such as ``440399-18-42-K5QX3M7ZP2WDNB4A``."""
    return f"{district}-{muster_id}-{volunteer_id}-{_end(district, muster_id, volunteer_id)}"


def read_link(text: str) -> tuple[int, int, int] | None:
    """District, muster and volunteer of a link; None for one that nobody was given."""
    parts = text.split("-")
    if len(parts) != 4 or not all(part.isascii() and part.isdigit() and len(part) < 18 for part in parts[:3]):
        return None
    district, muster, volunteer = (int(part) for part in parts[:3])
    given = parts[3].upper().encode("utf-8", "replace")
    known = hmac.compare_digest(_end(district, muster, volunteer).encode(), given)
    return (district, muster, volunteer) if known else None


def _end(district: int, muster_id: int, volunteer_id: int) -> str:
    digest = keyring().digest(f"{muster_id}:{volunteer_id}", f"{district}:muster.told")
    return b32encode(digest[:10]).decode()
