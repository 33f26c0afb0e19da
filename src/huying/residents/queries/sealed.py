"""What is sealed of persons and their contacts, opened; only for this package."""

from huying.people.models.keyring import keyring
from huying.people.rules.masking import mask_id_number, mask_name, mask_phone


def place(district: int, column: str) -> str:
    """What a sealed value of the register and its digest are bound to."""
    return f"{district}:resident.{column}"


def sealed(district: int, column: str, text: str) -> bytes | None:
    """The text sealed for its column; "" gives None."""
    return keyring().seal(text, place(district, column))


def opened(district: int, column: str, value: bytes | memoryview | None) -> str:
    """The text again; "" for none."""
    return keyring().open(value, place(district, column))


def digest(district: int, column: str, text: str) -> bytes | None:
    """What finds the same number again; None for none."""
    return keyring().digest(text, place(district, column)) if text else None


def masked_name(district: int, value: bytes | memoryview | None) -> str:
    """张**."""
    return mask_name(opened(district, "name", value))


def masked_phone(district: int, value: bytes | memoryview | None) -> str:
    """138****1234."""
    return mask_phone(opened(district, "phone", value))


def masked_id(district: int, value: bytes | memoryview | None) -> str:
    """First six and last four."""
    return mask_id_number(opened(district, "id", value))
