"""Letters and secrets sealed by the installation's keyring, each bound to where it stands."""

from collections.abc import Mapping
from typing import Any

import orjson

from huying.people.models.keyring import keyring


def seal_json(district: int, column: str, value: Mapping[str, Any]) -> bytes | None:
    """The value sealed for one column of a district; None for an empty one."""
    return (
        keyring().seal(orjson.dumps(dict(value), default=str).decode(), f"{district}:exchange.{column}")
        if value
        else None
    )


def open_json(district: int, column: str, sealed: bytes | memoryview | None) -> dict[str, Any]:
    """The value again; {} for None. Raises Unavailable when no key of the ring opens it."""
    text = keyring().open(sealed, f"{district}:exchange.{column}")
    found: dict[str, Any] = orjson.loads(text) if text else {}
    return found


def seal_secret(district: int, text: str) -> bytes | None:
    """The secret two systems sign with, sealed; "" gives None."""
    return keyring().seal(text, f"{district}:exchange.secret")


def open_secret(district: int, sealed: bytes | memoryview | None) -> str:
    """The secret again, for signing alone."""
    return keyring().open(sealed, f"{district}:exchange.secret")
