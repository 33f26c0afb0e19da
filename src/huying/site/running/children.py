"""Processes kept running together: one that dies is started again, and all end together."""

import ctypes
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from types import FrameType

from huying.site import console

PAUSE = 0.2
# Seconds: a child that lived this long starts again at once, others wait longer each time.
STEADY = 30.0
LONGEST_WAIT = 30.0
GRACE = 20.0
_DEATH_SIGNAL = 1


def end_with_parent() -> None:
    """Have the system end the child when this process is killed outright; Linux only, elsewhere nothing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, signal.SIGTERM)


@dataclass
class Child:
    """One Python program by its arguments; ``name`` is what a person reads."""

    name: str
    arguments: tuple[str, ...]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    start_again: float = 0.0
    failures: int = field(default=0)

    def start(self, now: float) -> None:
        # In a session of its own: a Ctrl-C reaches the parent alone, which ends all in order.
        self.process = subprocess.Popen(
            [sys.executable, *self.arguments], start_new_session=True, preexec_fn=end_with_parent
        )
        self.started = now

    def look(self, now: float) -> None:
        """Start it when it does not run, unless it failed a moment ago."""
        if self.process is None:
            if now >= self.start_again:
                self.start(now)
        elif self.process.poll() is not None:
            self.failures = 0 if now - self.started > STEADY else self.failures + 1
            wait = min(LONGEST_WAIT, 0.5 * 2**self.failures) if self.failures else 0.0
            console.remark(f"{self.name}意外结束（{self.process.returncode}），{wait:.0f} 秒后重新启动。")
            self.process, self.start_again = None, now + wait

    def ask_to_end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def see_end(self, deadline: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Family:
    """Several children; ``live`` returns when this process is told to end."""

    def __init__(self, children: list[Child]) -> None:
        self.children = children
        self.ending = False

    def live(self) -> int:
        """Keep all running until SIGINT or SIGTERM, then end them within the grace period; 0."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._end)
        try:
            while not self.ending:
                for child in self.children:
                    child.look(time.monotonic())
                time.sleep(PAUSE)
        finally:
            self._end_all()
        return 0

    def _end(self, number: int, frame: FrameType | None) -> None:
        self.ending = True

    def _end_all(self) -> None:
        for child in self.children:
            child.ask_to_end()
        deadline = time.monotonic() + GRACE
        for child in self.children:
            child.see_end(deadline)
