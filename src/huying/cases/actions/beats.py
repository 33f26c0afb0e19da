"""Signs of life of background duties, which others watch."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from huying.cases.models import Heartbeat


def beat(name: str, now: datetime, note: Mapping[str, Any]) -> None:
    """Say that the duty ran at ``now``."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": now, "note": dict(note)})
