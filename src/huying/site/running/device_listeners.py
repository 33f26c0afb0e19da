"""The process beside the worker that hears devices through MQTT: started where a broker is named, ended with it."""

import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings

from huying.site.running.children import end_with_parent

_ARGUMENTS: Final = ("-m", "huying.site.device_listening")
_AGAIN: Final = timedelta(seconds=10)


@dataclass(slots=True)
class DeviceListeners:
    """A duty of the worker. One that ended, also because another of its name listens here, is started again later."""

    _running: subprocess.Popen[bytes] | None = None
    _not_before: datetime | None = None

    def look(self, now: datetime) -> None:
        """Start it where a broker is named and none of ours runs."""
        if self._running is not None and self._running.poll() is None:
            return
        if not settings.HUYING_MQTT_URL or (self._not_before is not None and now < self._not_before):
            return
        self._not_before = now + _AGAIN
        self._running = subprocess.Popen(
            [sys.executable, *_ARGUMENTS], start_new_session=True, preexec_fn=end_with_parent
        )
