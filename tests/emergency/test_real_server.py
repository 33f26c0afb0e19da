"""On a real server: an alarm is on an open screen at once; a killed worker loses no ring and doubles none."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.emergency.conftest import SPOT
from tests.emergency.inside import PEOPLE
from tests.journeys.instance import Instance, folder, kill_all
from tests.live.test_real_server import signed_in
from tests.site.embedded.waiting import until

pytestmark = [pytest.mark.server, pytest.mark.slow]


@pytest.fixture(scope="module")
def site() -> Iterator[tuple[Instance, str]]:
    with folder() as made:
        instance = Instance(made / "data")
        instance.migrate()
        key = instance.run("tests.emergency.inside", "prepare")["key"]
        with instance.served():
            yield instance, key


class Page(threading.Thread):
    """An open command screen: the numbers of the cards it was told of."""

    def __init__(self, client: httpx.Client) -> None:
        super().__init__(daemon=True)
        self.client, self.heard, self.hello = client, list[int](), threading.Event()

    def run(self) -> None:
        with self.client.stream("GET", "/live/emergencies", timeout=httpx.Timeout(60)) as answer:
            assert answer.status_code == 200
            for line in answer.iter_lines():
                if line == "event: hello":
                    self.hello.set()
                elif line.startswith("data: ") and line[6:].isdigit():
                    self.heard.append(int(line[6:]))


def alarm(site: tuple[Instance, str], key: str) -> dict[str, Any]:
    said = {"kind": "illness", "device": "SOS-1", "key": key, "lon": SPOT[0], "lat": SPOT[1]}
    answer = httpx.post(
        f"{site[0].address}/api/v1/emergencies",
        json=said,
        headers={"Authorization": f"Bearer {site[1]}"},
        timeout=30,
    )
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


def test_an_alarm_is_on_the_screen_and_its_rings_survive_a_killed_worker(site: tuple[Instance, str]) -> None:
    page = Page(signed_in(site[0], "jie1"))
    page.start()
    assert page.hello.wait(20)
    card = alarm(site, "first")
    assert [row["name"] for row in card["alerted"]] == [f"志愿者{number}" for number in range(4)]
    until(lambda: card["id"] in page.heard, 10)
    kill_all(site[0].worker())
    until(lambda: len(site[0].run("tests.emergency.inside", "told", str(card["id"]))["people"]) == PEOPLE, 60)
    time.sleep(2)
    told = site[0].run("tests.emergency.inside", "told", str(card["id"]))
    assert told["people"] == [f"志愿者{number}" for number in range(PEOPLE)]
    assert told["messages"] == PEOPLE
    assert told["marks"].count("ring") == 3
    assert all(gap >= 5 for gap in told["gaps"])
    assert page.heard.count(card["id"]) >= 2


def test_nobody_listens_without_a_session_and_to_no_card_of_others(site: tuple[Instance, str]) -> None:
    stranger = httpx.get(f"{site[0].address}/live/emergencies", timeout=20)
    assert stranger.status_code == 401
    client = signed_in(site[0], "jie1")
    assert client.get("/live/emergencies?card=999999").status_code == 404
    assert client.get("/live/emergencies?card=x").status_code == 400
