"""What residents' pages may cost and must never do: weight, time on a slow phone, barriers, asking others."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect
from shapely.geometry import box

from huying.cases.actions import NewAppeal, advance, receive
from huying.cases.lifecycle import Outcome, Verb
from huying.cases.models import Appeal, Case, CaseAppeal, Rating
from huying.kernel import clock
from huying.places.actions import put_areas
from huying.places.queries import forget
from huying.places.rules.drafts import AreaDraft
from huying.places.rules.levels import Level
from tests.browser.test_resident_pages import _report
from tests.cast import COMMUNITY, DISTRICT, MONDAY, STREET

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
CHEAP_PHONE = (360, 780)
FIRST_PAGE_BYTES = 100 * 1024
USABLE_MS = 2000
# A cheap phone on a poor signal: 1.6 Mbit/s, 150 ms there and back, a quarter of this machine's speed.
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
SLOWER_BY = 4


@pytest.fixture
def asked(window: Any, site: Any) -> Iterator[Any]:
    """A window of a cheap phone that fails the test when it asks another host or writes an error."""
    made = []

    def opened(**options: Any) -> Any:
        view = window(CHEAP_PHONE, **options)
        view.asked = []
        view.page.context.on("request", lambda request: view.asked.append(request.url))
        made.append(view)
        return view

    yield opened
    for view in made:
        assert [url for url in view.asked if not url.startswith((site.url, "blob:", "data:"))] == []
        assert view.faults == []


def _judged(site: Any, number: str) -> None:
    """Take the matter of a receipt to where its caller is asked."""
    link = CaseAppeal.objects.get(appeal_id=Appeal.objects.get(receipt=number).id)
    Case.objects.filter(id=link.case_id).update(area=STREET)
    ref, cast, now = (DISTRICT, link.case_id), site.cast, clock.now()
    advance(ref, Verb.FILE, by=cast.dispatcher, now=now, item="X1")
    advance(ref, Verb.DISPATCH, by=cast.dispatcher, now=now, body=cast.urban)
    advance(ref, Verb.SIGN, by=cast.handler, now=now)
    told = {
        "result": "已清运。",
        "reply": "您好，您反映的问题我们已到场核实并处理完毕，感谢。",
        "solved": True,
    }
    advance(ref, Verb.REPORT, by=cast.handler, now=now, **told)
    advance(ref, Verb.CHECK, outcome=Outcome.PASSED, by=cast.dispatcher, now=now)


@pytest.mark.parametrize("elder", [False, True], ids=["normal", "elder"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_page_of_a_resident_has_a_barrier(
    asked: Any, site: Any, language: str, elder: bool, commits: Any
) -> None:
    view = asked()
    cookies = [{"name": "django_language", "value": language, "url": site.url}]
    cookies += [{"name": "elder", "value": "1", "url": site.url}] if elder else []
    view.page.context.add_cookies(cookies)
    number = _report(view.go("/report"), phone="13812346677")
    commits(_judged, site, number)
    kind = f"{language}-{'elder' if elder else 'normal'}"
    found = {}
    for name, path in {
        "home": "/", "report": "/report", "offline": "/offline", "find": "/track", "mine": "/mine",
        "public": "/public", "receipt": f"/receipt/{number}", "track": f"/track/{number}",
    }.items():  # fmt: skip
        view.go(path)
        assert view.page.evaluate("document.documentElement.lang") == language
        view.keep_picture(f"resident-{name}-360-{kind}")
        found[path] = (view.barriers(), max(0, view.overflow()))
    assert {path: wrong for path, wrong in found.items() if wrong != ([], 0)} == {}


@pytest.mark.parametrize("path", ["/", "/report", "/track", "/mine"])
def test_a_first_page_is_light(asked: Any, path: str) -> None:
    view = asked()
    view.go(path)
    page = "performance.getEntriesByType('navigation')[0].encodedBodySize"
    parts = "performance.getEntriesByType('resource').map(e => e.encodedBodySize).reduce((a, b) => a + b, 0)"
    assert 0 < view.page.evaluate(page) + view.page.evaluate(parts) < FIRST_PAGE_BYTES


@pytest.mark.parametrize("path", ["/", "/report"])
def test_a_slow_phone_can_use_the_page_within_two_seconds(asked: Any, path: str) -> None:
    took = []
    for _try in range(3):
        view = asked(service_workers="block")
        wire = view.page.context.new_cdp_session(view.page)
        wire.send("Network.enable")
        wire.send("Network.emulateNetworkConditions", SLOW)
        wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_BY})
        view.go(path)
        view.page.wait_for_selector("html[data-ready]", state="attached")
        took.append(view.page.evaluate("performance.getEntriesByName('huying:ready')[0].startTime"))
    assert min(took) < USABLE_MS, took


def test_the_track_shows_news_by_itself_and_takes_nothing_from_who_writes(
    asked: Any, site: Any, commits: Any
) -> None:
    view = asked()
    number = _report(view.go("/report"), text="盯着进度看的诉求")
    page = view.go(f"/track/{number}")
    commits(_judged, site, number)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_selector("h1:text('办好了')")
    expect(page.locator("[data-follow-news]")).to_contain_text("办好了")
    page.click("summary:text('顺便打个分')")
    page.fill("[name=words]", "写到一半")
    link = CaseAppeal.objects.get(appeal_id=Appeal.objects.get(receipt=number).id)
    commits(lambda: advance((DISTRICT, link.case_id), Verb.REMIND, by=site.cast.seat, now=clock.now()))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_selector("[data-follow-show]:not([hidden])")
    expect(page.locator("[name=words]")).to_have_value("写到一半")


def test_four_stars_and_a_verdict_are_kept(asked: Any, site: Any, commits: Any) -> None:
    view = asked()
    number = _report(view.go("/report"), text="要打分的诉求")
    commits(_judged, site, number)
    page = view.go(f"/track/{number}")
    page.click("summary:text('顺便打个分')")
    for row in page.query_selector_all(".star-row"):
        row.query_selector("label").click()
    page.click("text=解决了，送出评价")
    page.wait_for_selector("text=您已评价")
    rated = CaseAppeal.objects.get(appeal_id=Appeal.objects.get(receipt=number).id)
    row = Rating.objects.get(case_id=rated.case_id)
    assert [row.speed, row.effect, row.service, row.answer] == [5, 5, 5, 5]


def test_one_tap_says_that_it_is_not_solved(asked: Any, site: Any, commits: Any) -> None:
    view = asked(java_script_enabled=False)
    number = _report(view.go("/report"), text="没解决的诉求")
    commits(_judged, site, number)
    page = view.go(f"/track/{number}")
    page.click("button:text-is('没解决')")
    expect(page.locator("main")).to_contain_text("已退回重办", use_inner_text=True)


def _answered(site: Any) -> None:
    """A street and a community of the cast's district on the map, and one matter answered there."""
    here = box(114.2, 22.6, 114.4, 22.8)
    drafts = [
        AreaDraft("青石街道", Level.STREET, here, STREET),
        AreaDraft("桂花社区", Level.COMMUNITY, here, COMMUNITY),
    ]
    put_areas(DISTRICT, drafts, now=MONDAY)
    new = NewAppeal(text="路灯不亮", channel="web", area=COMMUNITY, lon=114.21, lat=22.61)
    kept = receive(DISTRICT, [new], by=site.cast.system, now=clock.now())[0]
    told = {"reply": "您好，路灯已经修好，感谢您的反映。"}
    advance((DISTRICT, kept.case_id), Verb.ANSWER, by=site.cast.district_dispatcher, now=clock.now(), **told)


def test_the_public_board_is_a_list_and_on_demand_a_map(asked: Any, site: Any, commits: Any) -> None:
    commits(_answered, site)
    forget(DISTRICT)
    view = asked(geolocation={"longitude": 114.3, "latitude": 22.7}, permissions=["geolocation"])
    page = view.go("/public")
    expect(page.locator(".board")).to_contain_text("桂花社区", use_inner_text=True)
    assert not any("maplibre" in url for url in view.asked)
    page.click("[data-board-show]")
    page.wait_for_selector("[data-board-map][data-drawn] canvas", timeout=20000)
    view.keep_picture("resident-board-map")
    assert view.barriers() == []
    page.click(".board-list a:text('桂花社区')")
    expect(page.locator("main")).to_contain_text("路灯已经修好", use_inner_text=True)
    page.click("[data-locate]")
    page.wait_for_url(f"**/public?near={COMMUNITY}*")
    expect(page.locator("#around")).to_contain_text("路灯已经修好", use_inner_text=True)
    page.click("[data-board-show]")
    page.wait_for_selector("[data-board-map][data-drawn] canvas", timeout=20000)
    assert view.barriers() == []
