"""A grid is split on the map, previewed, put in force, and merged back; by mouse, by keyboard, without barriers."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import expect

from huying.access.roles import Role
from huying.cases.actions import NewAppeal, receive
from huying.kernel import clock
from huying.people import actions
from huying.people.actions import NewPost
from huying.places import queries
from huying.places.actions import put_areas
from huying.places.rules.drafts import AreaDraft
from huying.places.rules.levels import Level
from tests.browser.conftest import DESK, PASSWORD, PHONE, Site
from tests.cast import COMMUNITY, DISTRICT, GRID
from tests.people.cast import enter
from tests.places.conftest import box
from tests.places.test_redrawing import at

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
EAST, NEW = f"{COMMUNITY}002", f"{COMMUNITY}003"
# What the page's own map shows: its labels, its uppermost layer, and how much of the frame its areas take.
SHOWN = """async () => {
  const { mapOf } = await import(document.querySelector('script[src*="/js/"]').src.replace(/[^/]+$/, 'map.js'));
  const map = mapOf('areas'), canvas = map.getCanvas();
  const pairs = map.querySourceFeatures('areas').flatMap(one => one.geometry.coordinates.flat(1));
  const spots = pairs.map(pair => map.project(pair));
  const span = (values, whole) => (Math.max(...values) - Math.min(...values)) / whole;
  const across = span(spots.map(one => one.x), canvas.clientWidth);
  const upright = span(spots.map(one => one.y), canvas.clientHeight);
  const labels = map.queryRenderedFeatures({ layers: ['names'] }).map(one => one.properties.label);
  return { labels, last: map.getStyle().layers.at(-1).id, fills: Math.max(across, upright) };
}"""
ON_MAP = "pair => { const at = document.querySelector('[data-area-editor]').map.project(pair); return [at.x, at.y]; }"


@pytest.fixture(scope="module")
def ground(site: Site, django_db_blocker: Any) -> Iterator[str]:
    """One community of two grids with some cases in them, and who draws its borders."""
    drafts = [
        AreaDraft("青石街道", Level.STREET, box(0, 0, 1, 1)),
        AreaDraft("老渡社区", Level.COMMUNITY, box(0, 0, 1, 0.5)),
        AreaDraft("第1网格", Level.GRID, box(0, 0, 0.5, 0.5)),
        AreaDraft("第2网格", Level.GRID, box(0.5, 0, 0.5, 0.5)),
    ]
    spots = [at(0.1, 0.05), at(0.2, 0.05), at(0.3, 0.1), at(0.2, 0.4), at(0.7, 0.2)]
    with django_db_blocker.unblock():
        now = clock.now()
        put_areas(DISTRICT, drafts, now=now - timedelta(days=90), source="测绘")
        new = [NewAppeal(text="路灯不亮", channel="web", area=GRID, lon=lon, lat=lat) for lon, lat in spots]
        receive(DISTRICT, new, by=site.cast.system, now=now)
        post = NewPost(Role.ADMINISTRATOR, str(DISTRICT))
        made = actions.create_account(
            site.cast.system, "gao", "高敏", [post], now, password=PASSWORD, must_change_password=False
        )
        # Administrators owe a second factor; how it is set up is tested elsewhere.
        client = Client()
        enter(client, made)
    yield client.cookies["sessionid"].value
    queries.forget(DISTRICT)


def _enter(opened: Any, session: str) -> None:
    opened.page.context.add_cookies([{"name": "sessionid", "value": session, "url": opened.url}])


def _begin(opened: Any) -> Any:
    page = opened.go(f"/admin/areas?in={COMMUNITY}")
    page.get_by_role("button", name="改边界").click()
    return _drawn(page)


def _drawn(page: Any) -> Any:
    page.wait_for_selector("[data-area-editor][data-drawn]", state="attached")
    return page


def test_the_areas_fill_their_map_and_no_dot_lies_over_a_name(window: Any, ground: str) -> None:
    opened = window(DESK)
    _enter(opened, ground)
    page = opened.go("/admin/areas")
    page.wait_for_selector("[data-map][data-drawn]")
    page.wait_for_timeout(1000)
    shown = page.evaluate(SHOWN)
    assert (shown["labels"], shown["last"]) == (["青石街道"], "names")
    assert shown["fills"] > 0.75
    frame = page.locator(".map-canvas").bounding_box()
    assert frame["width"] < 1.5 * frame["height"]
    assert opened.faults == []


def _spot(page: Any, pair: tuple[float, float]) -> tuple[float, float]:
    x, y = page.evaluate(ON_MAP, list(pair))
    box = page.locator(".maplibregl-canvas").bounding_box()
    return box["x"] + x, box["y"] + y


def _decide(page: Any, reason: str) -> None:
    page.fill("[name=force-reason]", reason)
    page.get_by_role("button", name="定下来，按日期生效").click()
    page.wait_for_load_state()


def _grid(pair: tuple[float, float]) -> str:
    queries.forget(DISTRICT)
    located = queries.locate_point(DISTRICT, *pair)
    return located.grid if located else ""


def test_a_grid_is_split_on_the_map_and_merged_back(window: Any, ground: str) -> None:
    opened = window(DESK)
    _enter(opened, ground)
    page = _begin(opened)
    for pair in (at(-0.02, 0.2), at(0.25, 0.25), at(0.52, 0.2)):
        page.mouse.click(*_spot(page, pair))
    expect(page.locator(f"[value='{GRID}']")).to_be_checked()
    assert page.input_value("[name=points]").count("\n") == 2
    page.fill("[name=name]", "渡口网格")
    opened.keep_picture("areas-split-drawn")
    page.get_by_role("button", name="做这一步").click()
    page.wait_for_selector("text=新设")
    _drawn(page)
    expect(page.locator(".redraw-caption")).to_contain_text(
        "近 30 天的案件有 3 件会换区域", use_inner_text=True
    )
    assert opened.barriers() == []
    opened.keep_picture("areas-split-preview")
    assert _grid(at(0.2, 0.1)) == GRID
    _decide(page, "3 号纪要")
    page.wait_for_selector("text=3 号纪要")
    assert _grid(at(0.2, 0.1)) == NEW
    assert _grid(at(0.2, 0.4)) == GRID
    listed = opened.go(f"/admin/areas?in={COMMUNITY}").inner_text("table.list")
    assert all(name in listed for name in ("第1网格", "第2网格", "渡口网格"))
    opened.keep_picture("areas-after-split")
    page = _begin(opened)
    page.check("[name=kind][value=merge]")
    for pair in (at(0.2, 0.4), at(0.2, 0.1)):
        page.mouse.click(*_spot(page, pair))
    expect(page.locator(f"[value='{NEW}']")).to_be_checked()
    page.get_by_role("button", name="做这一步").click()
    page.wait_for_selector("text=撤销")
    _drawn(page)
    opened.keep_picture("areas-merge-preview")
    _decide(page, "合回去")
    page.wait_for_selector("text=合回去")
    assert _grid(at(0.2, 0.1)) == GRID
    assert opened.barriers() == []
    assert opened.faults == []


def test_a_border_is_dragged_and_taken_back_by_keys(window: Any, ground: str) -> None:
    opened = window(DESK)
    _enter(opened, ground)
    page = _begin(opened)
    page.check("[name=kind][value=move]")
    page.mouse.move(*_spot(page, at(0.5, 0.25)))
    page.mouse.down()
    page.mouse.move(*_spot(page, at(0.45, 0.25)), steps=4)
    page.mouse.up()
    page.wait_for_selector(".redraw-steps li")
    _drawn(page)
    opened.keep_picture("areas-border-moved")
    assert page.inner_text(".redraw-list").count("边界变") == 2
    page.locator("h1").click()
    page.keyboard.press("Control+z")
    page.wait_for_selector("text=还没有改动")
    assert opened.faults == []


def test_without_a_mouse_a_line_is_drawn_and_a_refusal_keeps_it(window: Any, ground: str) -> None:
    opened = window(DESK)
    _enter(opened, ground)
    page = _begin(opened)
    page.focus(".maplibregl-canvas")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    page.wait_for_timeout(600)
    page.keyboard.press("Enter")
    typed = page.input_value("[name=points]")
    assert typed.count("\n") == 1
    page.check(f"[value='{GRID}']")
    page.fill("[name=name]", "北网格")
    page.focus("[name=name]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".wrongs")
    _drawn(page)
    assert page.input_value("[name=points]").split() == typed.split()
    expect(page.locator(f"[value='{GRID}']")).to_be_checked()
    assert opened.barriers() == []
    opened.keep_picture("areas-refused")


def test_it_fits_a_phone(window: Any, ground: str) -> None:
    opened = window(PHONE)
    _enter(opened, ground)
    _begin(opened)
    assert opened.overflow() <= 0
    assert opened.barriers() == []
    opened.keep_picture("areas-phone")
    opened.go("/admin/areas/changes")
    assert opened.overflow() <= 0
    assert opened.barriers() == []
    opened.keep_picture("areas-changes-phone")
