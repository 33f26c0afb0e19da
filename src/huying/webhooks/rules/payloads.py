"""What is sent: thin by default, so that whoever wants more asks the interface, which asks who they are."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any, Final

import orjson

from huying.webhooks.rules.kinds import Field

PING: Final = "ping"


def message_id(district: int, subscription_id: int, case_id: int, seq: int) -> str:
    """The name of one entry towards one subscription: the same at every try and every replay."""
    return f"msg_{district}_{subscription_id}_{case_id}_{seq}"


def ping_id(district: int, subscription_id: int, at: datetime) -> str:
    """The name of a test message."""
    return f"msg_{district}_{subscription_id}_ping_{int(at.timestamp() * 1_000_000)}"


def body_of(name: str, kind: str, at: datetime, data: Mapping[str, Any]) -> bytes:
    """The body of a request: its name, what happened (``case.dispatch``), when, and the facts."""
    said = {"id": name, "type": kind, "timestamp": instant(at), "data": data}
    return orjson.dumps(said)


def chosen(every: Mapping[Field, Any], fields: Collection[str]) -> dict[str, Any]:
    """Of all that could be said, what the subscription asked for."""
    return {one.value: told for one, told in every.items() if one.value in fields}


def instant(at: datetime) -> str:
    """A moment in UTC, as RFC 3339 has it."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
