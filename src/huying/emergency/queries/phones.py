"""Responders' phones: sealed, shown masked, whole only to who asked by name and to the carrier of an alarm."""

from huying.people.models.keyring import keyring
from huying.people.rules.masking import mask_phone


def place(district: int) -> str:
    """What a responder's sealed phone and its digest are bound to."""
    return f"{district}:responder.phone"


def opened(district: int, sealed: bytes | memoryview | None) -> str:
    """The whole number; "" for none."""
    return keyring().open(sealed, place(district))


def masked(district: int, sealed: bytes | memoryview | None) -> str:
    """138****1234; "" for none."""
    return mask_phone(opened(district, sealed))
