"""A handler in the street: from the list of orders to the report with photos, by one thumb, signal or not."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from huying.access.roles import Role
from huying.cases.actions import NewAppeal, advance, receive
from huying.cases.lifecycle import Verb
from huying.cases.models import Attachment, Case
from huying.kernel import clock
from huying.kernel.numbers import case_number
from huying.people import actions
from huying.people.actions import NewPost
from tests.browser.conftest import DESK, PASSWORD, PHONE, Site
from tests.cast import DISTRICT, GRID
from tests.photos import jpeg

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
TEXT = "路口建筑垃圾堆了两天"
SMALL = """() => [...document.querySelectorAll('main :is(a, button, summary, select, label:has(> input))')]
    .filter(one => one.checkVisibility() && !one.closest('.unseen, .track, p:not(.row)'))
    .map(one => [one.getBoundingClientRect(), one.textContent.trim().slice(0, 20)])
    .filter(([box, _words]) => box.height > 0 && box.height < 43.5).map(([box, words]) => `${words} ${box.height}`)"""


@pytest.fixture(scope="module")
def order(site: Site, django_db_blocker: Any) -> int:
    """A case given to 城市管理局, and its handler liu."""
    with django_db_blocker.unblock():
        now, cast = clock.now(), site.cast
        post = NewPost(Role.DEPARTMENT_HANDLER, str(DISTRICT), cast.urban)
        actions.create_account(
            cast.system, "liu", "刘强", [post], now, password=PASSWORD, must_change_password=False
        )
        new = NewAppeal(text=TEXT, channel="hotline", area=GRID, lon=114.3, lat=22.7)
        case = receive(DISTRICT, [new], by=cast.system, now=now)[0].case_id
        advance((DISTRICT, case), Verb.FILE, by=cast.dispatcher, now=now, item="X1")
        advance((DISTRICT, case), Verb.DISPATCH, by=cast.dispatcher, now=now, body=cast.urban)
    return case


def test_from_the_list_to_the_report_with_photos(
    window: Any, order: int, tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    for name, colour in (("before", "brown"), ("after", "green")):
        (tmp_path / f"{name}.jpg").write_bytes(jpeg(name, colour).read())
    opened = window(PHONE, is_mobile=True)
    page = opened.go("/account/sign-in")
    page.fill("input[name=login]", "liu")
    page.fill("input[type=password]", PASSWORD)
    page.press("input[type=password]", "Enter")
    page.wait_for_selector(".list-title")
    page.wait_for_load_state("load")
    assert page.evaluate(SMALL) == []
    page.tap(".list-title")
    page.wait_for_selector("#actions button:has-text('签收')")
    page.tap("#actions button:has-text('签收')")
    page.wait_for_selector(".notice-green")
    page.wait_for_load_state("load")
    assert page.evaluate(SMALL) == []
    page.fill("#talk textarea", "物业在场，请一起看")
    page.wait_for_function("() => Object.keys(localStorage).some(key => key.includes('talk:'))")
    page.tap("#talk button:has-text('发出')")
    page.wait_for_selector("#talk .messages")
    page.wait_for_load_state("load")
    expect(page).to_have_url(re.compile("/handling/"))
    expect(page.locator("#talk textarea")).to_have_value("")
    page.tap(".more-actions summary")
    inside = "() => [...document.querySelectorAll('.more-list a')].every(one => one.getBoundingClientRect().left >= 0)"
    assert page.evaluate(inside)
    page.tap(".more-actions summary")
    page.tap("#actions [data-verb=report]")
    page.wait_for_selector(".step-form [data-pick-photos]:visible")
    expect(page).to_have_url(re.compile("/steps/report"))
    assert page.evaluate(SMALL) == []
    opened.keep_picture("handler-report-phone")
    assert (opened.overflow(), opened.barriers()) == (0, [])
    boxes = page.locator("input[type=file]")
    boxes.nth(0).set_input_files(tmp_path / "before.jpg")
    boxes.nth(1).set_input_files(tmp_path / "after.jpg")
    page.wait_for_function("() => document.querySelectorAll('.step-form input[name^=waiting]').length === 2")
    page.fill("[name=result]", "十点到场，清运两车")
    page.tap("label:has([name=solved][value=True])")
    page.fill("[name=reply]", "已清理")
    page.wait_for_selector(".reply-check .error")
    page.wait_for_selector("[data-saved-note]:not(:empty)")
    page.reload(wait_until="load")
    page.wait_for_function("() => document.querySelectorAll('.step-form input[name^=waiting]').length === 2")
    expect(page.locator("[name=result]")).to_have_value("十点到场，清运两车")
    page.fill("[name=reply]", "经现场核实，我局已安排清运，垃圾已清理干净，感谢您的监督。")
    page.wait_for_function("() => document.querySelectorAll('.reply-check .said').length === 2")
    page.context.set_offline(True)
    page.tap(".step-end .button-first")
    page.wait_for_selector(".step-form [data-line-lost=lost]")
    page.context.set_offline(False)
    page.tap(".step-end .button-first")
    # That the line is back is said in green too.
    page.wait_for_selector(".notice-green:not([data-line-lost])")
    assert Case.objects.get(id=order).state == "reported"
    assert sorted(Attachment.objects.filter(case_id=order).values_list("stage", flat=True)) == [
        "after",
        "before",
    ]
    expect(page.locator(".compare img")).to_have_count(2)
    opened.keep_picture("handler-reported-phone")
    assert opened.overflow() <= 0
    kept = page.evaluate("() => Object.keys(localStorage).filter(key => key.startsWith('huying:draft:'))")
    assert kept == []
    assert not [fault for fault in opened.faults if "DISCONNECTED" not in fault]
    left, right = (page.locator(".compare > div").nth(n).bounding_box() for n in (0, 1))
    assert left["y"] == right["y"]
    wide = opened.page.context.new_page()
    wide.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    wide.goto(page.url)
    left, right = (wide.locator(".compare > div").nth(n).bounding_box() for n in (0, 1))
    assert left["y"] == right["y"]


def test_what_was_decided_is_sent_even_where_another_case_took_its_place(
    window: Any, site: Site, order: int, commits: Any
) -> None:
    """The line is asked before a form leaves; meanwhile the pane may be filled anew."""
    made: list[int] = []

    def dispatched() -> None:
        now, cast = clock.now(), site.cast
        new = NewAppeal(text="花坛里的树倒了", channel="hotline", area=GRID, lon=114.3, lat=22.7)
        case = receive(DISTRICT, [new], by=cast.system, now=now)[0].case_id
        advance((DISTRICT, case), Verb.FILE, by=cast.dispatcher, now=now, item="X1")
        advance((DISTRICT, case), Verb.DISPATCH, by=cast.dispatcher, now=now, body=cast.urban)
        made.append(case)

    commits(dispatched)
    page = window(DESK).go("/account/sign-in")
    page.fill("input[name=login]", "liu")
    page.fill("input[type=password]", PASSWORD)
    with page.expect_navigation(wait_until="load"):
        page.press("input[type=password]", "Enter")
    # Another order may stand first in the list.
    page.goto(f"{site.url}/handling/?tab=sent&case={case_number(DISTRICT, made[0])}")
    page.wait_for_selector("#actions button:has-text('签收')")
    held: list[Any] = []
    page.route("**/account/here", lambda route: held.append(route))
    page.click("#actions button:has-text('签收')")
    page.wait_for_selector("#actions button[aria-busy=true]")
    page.evaluate("document.getElementById('pane').replaceChildren()")
    for route in held:
        route.continue_()
    page.wait_for_selector(".notice-green:not([data-line-lost])")
    assert Case.objects.get(id=made[0]).state == "handling"
