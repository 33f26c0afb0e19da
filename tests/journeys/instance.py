"""A platform of a test's own in a folder of its own: its processes, and programs that act inside it."""

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from huying.site.embedded import server
from huying.site.embedded.place import Place
from tests.site.embedded.waiting import ended, kill, until

ROOT = Path(__file__).parents[2]
#: Names the folder of this run of the tests, which is gone afterwards: see tests/conftest.py.
RUN = "TESTS_FOLDER"


@contextmanager
def folder() -> Iterator[Path]:
    """Reachable for the server's user, unlike pytest's own folders when run by root; gone afterwards."""
    made = Path(tempfile.mkdtemp(prefix="huying-test-"))
    made.chmod(0o711)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """One process of the run at a time."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class Instance:
    """One data folder; programs in it are processes of their own, so this one never counts as its user."""

    def __init__(self, data: Path) -> None:
        self.data = data
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        kept = {name: text for name, text in os.environ.items() if not name.startswith("HUYING_")}
        self.environment = {**kept, "HUYING_DATA_DIR": str(data), "HUYING_PORT": str(self.port)}
        self.address = f"http://127.0.0.1:{self.port}"

    def run(self, *arguments: str) -> dict[str, Any]:
        """``python -m …`` to its end; what it printed, read as JSON."""
        done = subprocess.run(
            [sys.executable, "-m", *arguments],
            env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=240,
        )  # fmt: skip
        assert done.returncode == 0, f"{arguments}: {done.stdout[-2000:]}{done.stderr[-4000:]}"
        told: dict[str, Any] = json.loads(done.stdout)
        return told

    def huying(self, *arguments: str) -> dict[str, Any]:
        return self.run("huying", *arguments, "--json")

    def migrate(self) -> None:
        """The tables of this version, empty: made once in a run of the tests and copied by all who need them."""
        if RUN not in os.environ:
            self.huying("migrate")
            return
        made = Instance(Path(os.environ[RUN]) / "tables")
        done = made.data.with_suffix(".done")
        with locked(made.data.with_suffix(".lock")):
            if not done.exists():
                made.huying("migrate")
                until(lambda: ended(made.data), 60)
                done.touch()
        # As the server's own user, whom a copy by Python would forget.
        subprocess.run(["cp", "-a", made.data, self.data], check=True)

    def ground(self, act: str, *arguments: str) -> dict[str, Any]:
        """One act of ``tests.journeys.ground`` inside this instance."""
        return self.run("tests.journeys.inside", act, *arguments)

    @contextmanager
    def served(self, within: float = 120) -> Iterator["Instance"]:
        serving = subprocess.Popen(
            [sys.executable, "-m", "huying", "serve"], env=self.environment, cwd=ROOT, stderr=subprocess.PIPE
        )
        try:
            until(self.answers, within)
            yield self
        finally:
            serving.terminate()
            try:
                serving.wait(40)
            except subprocess.TimeoutExpired:
                serving.kill()
                serving.wait()
            until(lambda: ended(self.data), 60)

    def answers(self) -> bool:
        try:
            return httpx.get(self.address + "/healthz", timeout=5).status_code == 200
        except httpx.TransportError:
            return False

    def web(self) -> list[int]:
        """The web server and its processes."""
        return self._processes(b"granian\0--interface\0")

    def worker(self) -> list[int]:
        return self._processes(b"huying.site\0work\0")

    def postmaster(self) -> list[int]:
        pid = server.running_pid(Place(self.data))
        return [] if pid is None else [pid]

    def _processes(self, mark: bytes) -> list[int]:
        # Its own by what it was started with: others may serve on the same machine.
        sign = f"HUYING_DATA_DIR={self.data}\0".encode()
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (entry / "cmdline").read_bytes() and sign in (entry / "environ").read_bytes():
                    found.append(int(entry.name))
            except OSError:
                continue
        return sorted(found)


def kill_all(pids: list[int]) -> None:
    """kill -9, each; one that has just ended by itself is no matter."""
    assert pids, "nothing to kill"
    for pid in pids:
        try:
            kill(pid)
        except ProcessLookupError:
            continue
