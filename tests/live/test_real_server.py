"""Open screens on a real server: everything once over any break, nothing of others, and a quick goodbye."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import httpx
import pytest

from tests.cast import OTHER_STREET
from tests.journeys.instance import Instance, folder, kill_all
from tests.live.telling import Event, events
from tests.people.cast import PASSWORD
from tests.site.embedded.waiting import until

pytestmark = [pytest.mark.server, pytest.mark.slow]
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@pytest.fixture(scope="module")
def site() -> Iterator[Instance]:
    with folder() as made:
        instance = Instance(made / "data")
        instance.migrate()
        instance.run("tests.live.inside", "prepare")
        with instance.served():
            yield instance


def signed_in(site: Instance, login: str) -> httpx.Client:
    client = httpx.Client(base_url=site.address, timeout=30)
    form = client.get("/account/sign-in")
    found = _TOKEN.search(form.text)
    assert found
    told = {"login": login, "password": PASSWORD, "csrfmiddlewaretoken": found[1]}
    assert client.post("/account/sign-in", data=told, headers={"Referer": str(form.url)}).status_code == 302
    return client


class Screen(threading.Thread):
    """A browser's EventSource: it keeps the last id and comes again with it, whatever ends a connection."""

    def __init__(self, client: httpx.Client, since: str = "") -> None:
        super().__init__(daemon=True)
        self.client, self.last, self.heard = client, since, list[Event]()
        self.closing = threading.Event()
        self.connected = 0

    def run(self) -> None:
        while not self.closing.is_set():
            with suppress(httpx.TransportError):
                self._listen()
            self.closing.wait(0.3)

    def _listen(self) -> None:
        headers = {"Last-Event-ID": self.last} if self.last else {}
        with self.client.stream("GET", "/live/cases", headers=headers, timeout=httpx.Timeout(20)) as answer:
            if answer.status_code != 200:
                return
            self.connected += 1
            waiting = b""
            for piece in answer.iter_raw():
                waiting += piece
                whole, mark, waiting = waiting.rpartition(b"\n\n")
                for one in events(whole + mark):
                    self.heard.append(one)
                for found in re.findall(rb"^id: (\S+)$", whole, re.M):
                    self.last = found.decode()
                if self.closing.is_set():
                    return

    def cases(self) -> set[str]:
        return {one.data["case"] for one in self.heard}


def open_screen(site: Instance, login: str) -> Screen:
    screen = Screen(signed_in(site, login))
    screen.start()
    until(lambda: screen.connected > 0 and screen.last != "", 20)
    return screen


def test_a_new_case_is_on_every_screen_of_its_scope_within_seconds(site: Instance) -> None:
    ours, all_of_it, theirs = (open_screen(site, login) for login in ("jie1", "jiandu", "jie2"))
    [case] = site.run("tests.live.inside", "receive", "1")["cases"]
    until(lambda: case in ours.cases() and case in all_of_it.cases(), 5)
    [other] = site.run("tests.live.inside", "receive", "1", OTHER_STREET)["cases"]
    until(lambda: other in theirs.cases() and other in all_of_it.cases(), 5)
    assert other not in ours.cases()
    assert case not in theirs.cases()
    for screen in (ours, all_of_it, theirs):
        screen.closing.set()


def test_nothing_is_lost_or_doubled_when_the_server_is_killed_again_and_again(site: Instance) -> None:
    screen = open_screen(site, "jiandu")
    began, cases = screen.last, set()
    for round_ in range(3):
        cases |= set(site.run("tests.live.inside", "receive", "20")["cases"])
        kill_all(site.web())
        cases |= set(site.run("tests.live.inside", "receive", "5")["cases"])
        until(lambda: screen.connected > round_ + 1, 60)  # noqa: B023
    until(lambda: cases <= screen.cases(), 20)
    # What the platform itself does about the cases comes after; wait until it has become quiet.
    until(lambda: site.run("tests.live.inside", "ledger")["ids"][-1] == screen.last, 30)
    every = site.run("tests.live.inside", "ledger")["ids"]
    heard = [one.id for one in screen.heard]
    assert [one.name for one in screen.heard if one.name != "case"] == []
    # A screen opened before anything ever happened begins before the first.
    assert heard == (every if began == "0-0-0" else every[every.index(began) + 1 :])
    assert cases <= screen.cases()
    screen.closing.set()


def test_nobody_listens_without_signing_in(site: Instance) -> None:
    answer = httpx.get(site.address + "/live/cases")
    assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")
    assert httpx.get(site.address + "/live/other").status_code == 404


def test_what_proxies_and_browsers_are_told(site: Instance) -> None:
    with signed_in(site, "jiandu").stream("GET", "/live/cases") as answer:
        assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert answer.headers["x-accel-buffering"] == "no"
        assert "no-store" in answer.headers["cache-control"]


def test_a_place_that_is_forgotten_or_made_up_begins_anew(site: Instance) -> None:
    client = signed_in(site, "jiandu")
    for named in ("nonsense", "999999999999-1-1"):
        with client.stream("GET", "/live/cases", headers={"Last-Event-ID": named}) as answer:
            told = b""
            for piece in answer.iter_raw():
                told += piece
                if events(told):
                    break
        assert [one.name for one in events(told)] == ["reset"]


def test_open_screens_do_not_hold_up_the_end() -> None:
    with folder() as made:
        instance = Instance(made / "data")
        instance.migrate()
        instance.run("tests.live.inside", "prepare")
        with instance.served():
            screens = [open_screen(instance, "jiandu") for _ in range(3)]
            began = time.monotonic()
        assert time.monotonic() - began < 15
        for screen in screens:
            screen.closing.set()
