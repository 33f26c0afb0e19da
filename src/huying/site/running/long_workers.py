"""The processes beside the worker that do long work: started when something waits, ended with it."""

import subprocess
import sys
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.conf import settings

from huying.longwork.queries import is_something_to_do
from huying.site.running.children import end_with_parent

_ARGUMENTS: Final = ("-m", "huying.site.long_work")


@dataclass(slots=True)
class LongWorkers:
    """A duty of the worker. What it started ends with it, also when it is killed; another takes the work up."""

    _running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def look(self, now: datetime) -> None:
        """Start one more process where something waits and there is room."""
        self._running = [process for process in self._running if process.poll() is None]
        if len(self._running) < settings.HUYING_WORK_PROCESSES and is_something_to_do():
            self._running.append(
                subprocess.Popen(
                    [sys.executable, *_ARGUMENTS], start_new_session=True, preexec_fn=end_with_parent
                )
            )
