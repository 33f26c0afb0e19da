"""The command screen on a real server: a new case appears by itself, nothing else moves, a break loses nothing."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, WALL, Window
from tests.journeys.instance import Instance, folder, kill_all
from tests.people.cast import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.slow]
SECONDS = 1000
# Where the street's outline lies on the screen, in pixels of the page: [left, top, right, bottom].
OUTLINE = """async () => {
  const { mapOf } = await import(document.querySelector('script[src*="/js/"]').src.replace(/[^/]+$/, 'map.js'));
  const map = mapOf('wall-map'), frame = map.getContainer().getBoundingClientRect();
  const [west, east, south, north] = [114.25, 114.35, 22.65, 22.78];
  const least = map.project([west, north]), most = map.project([east, south]);
  return [frame.left + least.x, frame.top + least.y, frame.left + most.x, frame.top + most.y];
}"""


@pytest.fixture(scope="module")
def instance() -> Iterator[Instance]:
    with folder() as made:
        own = Instance(made / "data")
        own.migrate()
        own.run("tests.live.inside", "prepare")
        own.run("tests.live.inside", "receive", "6")
        with own.served():
            yield own


@pytest.fixture
def screen(instance: Instance, chromium: Any) -> Iterator[Any]:
    """Opens the screen in a window of a size, signed in."""
    contexts = []

    def opened(size: tuple[int, int], login: str = "jiandu", **options: Any) -> Window:
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="zh-CN", **options
        )
        contexts.append(context)
        view = Window(context.new_page(), instance.address)
        view.page.on("pageerror", lambda error: view.faults.append(str(error)))
        view.page.on("console", lambda said: said.type == "error" and view.faults.append(said.text))
        view.page.on(
            "request", lambda one: one.url.startswith(instance.address) or view.faults.append(one.url)
        )
        page = view.go("/account/sign-in?next=/command/")
        page.fill("[name=login]", login)
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit], main .button-first")
        page.wait_for_url("**/command/")
        return view

    yield opened
    for context in contexts:
        context.close()


def _live(view: Window) -> Any:
    view.page.wait_for_selector(".wall-live[data-state=on]", timeout=20 * SECONDS)
    view.page.wait_for_selector("[data-map][data-drawn]", timeout=30 * SECONDS)
    return view.page


def _number(page: Any, key: str) -> int:
    return int(page.inner_text(f'[data-figure="{key}"]'))


def _await_number(page: Any, key: str, number: int) -> None:
    page.wait_for_function(
        "([key, number]) => document.querySelector(`[data-figure='${key}']`)?.textContent === String(number)",
        arg=[key, number],
        timeout=15 * SECONDS,
    )


def test_a_new_case_appears_on_the_wall_by_itself(instance: Instance, screen: Any) -> None:
    wall, other = screen(WALL), screen(DESK, "jie2")
    page, theirs = _live(wall), _live(other)
    _await_number(page, "received", _number(page, "received"))
    before = _number(page, "received")
    [case] = instance.run("tests.live.inside", "receive", "1")["cases"]
    page.wait_for_selector(f'.happenings li[data-case="{case}"].changed', timeout=5 * SECONDS)
    _await_number(page, "received", before + 1)
    assert page.query_selector('[data-figure="received"].changed')
    assert case not in theirs.content()
    wall.keep_picture("command-3840")
    assert wall.barriers() == []
    assert wall.overflow() <= 0
    assert wall.faults == other.faults == []


def test_nothing_is_put_anew_while_nothing_happens(screen: Any) -> None:
    page = _live(screen(DESK))
    page.wait_for_timeout(1500)
    page.evaluate("document.querySelector('[data-figure=open]').theSame = true")
    with page.expect_response("**/command/now*"):
        page.click("[data-again]")
    page.wait_for_timeout(500)
    assert page.evaluate("document.querySelector('[data-figure=open]').theSame")
    assert not page.query_selector("[data-part] .changed")


def test_what_happens_during_a_break_is_there_after_it(instance: Instance, screen: Any) -> None:
    page = _live(screen(DESK))
    kill_all(instance.web())
    page.wait_for_selector(".wall-live[data-state=off]", timeout=20 * SECONDS)
    assert re.match(r"不是最新，停在 \d\d:\d\d:\d\d · 连接断了", page.inner_text("[data-live-said]"))
    cases = instance.run("tests.live.inside", "receive", "3")["cases"]
    for case in cases:
        page.wait_for_selector(f'.happenings li[data-case="{case}"]', timeout=60 * SECONDS)
    page.wait_for_selector(".wall-live[data-state=on]", timeout=20 * SECONDS)
    told = page.eval_on_selector_all(
        ".happenings li", "lines => lines.map(line => line.dataset.case + line.innerText)"
    )
    assert len(told) == len(set(told))


@pytest.mark.parametrize("size", [PHONE, DESK, (1920, 1080)])
def test_it_fits_a_phone_a_desk_and_a_projector(screen: Any, size: tuple[int, int]) -> None:
    view = screen(size)
    _live(view)
    view.keep_picture(f"command-{size[0]}")
    assert view.barriers() == []
    assert view.overflow() <= 0
    assert view.faults == []


def test_without_scripts_it_is_a_page_with_the_same_numbers(screen: Any) -> None:
    view = screen(DESK, java_script_enabled=False)
    expect(view.page.locator(".wall-live")).to_contain_text("数据截至", use_inner_text=True)
    assert _number(view.page, "open") >= 6
    assert view.page.query_selector(".happenings li a")


def test_the_whole_area_is_in_sight_below_the_key(instance: Instance, screen: Any) -> None:
    instance.run("tests.live.inside", "outline")
    view = screen(WALL)
    page = _live(view)
    page.wait_for_timeout(1500)
    left, top, right, bottom = page.evaluate(OUTLINE)
    frame, key = page.locator(".wall-map").bounding_box(), page.locator(".wall-note").bounding_box()
    assert key["y"] + key["height"] < top < bottom < frame["y"] + frame["height"]
    assert frame["x"] < left < right < frame["x"] + frame["width"]
    assert bottom - top > 0.75 * frame["height"]
    assert view.faults == []
