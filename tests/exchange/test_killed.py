"""On a real server: worker, web server and city are killed again and again while the city behaves badly, and in the
end both sides hold the same: nothing lost, nothing doubled, everything of one order in its order."""

import random
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from huying.simulate.city import dialect
from tests.cast import DISTRICT
from tests.journeys.instance import ROOT, Instance, folder, kill_all

pytestmark = [pytest.mark.server, pytest.mark.slow]
BAD = {
    "error": 0.1, "busy": 0.05, "lost": 0.1, "cut": 0.1, "rubbish": 0.08, "schema": 0.05, "twice": 0.3, "shuffled": 0.5,
    "unsigned": 0.05, "skewed": 0.05, "slow": 0.05,
}  # fmt: skip
_SETTLED_WITHIN = 200


class Standin:
    """The city as a process of its own."""

    def __init__(self, home: Path, port: int) -> None:
        self.home, self.port = home, port
        self.address = f"http://127.0.0.1:{port}"
        self.process: subprocess.Popen[str] | None = None

    def start(self, push: str = "") -> None:
        command = [
            sys.executable,
            "-m",
            "huying.simulate.city",
            "--folder",
            str(self.home),
            "--port",
            str(self.port),
        ]
        command += ["--push", push] if push else []
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        assert self.process.stdout.readline().startswith("ready")

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def say(self, path: str, said: Any) -> None:
        httpx.post(self.address + path, content=orjson.dumps(said), timeout=20).raise_for_status()

    def holds(self) -> dict[str, Any]:
        found: dict[str, Any] = httpx.get(self.address + "/holds", timeout=20).json()
        return found


class Worker:
    """The worker alone, as ``huying work`` starts it."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "huying", "work"],
            env=self.instance.environment,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()


def prepared(instance: Instance, connector: str, city: Standin) -> None:
    instance.migrate()
    # Small batches: the more requests, the more goes wrong.
    small = {"batch": 5} | ({"size": 20} if connector == "rest_pull" else {})
    settings = orjson.dumps(dialect.settings(city.address, connector, **small)).decode()
    instance.run("tests.exchange.inside", "prepare", connector, settings)


def letters(first: int, count: int, chance: random.Random) -> list[dict[str, Any]]:
    """Orders, some of them urged and some called back later in the same breath."""
    at = datetime.now(UTC)
    found = []
    for number in range(first, first + count):
        name = f"SZ{number:06d}"
        found.append(dialect.order(name, chance, at))
        if chance.random() < 0.2:
            found.append(dialect.about("URGE", name, at, reason="市民又来电"))
        if chance.random() < 0.2:
            found.append(dialect.about("REVOKE", name, at, reason="市民撤回"))
    return found


def misbehave(city: Standin, round: int, count: int, chance: random.Random) -> int:
    city.say("/control", {**BAD, "seed": city.port + round})
    city.say("/send", {"letters": letters(count + 1, 60, chance)})
    time.sleep(chance.random() * 3)
    return count + 60


def compare(instance: Instance, city: Standin, count: int) -> None:
    city.say("/control", {})
    found = instance.run("tests.exchange.inside", "settle", city.address, str(count), str(_SETTLED_WITHIN))
    ours, theirs, stands = found["ours"], found["theirs"], found["stands"]
    assert sorted(ours) == theirs["orders"], stands
    assert {one["cases"] for one in ours.values()} == {1}
    assert {number: one["heard"] for number, one in ours.items()} == theirs["told"], stands
    assert "dead" not in stands["out"]
    assert "person" not in stands["in"]
    assert found["done"], stands


def pulled(instance: Instance, city: Standin, rounds: int = 4, count: int = 0) -> None:
    """Worker and city are killed in each round, at another moment."""
    chance, worker = random.Random(city.port + count), Worker(instance)
    city.start()
    try:
        worker.start()
        for round in range(rounds):
            count = misbehave(city, round, count, chance)
            time.sleep(chance.random() * 6)
            worker.kill()
            worker.start()
            time.sleep(chance.random() * 6)
            city.kill()
            time.sleep(chance.random() * 2)
            city.start()
        compare(instance, city, count)
    finally:
        worker.kill()
        city.kill()


def test_whatever_is_killed_both_sides_hold_the_same() -> None:
    with folder() as made:
        instance, city = Instance(made / "data"), Standin(made / "city", 18611)
        prepared(instance, "rest_pull", city)
        pulled(instance, city)


def test_what_a_city_pushes_is_kept_by_whichever_process_lives() -> None:
    with folder() as made:
        instance, city = Instance(made / "data"), Standin(made / "city", 18612)
        prepared(instance, "rest_push", city)
        push = f"{instance.address}/api/v1/exchange/{DISTRICT}/city/letters"
        chance, count = random.Random(2), 0
        # Generous: what is asked here is not how fast a server starts.
        with instance.served(within=300):
            city.start(push)
            try:
                for round in range(3):
                    count = misbehave(city, round, count, chance)
                    kill_all(instance.worker() if round % 2 else instance.web())
                    city.kill()
                    city.start(push)
                compare(instance, city, count)
            finally:
                city.kill()
