"""The components of every desk, at the three sizes they are used at."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PASSWORD, PHONE, WALL

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def _signed_in(window: Any, size: tuple[int, int], query: str = "") -> Any:
    view = window(size)
    page = view.go(f"/account/sign-in?next=/style{query}")
    page.fill("[name=login]", "sun")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit], main .button-first")
    page.wait_for_url("**/style*")
    return view


@pytest.mark.parametrize("size", [PHONE, DESK, WALL])
def test_the_components_have_no_barrier_no_error_and_fit(window: Any, size: tuple[int, int]) -> None:
    view = _signed_in(window, size)
    view.page.wait_for_selector("[data-map][data-drawn]", timeout=30000)
    view.keep_picture(f"style-{size[0]}")
    assert view.barriers() == []
    assert view.overflow() <= 0
    assert view.faults == []


def test_the_dark_colours_have_enough_contrast(window: Any) -> None:
    view = _signed_in(window, WALL)
    view.go("/style?theme=dark")
    view.keep_picture("style-dark-3840")
    assert view.barriers() == []


def test_a_list_is_walked_opened_and_picked_by_keyboard(window: Any) -> None:
    page = _signed_in(window, DESK).page
    for key in ("j", "j", "k", "j"):
        page.keyboard.press(key)
    assert page.get_attribute("tr[aria-selected=true]", "data-href") == "#case-2"
    page.keyboard.press("x")
    expect(page.locator("[data-bulk-count]")).to_have_text("1", use_inner_text=True)
    page.keyboard.press("Enter")
    page.wait_for_url("**#case-2")


def test_letters_typed_into_a_field_stay_letters(window: Any) -> None:
    page = _signed_in(window, DESK).page
    page.keyboard.press("/")
    page.keyboard.type("jx?")
    expect(page.locator("[data-search]")).to_have_value("jx?")
    assert page.query_selector("tr[aria-selected=true]") is None
    assert not page.evaluate("document.getElementById('keyboard-help').open")


def test_the_keyboard_help_opens_and_escape_closes_it(window: Any) -> None:
    page = _signed_in(window, DESK).page
    page.keyboard.press("?")
    assert page.evaluate("document.getElementById('keyboard-help').open")
    page.keyboard.press("Escape")
    assert not page.evaluate("document.getElementById('keyboard-help').open")


def test_a_filter_is_its_address_and_can_be_kept(window: Any) -> None:
    page = _signed_in(window, DESK).page
    page.select_option("[name=state]", "working")
    page.wait_for_url("**/style?state=working")
    page.click(".save-filter > summary")
    page.fill(".save-filter [name=name]", "在办的")
    page.press(".save-filter [name=name]", "Enter")
    page.wait_for_selector(".saved-filter")
    page.goto(page.url.partition("?")[0])
    page.click(".saved-filter a:text-is('在办的')")
    page.wait_for_url("**/style?state=working")
    page.click(".saved-filter button")
    page.wait_for_selector(".saved-filter", state="detached")


def test_the_lamp_opens_its_reasons(window: Any) -> None:
    page = _signed_in(window, DESK).page
    assert not page.is_visible(".lamp-why li")
    page.click("details.lamp summary >> nth=0")
    expect(page.locator(".lamp-why li >> nth=0")).to_contain_text("计时", use_inner_text=True)


def test_the_account_stands_on_every_copy_of_the_screen(window: Any) -> None:
    page = _signed_in(window, DESK).page
    expect(page.locator(".watermark")).to_contain_text("孙海")
