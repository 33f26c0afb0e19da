"""Two processes that hear devices: one does, and when it is killed the other goes on without a start."""

import os
import signal
import socket
import subprocess
import sys
from zoneinfo import ZoneInfo

import pytest

from huying.kernel.clock import now
from tests.devices.test_hj212_talking import replies, upload
from tests.journeys.instance import ROOT, Instance, folder
from tests.site.embedded.waiting import until

pytestmark = [pytest.mark.server, pytest.mark.slow]


def _free() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 1) as line:
            line.settimeout(2)
            at = now().astimezone(ZoneInfo("Asia/Shanghai"))
            line.sendall(upload(groups=({"DataTime": f"{at:%Y%m%d%H%M%S}"}, {"w21003-Rtd": "0.5"})))
            return [one.command for one in replies(line.recv(4096))] == ["9014"]
    except OSError:
        return False


class Listening:
    def __init__(self, instance: Instance) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "huying.site", "listen"],
            env=instance.environment,
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
        )

    def said(self) -> str:
        """The next line of its log."""
        assert self.process.stderr is not None
        return self.process.stderr.readline()


def test_killed_the_other_answers_and_what_was_answered_is_kept() -> None:
    port = _free()
    with folder() as made:
        instance = Instance(made / "data")
        instance.environment |= {"HUYING_HJ212": f"127.0.0.1:{port}"}
        instance.huying("migrate")
        instance.run("tests.devices.inside", "prepare", "0")
        instance.run("tests.devices.inside", "station", "WQ0417", "a1b2c3")
        first = Listening(instance)
        second: Listening | None = None
        try:
            until(lambda: _answers(port), 60)
            second = Listening(instance)
            # It says so when it is loaded and waits for its turn.
            assert any("standing by" in line for line in iter(second.said, ""))
            os.kill(first.process.pid, signal.SIGKILL)
            until(lambda: _answers(port), 30)
            assert second.process.poll() is None
            assert instance.run("tests.devices.inside", "told")["readings"] >= 2
            second.process.terminate()
            assert second.process.wait(30) == 0
        finally:
            for one in (first, second):
                if one is not None and one.process.poll() is None:
                    one.process.kill()


def test_without_a_door_it_says_so_and_ends() -> None:
    with folder() as made:
        instance = Instance(made / "data")
        found = subprocess.run(
            [sys.executable, "-m", "huying.site", "listen"], env=instance.environment, cwd=ROOT, capture_output=True,
            text=True, timeout=60, check=False,
        )  # fmt: skip
        assert found.returncode == 1
        assert "HUYING_MQTT_URL" in found.stderr + found.stdout
