"""Being told to end: SIGTERM or SIGINT becomes an event that loops wait for."""

import signal
import threading
from typing import Any


def end_when_told(ending: threading.Event) -> None:
    """Set the event when the process is told to end; call it in the main thread.

    Set by a thread of its own, and for the first signal alone: a handler runs wherever the program stands, also while it
    holds the event's own lock, and would wait for itself for ever.
    """

    def told(_number: int, _frame: Any) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        threading.Thread(target=ending.set, daemon=True).start()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, told)
