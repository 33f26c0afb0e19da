"""Residents' pages on a phone: light, open to everybody, and of use without scripts."""

import io
import random
import re
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from huying.cases.models import Appeal, Attachment
from tests.browser.conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
TEXT = "小区北门消防通道天天被三轮车堵着"
FIRST_PAGE_BYTES = 100 * 1024


def _report(page: Any, **fields: str) -> str:
    """Send a report from the form; the receipt number."""
    for name, value in {"text": TEXT, **fields}.items():
        page.fill(f"[name={name}]", value)
    page.click("main .button-first")
    page.wait_for_url("**/receipt/*")
    return str(page.url).rsplit("/", 1)[1]


def test_under_a_finger_what_is_said_of_a_link_stands_below_its_name(window: Any, site: Any) -> None:
    """Only a phone's own pointer is coarse, and what a finger needs must not lay pages out anew."""
    view = window(PHONE, is_mobile=True)
    page = view.go("/")
    assert page.evaluate("matchMedia('(pointer: coarse)').matches")
    ways = page.evaluate(
        "[...document.querySelectorAll('.way')].map(way => way.querySelector('span').getBoundingClientRect().top"
        " - way.querySelector('strong').getBoundingClientRect().bottom)"
    )
    assert len(ways) == 4
    assert min(ways) >= 0
    page.evaluate(
        "document.querySelector('main').innerHTML = '<ul class=questions><li><a href=/><strong>问</strong>"
        "<span>答</span></a></li></ul>'"
    )
    boxes = [page.locator(f".questions {part}").bounding_box() for part in ("strong", "span")]
    assert boxes[1]["y"] >= boxes[0]["y"] + boxes[0]["height"]


LETTERS = {
    "twice as large": "html { font-size: 212.5% !important; }",
    "further apart": "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; "
    "word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }",
}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_large_or_wide_letters_stay_on_a_narrow_screen(window: Any, site: Any, language: str) -> None:
    """WCAG 1.4.4, 1.4.10 and 1.4.12, at 320 px."""
    view = window((320, 640), bypass_csp=True)
    view.page.context.add_cookies([{"name": "django_language", "value": language, "url": site.url}])
    number = _report(view.go("/report"), phone="13812346677")
    wide = {}
    for path in ("/", "/report", "/track", f"/track/{number}", f"/receipt/{number}", "/public"):
        view.go(path)
        for name, style in LETTERS.items():
            added = view.page.add_style_tag(content=style)
            if view.overflow() > 0:
                wide[path, name] = view.overflow()
            added.evaluate("style => style.remove()")
    assert wide == {}


def test_reporting_and_following_need_no_script(window: Any) -> None:
    view = window(java_script_enabled=False)
    number = _report(view.go("/report"), phone="13812346677")
    view.keep_picture("resident-receipt-plain")
    expect(view.page.locator("h1")).to_contain_text("已收到您反映的事", use_inner_text=True)
    view.page.click("text=看办理进度")
    expect(view.page.locator("h1")).to_contain_text("收到了，正在受理", use_inner_text=True)
    view.keep_picture("resident-track-plain")
    expect(view.page).to_have_url(re.compile(re.escape(number)))


def test_the_track_has_no_barrier_and_can_be_verified(window: Any) -> None:
    view = window()
    number = _report(view.go("/report"))
    view.go(f"/track/{number}")
    assert view.barriers() == []
    view.page.click("text=核对记录有没有被改过")
    view.page.click("text=现在核对")
    expect(view.page.locator("#proof")).to_contain_text("没有被改过", use_inner_text=True)
    assert view.barriers() == []
    view.keep_picture("resident-track")
    assert view.faults == []


def test_the_first_page_is_light_and_asks_nobody_else(window: Any, site: Any) -> None:
    view = window()
    asked: list[str] = []
    view.page.on("request", lambda request: asked.append(request.url))
    view.go("/report")
    view.page.wait_for_load_state("networkidle")
    sizes = "performance.getEntriesByType('resource').map(e => e.encodedBodySize)"
    page = "performance.getEntriesByType('navigation')[0].encodedBodySize"
    assert 0 < sum(view.page.evaluate(sizes)) + view.page.evaluate(page) < FIRST_PAGE_BYTES
    assert all(url.startswith(site.url) for url in asked)


def test_a_form_pressed_twice_makes_one_appeal(window: Any) -> None:
    view = window()
    page = view.go("/report")
    page.fill("[name=text]", "连按两次的诉求")
    page.evaluate("document.querySelectorAll('main .button-first').forEach(b => { b.click(); b.click(); })")
    page.wait_for_url("**/receipt/*")
    assert Appeal.objects.filter(text="连按两次的诉求").count() == 1


def test_what_was_typed_outlives_the_page_but_the_phone_number_does_not(window: Any) -> None:
    view = window()
    page = view.go("/report")
    page.fill("[name=text]", "写到一半的诉求")
    page.fill("[name=phone]", "13812346677")
    page.wait_for_selector("[data-saved-note]:not(:empty)")
    page.reload()
    expect(page.locator("[name=text]")).to_have_value("写到一半的诉求")
    expect(page.locator("[name=phone]")).to_have_value("")
    assert "13812346677" not in page.evaluate("JSON.stringify(localStorage)")
    _report(page)
    page.goto(f"{view.url}/report")
    expect(page.locator("[name=text]")).to_have_value("")


def test_just_here_fills_in_the_position(window: Any) -> None:
    view = window(geolocation={"longitude": 113.94, "latitude": 22.55}, permissions=["geolocation"])
    page = view.go("/report")
    page.click("[data-locate]")
    page.wait_for_selector("[data-place-note]:text('已取得')")
    assert float(page.input_value("[name=lon]")) == pytest.approx(113.94)
    expect(page.locator("[data-place-note]")).to_contain_text("已取得您现在的位置", use_inner_text=True)
    page.reload()
    page.wait_for_selector("[data-place-note]:text('已记下位置')")
    assert float(page.input_value("[name=lon]")) == pytest.approx(113.94)
    page.click("[data-unplace]")
    assert page.evaluate("document.activeElement.name") == "place"
    page.reload()
    page.wait_for_selector("html[data-ready]", state="attached")
    expect(page.locator("[name=lon]")).to_have_value("")
    assert not page.is_visible("[data-unplace]")


def test_a_large_photo_is_made_small_before_it_is_sent(window: Any) -> None:
    noise = random.Random(1).randbytes(2400 * 1800 * 3)
    picture = io.BytesIO()
    Image.frombytes("RGB", (2400, 1800), noise).save(picture, "JPEG", quality=95)
    view = window()
    page = view.go("/report")
    photo = {"name": "大图.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}
    page.set_input_files("[name=photos]", [photo])
    page.wait_for_selector("figure[data-name] img")
    page.wait_for_function("document.querySelector('figure[data-name] img').naturalWidth === 1600")
    expect(page.locator("[name=waiting]")).not_to_have_value("")
    _report(page)
    assert Attachment.objects.filter(width=1600).count() == 1


def test_photos_outlive_a_break_and_a_closed_page(window: Any) -> None:
    view = window()
    page = view.go("/report")
    page.fill("[name=text]", "断网时拍的照片")
    page.set_input_files("[name=photos]", [_photo(1)])
    page.wait_for_selector("figure[data-name]")
    page.context.set_offline(True)
    page.set_input_files("[name=photos]", [_photo(2)])
    page.wait_for_selector("figure:has-text('等信号好了再传')")
    page.context.set_offline(False)
    page.goto(f"{view.url}/report")
    page.wait_for_selector("figure[data-name] >> nth=1")
    _report(page, text="断网时拍的照片")
    kept = Attachment.objects.filter(appeal_id=Appeal.objects.get(text="断网时拍的照片").id)
    assert kept.count() == 2
    page.goto(f"{view.url}/report")
    expect(page.locator("figure")).to_have_count(0)


def _photo(shade: int) -> dict[str, Any]:
    picture = io.BytesIO()
    Image.new("RGB", (80, 60), (40 * shade, 90, 80)).save(picture, "JPEG")
    return {"name": f"{shade}.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}


def test_elder_mode_is_larger_and_offers_less(window: Any) -> None:
    view = window()
    page = view.go("/")
    before = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    with page.expect_navigation(wait_until="load"):
        page.click("text=长者模式")
    expect(page.locator("html[data-elder]")).to_have_count(1)
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= before * 1.2
    assert not page.is_visible("text=English")
    view.go("/report")
    assert view.barriers() == []
    assert view.overflow() <= 0
    view.keep_picture("resident-report-elder")


def test_a_point_is_picked_on_our_own_map(window: Any) -> None:
    view = window()
    page = view.go("/report")
    page.click("[data-pin]")
    page.wait_for_selector(".pin-map canvas", timeout=20000)
    page.wait_for_timeout(1500)
    page.click(".pin-map canvas", position={"x": 90, "y": 190})
    page.wait_for_selector("[data-pin-done]:not([disabled])")
    view.keep_picture("resident-pin")
    # The first tap comes closer to where it fell; a thumb finds what is on the map.
    canvas = page.locator(".pin-map canvas").bounding_box()
    pin = page.locator(".pin-map .maplibregl-marker").bounding_box()
    assert abs(pin["x"] + pin["width"] / 2 - canvas["x"] - canvas["width"] / 2) < 4
    assert abs(pin["y"] + pin["height"] - canvas["y"] - canvas["height"] / 2) < 12
    nearer = page.locator(".pin-map .maplibregl-ctrl-zoom-in").bounding_box()
    assert min(nearer["width"], nearer["height"]) >= 44
    assert not page.is_visible("text=用键盘的")
    page.click("[data-pin-done]")
    expect(page.locator("[name=lat]")).not_to_have_value("")
    assert view.faults == []


def test_another_address_takes_the_point_of_the_one_before_away_also_from_a_draft(window: Any) -> None:
    view = window(service_workers="block")
    offered = '<button type="button" data-place="富兴路口" data-lon="114.3" data-lat="22.7">富兴路口</button>'
    view.page.route("**/report/places", lambda route: route.fulfill(body=offered, content_type="text/html"))
    page = view.go("/report")
    page.type("[name=place]", "富兴")
    page.click("[data-place]")
    page.wait_for_selector("[data-saved-note]:not(:empty)")
    page.reload()
    page.wait_for_selector("html[data-ready]", state="attached")
    expect(page.locator("[name=lon]")).to_have_value("114.300000")
    page.fill("[name=place]", "")
    page.type("[name=place]", "别处")
    expect(page.locator("[name=lon]")).to_have_value("")
    page.wait_for_selector("[data-place]")
    assert view.faults == []
