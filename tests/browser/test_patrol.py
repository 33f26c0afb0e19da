"""The patrol app on a phone: one thumb, the sun, no signal; put right on the spot, and what both sides changed."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from huying.access.roles import Role
from huying.cases.actions import NewAppeal, receive
from huying.cases.lifecycle import State
from huying.cases.models import Case
from huying.catalogue.actions import load_starter
from huying.catalogue.queries import item, items_for_text
from huying.kernel import clock
from huying.patrol.actions import ask, change
from huying.patrol.models import Check, Find
from huying.patrol.rules.kinds import CheckKind
from huying.people import actions
from huying.people.actions import NewPost
from huying.places.queries import forget
from tests.browser.conftest import DESK, PASSWORD, Site
from tests.cast import DISTRICT, GRID
from tests.patrol.conftest import SPOT
from tests.photos import jpeg
from tests.teams.conftest import draw

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.slow]
PHONE = (390, 844)
HERE = {"longitude": SPOT.lon, "latitude": SPOT.lat, "accuracy": 8}
SMALL = """() => [...document.querySelectorAll('a, button, summary, select, input, textarea, label:has(> input)')]
    .filter(one => one.checkVisibility() && !one.closest('.unseen, label') && !one.classList.contains('skip'))
    .map(one => [one.getBoundingClientRect(), one.textContent.trim().slice(0, 20)])
    .filter(([box]) => box.height > 0 && box.height < 43.5).map(([box, words]) => `${words} ${box.height}`)"""

LEFT = """async () => {
  const base = await new Promise((done) => {
    const asked = indexedDB.open('huying-patrol'); asked.onsuccess = () => done(asked.result); });
  const counts = [];
  for (const name of ['keys', 'sealed', 'files', 'outbox', 'steps']) {
    counts.push(await new Promise((done) => {
      const asked = base.transaction(name).objectStore(name).count(); asked.onsuccess = () => done(asked.result); }));
  }
  base.close();
  return counts;
}"""


@pytest.fixture(scope="module")
def task(site: Site, django_db_blocker: Any) -> int:
    """A worker of the first grid, and a task in it."""
    with django_db_blocker.unblock():
        forget(DISTRICT)
        draw(site.cast)
        now = clock.now()
        load_starter(site.cast.system, DISTRICT, now)
        post = NewPost(Role.GRID_WORKER, GRID, site.cast.street_body)
        actions.create_account(
            site.cast.system, "wang", "王秀英", [post], now, password=PASSWORD, must_change_password=False
        )
        new = NewAppeal(
            text="东门井盖没了", channel="hotline", area=GRID, lon=SPOT.lon, lat=SPOT.lat, place_text="东门"
        )
        case_id = receive(DISTRICT, [new], by=site.cast.system, now=now)[0].case_id
        return ask(
            site.cast.dispatcher, case_id, CheckKind.VERIFY, "看井盖在不在", now + timedelta(hours=3), now
        )


def opened(window: Any) -> Any:
    view = window(PHONE, is_mobile=True, geolocation=HERE, permissions=["geolocation"])
    view.page.on("dialog", lambda dialog: dialog.accept())
    page = view.go("/account/sign-in?next=/patrol/")
    page.fill("input[name=login]", "wang")
    page.fill("input[type=password]", PASSWORD)
    page.press("input[type=password]", "Enter")
    page.wait_for_selector("#main[data-ready][data-met]")
    page.wait_for_function("navigator.serviceWorker.ready.then(() => !!navigator.serviceWorker.controller)")
    return view


def on_duty(view: Any) -> Any:
    page = view.page
    page.tap("[data-sign-on]")
    page.wait_for_selector("#main[data-standing=on][data-left='0']")
    page.wait_for_selector("#main[data-pack]")
    return page


def test_every_screen_is_within_reach_and_without_barriers(window: Any, task: int) -> None:
    view = opened(window)
    view.keep_picture("patrol-before-duty")
    page = on_duty(view)
    screens = {name: f"#{name}" for name in ("home", "find", "fix", "outbox", "log")} | {
        "check": f"#check/{task}"
    }
    for name, screen in screens.items():
        page.evaluate("screen => { location.hash = screen; }", screen)
        page.wait_for_selector(f"#main[data-shown={name}]")
        assert view.overflow() <= 0, name
        assert page.evaluate(SMALL) == [], name
        assert view.barriers() == [], name
        view.keep_picture(f"patrol-{name}")
    assert view.faults == []


def test_put_right_on_the_spot_without_a_signal(
    window: Any, task: int, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    for name, colour in (("before", "brown"), ("after", "green")):
        (tmp_path / f"{name}.jpg").write_bytes(jpeg(name, colour).read())
    page = on_duty(opened(window))
    page.context.set_offline(True)
    page.tap(".patrol-foot a[href='#fix']")
    page.wait_for_selector("#main[data-shown=fix]")
    page.tap("form[data-find] .patrol-save")
    expect(page.locator("form[data-find] [data-wrong]")).to_have_text("请拍处置前的照片。")
    page.set_input_files("[data-take=before]", tmp_path / "before.jpg")
    page.wait_for_selector("[data-photos=before] img")
    page.fill("form[data-find] [name=text]", "纸箱占了盲道")
    # A page that is opened again holds what was typed and photographed.
    page.wait_for_selector("form[data-find]:not([data-saving])")
    page.reload()
    page.wait_for_selector("#main[data-shown=fix]")
    page.wait_for_selector("[data-photos=before] img")
    assert page.input_value("form[data-find] [name=text]") == "纸箱占了盲道"
    page.set_input_files("[data-take=after]", tmp_path / "after.jpg")
    page.wait_for_selector("[data-photos=after] img")
    page.fill("form[data-find] [name=done]", "已搬到垃圾房")
    page.fill("form[data-find] [name=matter]", item(DISTRICT, items_for_text(DISTRICT)[0].code).name)
    page.tap("form[data-find] .patrol-save")
    page.wait_for_selector("#main[data-shown=home][data-left='1']")
    assert not Find.objects.filter(kind="fixed").exists()
    page.context.set_offline(False)
    page.wait_for_selector("#main[data-left='0']")
    row = Find.objects.get(kind="fixed")
    assert Case.objects.get(id=row.case_id).state == State.REPORTED


def test_what_both_sides_changed_is_laid_side_by_side(
    site: Site, window: Any, task: int, commits: Any
) -> None:
    view = opened(window)
    page = on_duty(view)
    page.context.set_offline(True)
    page.tap("[data-tasks] a")
    page.wait_for_selector("#main[data-shown=check]")
    page.check("form[data-check] [value=real]")
    page.fill("form[data-check] [name=note]", "缺一个，已放锥桶")
    page.tap("form[data-check] .patrol-save")
    page.wait_for_selector("#main[data-left='1']")
    now = clock.now()
    commits(change, site.cast.dispatcher, task, "看西门的那一个", now + timedelta(hours=2), now)
    page.context.set_offline(False)
    page.evaluate("() => { location.hash = 'outbox'; }")
    page.tap("[data-outbox] a.button")
    page.wait_for_selector("#main[data-shown=merge]")
    sides = page.locator("[data-merge]")
    expect(sides).to_contain_text("看井盖在不在")
    expect(sides).to_contain_text("看西门的那一个")
    assert view.overflow() <= 0
    assert view.barriers() == []
    view.keep_picture("patrol-merge")
    assert Check.objects.get(id=task).answer == ""
    page.tap("[data-merge] .button-first")
    page.wait_for_selector("#main[data-left='0']")
    row = Check.objects.get(id=task)
    assert (row.answer, row.note) == ("real", "缺一个，已放锥桶")


def test_going_off_duty_leaves_nothing_behind(window: Any, task: int) -> None:
    view = opened(window)
    page = on_duty(view)
    page.tap("[data-sign-off]")
    page.wait_for_selector("#main[data-standing=off]")
    assert set(page.evaluate(LEFT)) == {0}
    page.reload()
    page.wait_for_selector("#main[data-ready][data-standing=off]")
    expect(page.locator("[data-tasks]")).to_be_empty()
    assert view.faults == []


def test_the_pages_of_who_leads(window: Any, task: int) -> None:
    for size, name in ((DESK, "desk"), (PHONE, "phone")):
        view = window(size)
        page = view.go("/account/sign-in")
        page.fill("input[name=login]", "sun")
        page.fill("input[type=password]", PASSWORD)
        page.press("input[type=password]", "Enter")
        page.wait_for_url("**/dispatch/**")
        for title, path in {
            "tours": "/patrols/", "finds": "/patrols/finds", "checks": "/patrols/checks",
            "coverage": f"/patrols/coverage?area={GRID}",
        }.items():  # fmt: skip
            view.go(path)
            view.page.wait_for_load_state()
            assert view.overflow() <= 0, title
            assert view.barriers() == [], title
            view.keep_picture(f"patrols-{title}-{name}")
        assert view.faults == []
