"""A plan of grids on the map beside today's: drawn, switched, tied to its list; on a desk and in a hand."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import expect

from huying.access.roles import Role
from huying.kernel import clock
from huying.people import actions
from huying.people.actions import NewPost
from huying.places import queries
from tests.browser.conftest import DESK, PASSWORD, PHONE, Site
from tests.cast import DISTRICT
from tests.gridding.town import drawn, settle
from tests.people.cast import enter

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
FIGURE = "document.querySelector('[data-grid-plan]')"
VISIBLE = f"""layer => {FIGURE}.map.getLayoutProperty(layer, 'visibility') !== 'none'"""
DRAWN = f"""() => new Set({FIGURE}.map.queryRenderedFeatures({{ layers: ['plan-fill'] }}).map(one => one.id)).size"""


@pytest.fixture(scope="module")
def planned(site: Site, django_db_blocker: Any) -> Iterator[tuple[str, int]]:
    """The session of an administrator, and a plan that waits for somebody to decide."""
    with django_db_blocker.unblock():
        settle(site.cast)
        number = drawn(site.cast.administrator, grids=3)
        made = actions.create_account(
            site.cast.system, "gao-min", "高敏", [NewPost(Role.ADMINISTRATOR, str(DISTRICT))], clock.now(),
            password=PASSWORD, must_change_password=False,
        )  # fmt: skip
        client = Client()
        enter(client, made)
    yield client.cookies["sessionid"].value, number
    queries.forget(DISTRICT)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_plan_lies_over_todays_grids_and_is_tied_to_its_list(
    planned: tuple[str, int], window: Any, size: tuple[int, int]
) -> None:
    session, number = planned
    opened = window(size)
    opened.page.context.add_cookies([{"name": "sessionid", "value": session, "url": opened.url}])
    page = opened.go(f"/admin/grids/{number}")
    expect(page.locator("[data-grid-plan][data-drawn]")).to_have_count(1, timeout=20_000)
    assert page.evaluate(DRAWN) == 3
    page.get_by_role("checkbox", name="现在的网格").uncheck()
    assert not page.evaluate(VISIBLE, "today-edge")
    assert page.evaluate(VISIBLE, "plan-edge")
    row = page.locator("[data-plan-grid]").first
    row.click(position={"x": 8, "y": 8})
    expect(row).to_have_attribute("data-here", "")
    assert (opened.overflow(), opened.faults) == (0, [])


def test_a_slider_says_how_much_it_is(planned: tuple[str, int], window: Any) -> None:
    opened = window(DESK)
    opened.page.context.add_cookies([{"name": "sessionid", "value": planned[0], "url": opened.url}])
    page = opened.go("/admin/grids/new")
    slider = page.locator("[name=keep]")
    slider.focus()
    slider.press("End")
    expect(page.locator(".field", has=slider).locator("output")).to_have_text("100")
