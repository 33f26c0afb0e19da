"""A device's own credential: shown once, kept as a keyed digest.

``hyd_<district>_<device>_<32 characters>``: who reads it finds the row, who holds it proves to be the device.
"""

import re
import secrets
from typing import Final

_FORM: Final = re.compile(r"hyd_(\d{6})_(\d{1,18})_([A-Za-z0-9_-]{32})")


def new_credential(district: int, device_id: int) -> str:
    """A fresh one of 192 random bits."""
    return f"hyd_{district}_{device_id}_{secrets.token_urlsafe(24)}"


def whose(raw: str) -> tuple[int, int] | None:
    """District and device a credential names; None for what cannot be one."""
    found = _FORM.fullmatch(raw)
    return (int(found[1]), int(found[2])) if found else None
