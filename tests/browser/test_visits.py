"""Homes and visits in a browser: at a desk and on a phone, no barrier, nothing too wide; the form at the door."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from huying.access.roles import Role
from huying.kernel import clock
from huying.people import actions
from huying.people.actions import NewPost
from huying.visits.actions import add_visit, make_plan
from huying.visits.models import Record, Visit
from tests.browser.conftest import DESK, PASSWORD, PHONE, Site
from tests.cast import COMMUNITY, GRID, STREET
from tests.people.cast import enter
from tests.residents.conftest import housed

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def visited(site: Site, django_db_blocker: Any) -> tuple[str, int, int, int]:
    """A grid worker's session who also plans, somebody to be visited, the building, and today's visit."""
    with django_db_blocker.unblock():
        homes, now = housed(site.cast), clock.now()
        posts = [
            NewPost(Role.GRID_WORKER, GRID, site.cast.street_body),
            NewPost(Role.COMMUNITY_STATION, COMMUNITY, site.cast.street_body),
        ]
        account = actions.create_account(
            site.cast.system, "wangge", "王秀英", posts, now, password=PASSWORD, must_change_password=False
        )
        person = homes.live(phone="13800001111", note="听力不好，敲门重一点")
        visit = add_visit(site.cast.system, person, timezone.localdate(now), now)
        make_plan(site.cast.system, STREET, timezone.localdate(now), now)
        client = Client()
        enter(client, account)
        return client.cookies["sessionid"].value, person, homes.building, visit


@pytest.mark.parametrize(("size", "name"), [(DESK, "desk"), (PHONE, "phone")])
def test_no_page_has_a_barrier_or_is_too_wide(
    visited: tuple[str, int, int, int], site: Site, window: Any, size: tuple[int, int], name: str
) -> None:
    session, person, building, visit = visited
    view = window(size)
    view.page.context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
    pages = {
        "list": "/residents/", "card": f"/residents/{person}", "new": "/residents/new", "kinds": "/residents/kinds",
        "buildings": "/residents/buildings/", "building": f"/residents/buildings/{building}", "day": "/visits/",
        "visit": f"/visits/{visit}", "plan": "/visits/plan", "missed": "/visits/missed", "setting": "/visits/setting",
    }  # fmt: skip
    for title, path in pages.items():
        view.go(path)
        assert view.barriers() == [], path
        assert view.overflow() <= 0, path
        assert view.faults == [], path
        view.keep_picture(f"visits-{title}-{name}")


def test_the_form_at_the_door_is_filled_in_with_a_thumb(
    visited: tuple[str, int, int, int], site: Site, window: Any
) -> None:
    session, _person, _building, visit = visited
    view = window(PHONE)
    view.page.context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
    page = view.go(f"/visits/{visit}")
    for field, value in (("outcome", "met"), ("q.well", "好"), ("q.food", "no"), ("q.gas", "no")):
        page.locator(f'input[name="{field}"][value="{value}"]').check()
    page.get_by_role("button", name="登记走访").click()
    # Two questions of somebody's kind were left out: what was answered stays.
    page.wait_for_selector(".wrongs")
    assert page.locator('input[name="q.well"][value="好"]').is_checked()
    for field, value in (("q.elder_alone.fall", "no"), ("q.elder_alone.button", "yes")):
        page.locator(f'input[name="{field}"][value="{value}"]').check()
    page.get_by_role("button", name="登记走访").click()
    page.wait_for_url("**/visits/")
    assert Record.objects.filter(visit_id=visit).count() == 1
    assert Visit.objects.get(id=visit).done_at is not None
