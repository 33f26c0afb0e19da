"""Duties that take seconds or minutes, in turn and in a thread beside the turns, so that they hold up no case."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from huying.jobs.worker import Duty


@dataclass(slots=True)
class Seldom:
    """Each duty with how often it is done; at a worker's start at once."""

    duties: Mapping[str, tuple[timedelta, Duty]]
    _next: dict[str, datetime] = field(default_factory=dict)

    def look(self, now: datetime) -> int:
        """Do what is due. What fails is not tried again before its time; what follows it is done in the next round."""
        for name, (every, duty) in self.duties.items():
            if now >= self._next.get(name, now):
                self._next[name] = now + every
                duty(now)
        return 0
