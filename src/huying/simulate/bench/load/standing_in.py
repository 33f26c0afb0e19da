"""The stand-in of a city as a process of its own, so that it takes no time from what is measured."""

import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import httpx
import orjson

_AT_ONCE: Final = 5000


class StandIn:
    """One stand-in; away and back again, it still knows what it acknowledged."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = int(probe.getsockname()[1])
        self.address = f"http://127.0.0.1:{self._port}"
        self._process: subprocess.Popen[str] | None = None

    def back(self) -> None:
        """Start it. Raises RuntimeError where it does not come."""
        command = [sys.executable, "-m", "huying.simulate.city", "--folder", str(self._folder)]
        self._process = subprocess.Popen(
            [*command, "--port", str(self._port)], stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        if not self._process.stdout.readline():
            raise RuntimeError("the stand-in did not start")

    def away(self) -> None:
        """Kill it."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def send(self, letters: Sequence[dict[str, Any]]) -> None:
        """Let these letters wait there."""
        for at in range(0, len(letters), _AT_ONCE):
            body = orjson.dumps({"letters": letters[at : at + _AT_ONCE]})
            httpx.post(f"{self.address}/send", content=body, timeout=120).raise_for_status()

    def holds(self) -> dict[str, Any]:
        """What it sent and was told; also after it was killed."""
        if self._process is None:
            self.back()
        found: dict[str, Any] = httpx.get(f"{self.address}/holds", timeout=120).json()
        return found


@contextmanager
def standing_in() -> Iterator[StandIn]:
    """A well-behaved stand-in for the block."""
    with tempfile.TemporaryDirectory(prefix="huying-bench-city-") as folder:
        city = StandIn(Path(folder))
        city.back()
        try:
            yield city
        finally:
            city.away()
