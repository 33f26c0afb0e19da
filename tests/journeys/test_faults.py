"""kill -9 of the web, the worker, the database, and all of them at once, in the middle of a load."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.instance import ROOT, Instance, folder, kill_all
from tests.site.embedded.waiting import until

pytestmark = [pytest.mark.server, pytest.mark.slow]
# Acknowledgements that show that all is going on again.
MANY = 25
# Generous: what is asked here is what is lost, not how fast a process starts on a busy machine.
BACK_WITHIN = 240.0


@pytest.fixture
def site() -> Iterator[Instance]:
    with folder() as place, Instance(place / "data").served() as served:
        yield served


class Load:
    """Outside systems at work; ``lines`` is what they have been told so far."""

    def __init__(self, site: Instance, file: Path) -> None:
        keys = site.ground("prepare")
        self.file = file
        command = [
            sys.executable, "-m", "tests.journeys.load", site.address, keys["seat"], keys["centre"], str(file)
        ]  # fmt: skip
        self.process = subprocess.Popen(command, env=site.environment, cwd=ROOT)

    def lines(self) -> list[dict[str, Any]]:
        text = self.file.read_text(encoding="utf-8") if self.file.exists() else ""
        return [json.loads(line) for line in text.split("\n")[:-1]]

    def goes_on(self) -> None:
        before = len(self.lines())
        until(lambda: len(self.lines()) >= before + MANY, BACK_WITHIN)

    def end(self) -> list[dict[str, Any]]:
        Path(f"{self.file}.stop").touch()
        assert self.process.wait(BACK_WITHIN) == 0
        return self.lines()


def anew(pids: Callable[[], list[int]]) -> None:
    """Kill these processes; wait until others stand in their place."""
    before = pids()
    kill_all(before)
    until(lambda: bool(set(pids()) - set(before)), BACK_WITHIN)


def test_nothing_acknowledged_is_lost_and_nothing_doubled_whoever_is_killed(
    site: Instance, tmp_path: Path
) -> None:
    load = Load(site, tmp_path / "told")
    try:
        load.goes_on()
        for pids in (site.web, site.worker, site.postmaster):
            anew(pids)
            load.goes_on()
        kill_all([*site.web(), *site.worker(), *site.postmaster()])
        load.goes_on()
        told = load.end()
    finally:
        load.process.kill()
        load.process.wait()

    assert [line for line in told if "refused" in line] == []
    assert all(line.get("same", True) for line in told)
    assert {line["answered"] for line in told if "answered" in line} == {True}
    standing = site.ground("wait", str(BACK_WITHIN))
    assert standing["caught_up"], standing
    assert standing["stumbles"] == []
    assert standing["searched"] == standing["cases"]

    found = site.ground("examine")
    # What was said begins with the key under which it was sent.
    kept = {text.partition(" ")[0]: receipt for text, receipt in found["appeals"]}
    assert {line["key"]: line["receipt"] for line in told} == kept
    assert len(found["appeals"]) == len(told) == len(kept)
    assert found["recount"] == dict.fromkeys(found["recount"], True)
    assert site.huying("ledger", "verify")["whole"] is True
