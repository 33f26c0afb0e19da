"""The case page and the dispatch desk in a real browser: keyboard, forms in place, no barriers, pictures."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from huying.cases.actions import NewAppeal, receive
from huying.kernel import clock
from huying.kernel.numbers import case_number
from tests.browser.conftest import DESK, PASSWORD, Site
from tests.cast import DISTRICT, GRID

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
TEXTS = ("路口污水井盖丢失，很危险", "楼下烧烤油烟扰民，晚上十一点还在营业", "路灯坏了三盏，整条巷子黑漆漆")


@pytest.fixture(scope="module")
def numbers(site: Site, django_db_blocker: Any) -> list[str]:
    """Three appeals on one corner."""
    with django_db_blocker.unblock():
        new = [NewAppeal(text=text, channel="web", area=GRID, lon=114.3, lat=22.7) for text in TEXTS]
        receipts = receive(DISTRICT, new, by=site.cast.system, now=clock.now())
    return [case_number(DISTRICT, receipt.case_id) for receipt in receipts]


def _enter(opened: Any, login: str = "sun") -> None:
    page = opened.go("/account/sign-in")
    page.fill("input[name=login]", login)
    page.fill("input[type=password]", PASSWORD)
    page.press("input[type=password]", "Enter")
    page.wait_for_load_state()


def test_the_list_is_walked_by_keyboard_and_a_step_opens_in_place(window: Any, numbers: list[str]) -> None:
    opened = window(DESK)
    _enter(opened)
    page = opened.go("/dispatch/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.wait_for_function(
        "number => document.querySelector('#pane [data-case]').dataset.case === number", arg=numbers[2]
    )
    expect(page).to_have_url(re.compile(re.escape(f"case={numbers[2]}") + "$"))
    page.click("[data-verb=note]")
    page.wait_for_selector("#step textarea[name=note]")
    page.fill("#step textarea[name=note]", "已问过物业")
    page.click("#step .button-first")
    page.wait_for_selector(".notice-green")
    assert opened.faults == []


def test_two_desks_know_of_each_other_and_the_queue_lies_on_a_map(window: Any, numbers: list[str]) -> None:
    first, second = window(DESK), window(DESK)
    _enter(first)
    page = first.go(f"/dispatch/?tab=all&case={numbers[1]}")
    page.wait_for_function(
        "() => performance.getEntriesByType('resource').some(one => one.name.endsWith('/presence'))"
    )
    _enter(second, "wu")
    other = second.go(f"/dispatch/?tab=all&case={numbers[1]}")
    other.wait_for_selector("[data-take]")
    second.keep_picture("presence-desk")
    assert second.barriers() == []
    other.click("[data-take]")
    other.wait_for_selector("[data-take]", state="detached")
    other.keyboard.press("m")
    other.wait_for_selector(".desk-map [data-drawn]")
    second.keep_picture("dispatch-map-desk")
    assert second.barriers() == []
    assert first.faults == second.faults == []
