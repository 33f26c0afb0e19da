"""``huying serve`` as an operator sees it: one command up, one Ctrl-C down, what dies comes back."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from huying.site.embedded import server
from huying.site.embedded.place import Place
from tests.site.embedded.waiting import ended, kill, until

pytestmark = [pytest.mark.server, pytest.mark.slow]


class Site:
    """A served platform of the test's own."""

    def __init__(self, data: Path) -> None:
        self.data = data
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        kept = {name: text for name, text in os.environ.items() if not name.startswith("HUYING_")}
        environment = {**kept, "HUYING_DATA_DIR": str(data), "HUYING_PORT": str(port)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "huying", "serve", "--no-worker"], env=environment
        )
        self.address = f"http://127.0.0.1:{port}"

    def answers(self, path: str = "/healthz") -> bool:
        try:
            return httpx.get(self.address + path, timeout=5).status_code == 200
        except httpx.TransportError:
            return False

    def web_processes(self) -> list[int]:
        mark = b"granian\0--interface\0"
        port = self.address.rpartition(":")[2].encode()
        found = []
        for entry in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                text = entry.read_bytes()
            except OSError:
                continue
            if mark in text and b"--port\0" + port in text:
                found.append(int(entry.parent.name))
        return sorted(found)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    folder = Path(tempfile.mkdtemp(prefix="huying-test-"))
    folder.chmod(0o711)
    served = Site(folder / "data")
    try:
        until(served.answers, 90)
        yield served
    finally:
        served.process.kill()
        served.process.wait()
    until(lambda: ended(folder / "data"), 60)
    shutil.rmtree(folder)


def test_pages_carry_the_safety_headers(site: Site) -> None:
    headers = httpx.get(site.address + "/account/sign-in").headers
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"


def test_a_body_over_the_limit_is_refused(site: Site) -> None:
    answer = httpx.post(site.address + "/account/sign-in", content=b"x" * (65 * 2**20), timeout=60)
    assert answer.status_code == 413


def test_comes_back_when_the_database_is_killed(site: Site) -> None:
    pid = server.running_pid(Place(site.data))
    assert pid is not None
    kill(pid)
    until(site.answers, 30)
    assert server.running_pid(Place(site.data)) != pid


def test_comes_back_when_the_web_process_is_killed(site: Site) -> None:
    before = site.web_processes()
    for pid in before:
        kill(pid)
    until(site.answers, 60)
    assert not set(before) & set(site.web_processes())


def test_one_signal_ends_everything(site: Site) -> None:
    began = time.monotonic()
    site.process.send_signal(signal.SIGINT)
    assert site.process.wait(40) == 0
    until(lambda: ended(site.data), 60)
    assert site.web_processes() == []
    assert time.monotonic() - began < 60
