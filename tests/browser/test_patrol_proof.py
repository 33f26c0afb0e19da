"""A working day without a signal, then the worst of evenings: the app is killed three times while it sends, the server
once with everything it runs. Fifty reports with a hundred and fifty photos arrive once each, in order, in their time.
"""

import io
import os
import random
import signal
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from PIL import Image

from tests.browser.chromium import CHROMIUM, FLAGS
from tests.journeys.instance import Instance, folder, kill_all
from tests.patrol.inside import LOGIN
from tests.people.cast import PASSWORD
from tests.site.embedded.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.slow, pytest.mark.timeout(900)]
REPORTS: Final = 50
PHOTOS: Final = 3
HOURS: Final = 8
#: How many are left on the phone when the app is killed, and when the server is.
APP_KILLED_AT: Final = (42, 28, 12)
SERVER_KILLED_AT: Final = 20
_LONG: Final = 120_000
_AT_MOST: Final = "left => Number(document.querySelector('#main').dataset.left) <= left"
SPOT: Final = {"longitude": 114.005, "latitude": 22.005, "accuracy": 8}
KEPT: Final = """async () => {
  const base = await new Promise((done) => {
    const asked = indexedDB.open('huying-patrol'); asked.onsuccess = () => done(asked.result); });
  const found = {};
  for (const name of ['keys', 'sealed', 'files', 'outbox', 'steps']) {
    found[name] = await new Promise((done) => {
      const asked = base.transaction(name).objectStore(name).getAll(); asked.onsuccess = () => done(asked.result); });
  }
  base.close();
  const bytes = (one) => one instanceof ArrayBuffer ? new TextDecoder('latin1').decode(one) : '';
  return {
    counts: Object.fromEntries(Object.entries(found).map(([name, rows]) => [name, rows.length])),
    plain: JSON.stringify(found), raw: Object.values(found).flat().map((row) => bytes(row.data)).join(''),
    exportable: found.keys.some((row) => row.key.extractable),
  };
}"""


class Phone:
    """A browser with a profile of its own, which outlives it."""

    def __init__(self, playwright: Any, profile: Path, address: str) -> None:
        self._playwright, self._profile, self._address = playwright, profile, address
        self.open()

    def open(self) -> None:
        """Started as it was left."""
        self.context = self._playwright.chromium.launch_persistent_context(
            self._profile, executable_path=CHROMIUM, args=FLAGS, viewport={"width": 390, "height": 844},
            locale="zh-CN", has_touch=True, geolocation=SPOT, permissions=["geolocation"],
        )  # fmt: skip
        self.page = self.context.pages[0] if self.context.pages else self.context.new_page()
        self.page.on("dialog", lambda dialog: dialog.accept())

    def kill(self) -> None:
        """kill -9 of every process of it: nothing is told, nothing is put away."""
        mark = str(self._profile).encode()
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (entry / "cmdline").read_bytes():
                    os.kill(int(entry.name), signal.SIGKILL)
            except OSError:
                continue
        # There is nobody left to close.
        with suppress(Exception):
            self.context.close()
        self.open()

    def app(self) -> Any:
        """The app, behind the sign-in where the session is over."""
        self.page.goto(f"{self._address}/patrol/")
        if "sign-in" in self.page.url:
            self.page.fill("input[name=login]", LOGIN)
            self.page.fill("input[type=password]", PASSWORD)
            self.page.press("input[type=password]", "Enter")
            self.page.wait_for_url("**/patrol/")
        self.page.wait_for_selector("#main[data-ready]", timeout=_LONG)
        return self.page

    def left(self) -> int:
        return int(self.page.get_attribute("#main", "data-left") or 0)

    def send_until(self, left: int) -> None:
        """Sending goes on until so many are left; signing in again where the session was lost with the browser."""
        page = self.app()
        page.wait_for_function(_AT_MOST, arg=left, timeout=_LONG)


@pytest.fixture(scope="module")
def served() -> Iterator[Instance]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with folder() as place:
        instance = Instance(place / "data")
        instance.migrate()
        instance.run("tests.patrol.inside", "prepare")
        with instance.served():
            yield instance


def photo(path: Path, number: int) -> Path:
    """A real photo's worth of detail: it takes more than one part to send."""
    noise = random.Random(number).randbytes(240 * 180 * 3)
    buffer = io.BytesIO()
    Image.frombytes("RGB", (240, 180), noise).save(buffer, "JPEG", quality=90)
    file = path / f"{number}.jpg"
    file.write_bytes(buffer.getvalue())
    return file


def test_fifty_reports_arrive_once_in_order_and_in_their_own_time(served: Instance, tmp_path: Path) -> None:
    from playwright.sync_api import sync_playwright

    begins = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=HOURS, minutes=10)
    times = [begins + timedelta(hours=HOURS) * number / REPORTS for number in range(REPORTS)]
    with sync_playwright() as playwright:
        phone = Phone(playwright, tmp_path / "profile", served.address)
        page = phone.app()
        page.wait_for_function(
            "navigator.serviceWorker.ready.then(() => caches.keys()).then(kept => kept.length > 0)"
        )
        page.wait_for_function("navigator.serviceWorker.controller !== null")
        page.wait_for_selector("#main[data-met]")
        phone.context.set_offline(True)
        page.clock.set_fixed_time(begins - timedelta(minutes=1))
        page.goto(f"{served.address}/patrol/")
        page.wait_for_selector("#main[data-ready]")
        page.click("[data-sign-on]")
        page.wait_for_selector("#main[data-standing=on]")
        for number, at in enumerate(times):
            report(page, number, at, [photo(tmp_path, number * PHOTOS + one) for one in range(PHOTOS)])
        held = page.evaluate(KEPT)
        counts = held["counts"] | {"steps": 0}
        assert counts == {
            "keys": 1,
            "sealed": 0,
            "files": REPORTS * PHOTOS,
            "outbox": REPORTS + 1,
            "steps": 0,
        }
        assert "巡查第" not in held["plain"] + held["raw"]
        assert held["exportable"] is False
        # The tab of the long day is killed too, still without a signal: the same waits.
        phone.kill()
        phone.context.set_offline(True)
        assert phone.app().get_attribute("#main", "data-left") == str(REPORTS + 1)
        phone.context.set_offline(False)

        for left in APP_KILLED_AT[:2]:
            phone.send_until(left)
            assert phone.left() > 0
            phone.kill()
        phone.send_until(SERVER_KILLED_AT)
        kill_all([*served.web(), *served.worker(), *served.postmaster()])
        until(served.answers, 240)
        phone.send_until(APP_KILLED_AT[2])
        phone.kill()
        phone.send_until(0)

        phone.page.click("[data-sign-off]")
        phone.page.wait_for_selector("#main[data-standing=off]", timeout=_LONG)
        assert set(phone.page.evaluate(KEPT)["counts"].values()) == {0}
        phone.context.close()

    told = served.run("tests.patrol.inside", "told")
    assert [one["text"] for one in told["finds"]] == [f"巡查第{number:02d}处" for number in range(REPORTS)]
    assert [datetime.fromisoformat(one["found_at"]) for one in told["finds"]] == times
    assert {one["off"] for one in told["finds"]} == {0}
    came = [datetime.fromisoformat(one["arrived_at"]) for one in told["finds"]]
    assert came == sorted(came)
    assert came[0] > times[-1]
    assert [one["case"] for one in told["finds"]] == sorted(one["case"] for one in told["finds"])
    assert (told["appeals"], told["files"], told["photos"]) == (REPORTS, REPORTS * PHOTOS, REPORTS * PHOTOS)
    assert len(told["tours"]) == 1
    assert told["tours"][0][1] is not None
    assert not list((served.data).rglob("patrol-waiting/*/*/*"))


def report(page: Any, number: int, at: datetime, photos: list[Path]) -> None:
    """One report as a thumb makes it."""
    page.clock.set_fixed_time(at)
    page.click(".patrol-foot a[href='#find']")
    page.wait_for_selector("#main[data-shown=find]")
    page.set_input_files("[data-take=scene]", photos)
    page.wait_for_function(
        "count => document.querySelectorAll('[data-photos=scene] img').length === count", arg=PHOTOS
    )
    page.fill("form[data-find] [name=text]", f"巡查第{number:02d}处")
    page.click("form[data-find] .patrol-save")
    page.wait_for_selector(f"#main[data-shown=home][data-left='{number + 2}']")
