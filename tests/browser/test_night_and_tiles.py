"""Maps and charts when night falls, and online tiles where they are set."""

import io
import re
from typing import Any

import numpy as np
import pytest
from django.test import override_settings
from PIL import Image
from playwright.sync_api import expect

from huying.geo.datums import Datum, convert
from tests.browser.conftest import DESK, PASSWORD, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
HOST = "https://tiles.example.cn"
# (longitude, latitude): the district of the demonstration, the far north-west, and a place outside.
PLACES = ((113.94, 22.55), (87.6, 43.8), (2.35, 48.85))


def _style_page(view: Any) -> Any:
    page = view.go("/account/sign-in?next=/account/")
    page.fill("[name=login]", "sun")
    page.fill("[name=password]", PASSWORD)
    page.click("main .button-first")
    page.wait_for_url("**/account/")
    page.emulate_media(color_scheme="light")
    return page


def _light_of(view: Any, selector: str) -> float:
    """How light the part is on the average, 0–255."""
    shot = Image.open(io.BytesIO(view.page.locator(selector).first.screenshot())).convert("L")
    return float(np.asarray(shot).mean())


def test_maps_and_charts_turn_dark_with_the_device_and_paper_stays_white(window: Any, site: Any) -> None:
    view = window(DESK)
    page = _style_page(view)
    page.context.add_cookies([{"name": "theme", "value": "auto", "url": site.url}])
    view.go("/style")
    page.wait_for_selector("[data-map][data-drawn]", timeout=30_000)
    page.wait_for_function("document.querySelector('.chart-canvas canvas')")
    parts = (".map-canvas", ".chart-canvas", ".panel")
    by_day = [_light_of(view, part) for part in parts]
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(400)
    by_night = [_light_of(view, part) for part in parts]
    assert min(by_day) > 150, by_day
    assert max(by_night) < 80, by_night
    page.emulate_media(color_scheme="dark", media="print")
    assert (
        page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--ink').trim()")
        == "#1b2129"
    )
    assert view.faults == []


def test_a_choice_holds_without_scripts_whatever_the_device_says(window: Any) -> None:
    view = window(PHONE, java_script_enabled=False, color_scheme="light")
    page = view.go("/track")
    for choice, darkest, lightest in (("深色", 0, 40), ("浅色", 220, 255)):
        # A photograph taken while one page gives way to the next fails.
        with page.expect_navigation(wait_until="load"):
            page.click(f".theme-choice button:text-is('{choice}')")
        expect(page).to_have_url(re.compile("/track$"))
        colour = Image.open(io.BytesIO(page.screenshot())).convert("L").getpixel((2, 300))
        assert darkest <= colour <= lightest


@pytest.mark.parametrize("datum", ["cgcs2000", "gcj02"])
def test_online_tiles_lie_under_the_map_where_they_are_set(window: Any, datum: str) -> None:
    view, asked = window(DESK, bypass_csp=True), []

    def tile(route: Any) -> None:
        asked.append(route.request.url)
        picture = io.BytesIO()
        Image.new("RGB", (256, 256), (240, 120, 40)).save(picture, "PNG")
        route.fulfill(
            body=picture.getvalue(), content_type="image/png", headers={"access-control-allow-origin": "*"}
        )

    page = _style_page(view)
    page.route(f"{HOST}/**", tile)
    with override_settings(
        HUYING_TILES=[HOST + "/{z}/{x}/{y}.png"], HUYING_TILES_DATUM=datum, HUYING_TILES_CREDIT="示意底图"
    ):
        view.go("/style")
        page.wait_for_selector("[data-map][data-drawn]", timeout=30_000)
        page.wait_for_timeout(600)
    assert asked
    assert all(re.fullmatch(HOST + r"/\d+/\d+/\d+\.png", one) for one in asked), asked[:3]
    red, _green, blue = (
        Image.open(io.BytesIO(page.locator(".map-canvas").screenshot())).convert("RGB").getpixel((40, 200))
    )
    assert red > blue + 60
    expect(page.locator(".map-canvas")).to_contain_text("示意底图", use_inner_text=True)
    assert view.faults == []


def test_the_shift_of_tiles_is_the_one_of_our_data(window: Any) -> None:
    page = window().go("/track")
    for lon, lat in PLACES:
        east, north = page.evaluate(
            """async at => {
                const beside = document.querySelector('script[type=module]').src;
                return (await import(new URL('gcj02.js', beside))).fromWgs(...at);
            }""",
            [lon, lat],
        )
        assert (east, north) == pytest.approx(convert(lon, lat, Datum.WGS84, Datum.GCJ02), abs=1e-9)
