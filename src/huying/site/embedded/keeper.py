"""The keeper: a process that starts the server, again after a crash, and ends it after its last user.

A using process holds a shared lock on ``postgres.users``. The keeper tries for the exclusive one: it gets it
only when no user is left, whatever way they went. While it holds it, newcomers wait; then they start anew.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from huying.kernel.errors import HuyingError
from huying.site.embedded import binaries, locks, place, server

PAUSE = 0.2
# A server that ends this soon (seconds) after its start, this often in a row, is not started again.
TOO_SOON = 5.0
TOO_OFTEN = 15


class Keeper:
    """Watches one server; ``child`` is set when this keeper started it, else it was adopted by its number."""

    def __init__(self, where: place.Place, programs: binaries.Binaries, who: place.Runner) -> None:
        self.where = where
        self.programs = programs
        self.who = who
        self.child: subprocess.Popen[bytes] | None = None
        self.started_at = 0.0
        self.early_ends = 0

    def alive(self) -> bool:
        if self.child is not None:
            return self.child.poll() is None
        return server.running_pid(self.where) is not None

    def start(self) -> None:
        """Raises RuntimeError when the server keeps ending right after its start."""
        soon = time.monotonic() - self.started_at < TOO_SOON
        self.early_ends = self.early_ends + 1 if soon else 0
        if self.early_ends >= TOO_OFTEN:
            raise RuntimeError("PostgreSQL does not stay up")
        # Backends of a killed server need a moment to notice; starting in that moment is refused.
        time.sleep(min(1.0, 0.2 * self.early_ends))
        self.started_at = time.monotonic()
        self.child = server.start(self.where, self.programs, self.who)

    def stop(self) -> None:
        if self.child is not None:
            if self.child.poll() is None:
                self.child.send_signal(signal.SIGINT)
                self._collect()
        elif (pid := server.running_pid(self.where)) is not None:
            server.stop(pid)

    def _collect(self) -> None:
        assert self.child is not None
        try:
            self.child.wait(60)
        except subprocess.TimeoutExpired:
            self.child.send_signal(signal.SIGQUIT)
            self.child.wait(10)

    def watch(self) -> int:
        """Until no user is left; the lock on the users, kept while the server ends, is handed back."""
        while True:
            nobody = locks.try_exclusive(self.where.users)
            if nobody is not None:
                self.stop()
                return nobody
            if not self.alive():
                self.start()
            time.sleep(PAUSE)


def main(arguments: list[str]) -> int:
    """``keeper DATA BIN MAJOR``: keep the server of that data folder; 0 when it ended with its last user."""
    os.umask(0o077)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    where = place.Place(Path(arguments[0]))
    only_one = locks.try_exclusive(where.keeper)
    if only_one is None:
        return 0
    programs = binaries.Binaries(Path(arguments[1]), int(arguments[2]))
    try:
        nobody = Keeper(where, programs, place.runner()).watch()
        # In this order: whoever waits for the users' lock must not take us for a keeper that is still at work.
        locks.release(only_one)
        locks.release(nobody)
    except (RuntimeError, HuyingError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
