"""A data folder for a server of the test's own, and processes that use it and can be killed."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from huying.site.embedded import launcher
from tests.site.embedded.waiting import ended, until

USER = """
import sys, time
from pathlib import Path
import psycopg
from huying.site.embedded import launcher
server = launcher.ensure(Path(sys.argv[1]))
psycopg.connect(server.url()).execute("select 1")
print("ready", flush=True)
time.sleep(60)
"""


@pytest.fixture
def data() -> Iterator[Path]:
    """Reachable for the server's user, unlike pytest's own folders when run by root."""
    folder = Path(tempfile.mkdtemp(prefix="huying-test-"))
    folder.chmod(0o711)
    yield folder / "data"
    launcher.leave(folder / "data")
    until(lambda: ended(folder / "data"), 30)
    shutil.rmtree(folder)


@pytest.fixture
def use(data: Path) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """Start a process that uses the server and wait until it says so."""
    begun: list[subprocess.Popen[str]] = []

    def begin() -> subprocess.Popen[str]:
        user = subprocess.Popen([sys.executable, "-c", USER, str(data)], stdout=subprocess.PIPE, text=True)
        begun.append(user)
        assert user.stdout is not None
        assert user.stdout.readline() == "ready\n"
        return user

    yield begin
    for user in begun:
        user.kill()
        user.wait()
