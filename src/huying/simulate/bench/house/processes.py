"""The platform as it is really run, in processes of its own, on a scratch database."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from huying.kernel.errors import Unavailable
from huying.simulate.bench.house import scratch

_START_WITHIN: Final = 300.0
_END_WITHIN: Final = 30.0


@dataclass(frozen=True, slots=True)
class Running:
    """The platform under way: where it listens, and its first process."""

    port: int
    pid: int

    def worked(self) -> float:
        """Seconds of processor time that its processes have used, the database's not counted; 0 where unknown."""
        times = _times()
        return sum(times[pid][1] for pid in self._family(times) if pid in times) / os.sysconf("SC_CLK_TCK")

    def processes(self) -> dict[int, list[str]]:
        """Its processes and the words each was started with; none where unknown."""
        found = {}
        for pid in self._family(_times()):
            with suppress(OSError):
                told = Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8", errors="replace")
                found[pid] = told.split("\0")[:-1]
        return found

    def _family(self, times: dict[int, tuple[int, int]]) -> set[int]:
        family, fresh = {self.pid}, {self.pid}
        while fresh:
            fresh = {pid for pid, (parent, _) in times.items() if parent in fresh} - family
            family |= fresh
        return family


def _times() -> dict[int, tuple[int, int]]:
    """Process → its parent and the ticks of the processor it has used; nothing where unknown."""
    times: dict[int, tuple[int, int]] = {}
    if Path("/proc/self/stat").exists():
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError, ValueError):
                fields = (
                    (folder / "stat")
                    .read_text(encoding="utf-8", errors="replace")
                    .rpartition(") ")[2]
                    .split()
                )
                times[int(folder.name)] = (int(fields[1]), int(fields[11]) + int(fields[12]))
    return times


@contextmanager
def served(
    database: str, log: Path, *, worker: bool, also: Mapping[str, str] | None = None
) -> Iterator[Running]:
    """Run ``huying serve`` on that database for the block, with or without its worker. ``also``: further settings.

    Raises Unavailable when it does not answer in time.
    """
    port = _free_port()
    environment = {**os.environ, "HUYING_DATABASE_URL": scratch.url(database), "HUYING_HOST": "127.0.0.1"}
    environment |= {"HUYING_PORT": str(port), "HUYING_LANGUAGE": "zh-hans", **(also or {})}
    command = [sys.executable, "-m", "huying.site", "serve", *([] if worker else ["--no-worker"])]
    with log.open("ab") as out:
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=out, start_new_session=True)
    try:
        _wait(port, process, log)
        yield Running(port, process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(_END_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise Unavailable(f"网页服务没有启动，原因见 {log}")
