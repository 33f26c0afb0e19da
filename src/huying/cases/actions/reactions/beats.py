"""Signs of life of background duties, which others watch."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from huying.cases.models import Heartbeat

# Every start of a worker is a name of its own. Long enough to be noticed that one has fallen silent.
_REMEMBERED: Final = timedelta(days=1)


def beat(name: str, now: datetime, note: Mapping[str, Any]) -> None:
    """Say that the duty ran at ``now``."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": now, "note": dict(note)})


def forget_silent(now: datetime) -> None:
    """Drop those who have been silent for a day. Were all silent, nobody would call this: their last signs stay."""
    Heartbeat.objects.filter(at__lt=now - _REMEMBERED).delete()
