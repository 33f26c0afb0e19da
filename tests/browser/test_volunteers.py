"""A volunteer's phone and a station's desk in a real browser: coming, checking in at the place, without barriers."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from huying.access.actor import system
from huying.access.roles import Role
from huying.kernel import clock
from huying.people import actions
from huying.people.actions import NewPost
from huying.places.queries import forget
from huying.volunteers.actions import muster, register
from huying.volunteers.queries import link_of
from tests.browser.conftest import DESK, PASSWORD, PHONE, Site
from tests.cast import COMMUNITY, DISTRICT
from tests.people.cast import enter
from tests.teams.conftest import draw
from tests.volunteers.conftest import SPOT, called, volunteer

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.slow]
# China's own datum lies some metres beside the one of phones; the muster allows for more.
AT = {"longitude": SPOT[0], "latitude": SPOT[1]}


@pytest.fixture(scope="module")
def stocked(site: Site, django_db_blocker: Any) -> tuple[str, str, int]:
    """A station's session, the link of somebody who was called, and the muster, which begins in half an hour."""
    with django_db_blocker.unblock():
        forget(DISTRICT)
        draw(site.cast)
        by, now = system(DISTRICT), clock.now()
        who = register(by, volunteer("张小明", skills=["clean", "first_aid"]), "13900000001", now).id
        new = called(
            starts_at=now + timedelta(minutes=30), ends_at=now + timedelta(hours=2), words="带手套。"
        )
        number = muster(by, new, "browser", now)[0]
        post = NewPost(Role.COMMUNITY_STATION, COMMUNITY, site.cast.street_body)
        made = actions.create_account(
            by, "zhan1", "站长", [post], now, password=PASSWORD, must_change_password=False
        )
        client = Client()
        enter(client, made)
    return client.cookies["sessionid"].value, link_of(DISTRICT, number, who), number


def test_one_comes_and_checks_in_at_the_place(stocked: tuple[str, str, int], window: Any) -> None:
    _session, link, _number = stocked
    view = window(PHONE, geolocation=AT, permissions=["geolocation"])
    page = view.go(f"/volunteer/called/{link}")
    view.keep_picture("volunteer-called")
    assert (view.barriers(), view.overflow()) == ([], 0)
    sizes = page.locator("main button:visible, main a.button:visible").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 44
    page.click("text=我能去")
    page.wait_for_selector("text=名额给您留好了")
    page.click("text=我到了，签到")
    page.wait_for_selector("text=已签到")
    page.click("text=我走了，签退")
    page.wait_for_selector("text=已签退")
    view.keep_picture("volunteer-done")
    assert (view.barriers(), view.overflow(), view.faults) == ([], 0, [])


@pytest.mark.parametrize("path", ["/volunteer/", "/volunteer/enter"])
def test_what_everybody_sees_has_no_barriers(stocked: tuple[str, str, int], window: Any, path: str) -> None:
    view = window(PHONE)
    view.go(path)
    assert (view.barriers(), view.overflow(), view.faults) == ([], 0, [])


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_desk_has_no_barriers(stocked: tuple[str, str, int], window: Any, size: tuple[int, int]) -> None:
    session, _link, number = stocked
    view = window(size)
    view.page.context.add_cookies([{"name": "sessionid", "value": session, "url": view.url}])
    for name in ("", "new", f"{number}", "people/", "people/new", "units/", "lists/", "projects/", "figures"):
        view.go(f"/volunteers/{name}")
        assert (name, view.barriers(), view.overflow()) == (name, [], 0)
    view.keep_picture(f"volunteers-{'desk' if size == DESK else 'phone'}")
    assert view.faults == []
