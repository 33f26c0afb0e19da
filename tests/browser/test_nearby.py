"""Services near home in a real browser: a position, the nearest, a booking; no barrier, nothing too wide."""

import uuid
from datetime import time, timedelta
from typing import Any

import pytest
import shapely
from django.test import Client

from huying.access.actor import system
from huying.access.roles import Role
from huying.geo.measure import moved
from huying.kernel import clock
from huying.people import actions
from huying.people.actions import NewPost
from huying.places.queries import forget
from huying.services.actions import (
    NewAsk,
    ask,
    draw_circle,
    enter,
    offer,
    open_slots,
    put_homes,
    put_roads,
    report_entry,
)
from huying.services.rules.entries import NewFacility
from huying.services.rules.homes import Spot
from huying.services.rules.kinds import Amenity, EntryFault
from huying.services.rules.slots import NewService, Pattern
from huying.services.rules.walking import ways_of
from tests.browser.conftest import DESK, PASSWORD, PHONE, Site
from tests.cast import COMMUNITY, DISTRICT
from tests.people.cast import enter as sign_in
from tests.teams.conftest import draw

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.slow]
SPOT = (114.005, 22.005)
OFFICE = "周一至周五 09:00-12:00 14:00-17:30；周六 09:00-12:00；节假日 休息"


@pytest.fixture(scope="module")
def stocked(site: Site, django_db_blocker: Any) -> dict[str, Any]:
    """A district dispatcher's session; a centre that offers something, roads, homes, a circle, a report, a booking."""
    with django_db_blocker.unblock():
        forget(DISTRICT)
        draw(site.cast)
        by, now = system(DISTRICT), clock.now()
        has = frozenset({Amenity.MOTHER_BABY, Amenity.STEP_FREE})
        centre = enter(
            by, NewFacility(kind="community_centre", name="老渡社区党群服务中心", lon=SPOT[0], lat=SPOT[1], hours=OFFICE,
                            amenities=has, address="春风路 12 号", phone="0755-12345678"), now,
        )  # fmt: skip
        lon, lat = moved(*SPOT, 90.0, 400)
        toilet = enter(
            by, NewFacility(kind="toilet", name="东门公厕", lon=lon, lat=lat, hours="每天 全天"), now
        )
        put_roads(by, ways_of([shapely.LineString([SPOT, (lon, lat)])]), "测绘", now)
        put_homes(by, [Spot(*SPOT, 1200, "东苑", COMMUNITY)], "", now)
        draw_circle(by, now)
        service = offer(by, centre, NewService(name="助浴", category="养老", words="带换洗衣物。"), now)
        first = (now + timedelta(days=2)).date()
        week = Pattern(first, first + timedelta(days=20), frozenset(range(5)), (time(9), time(15)), 2)
        open_slots(by, service, week, now)
        new = NewAsk(key=uuid.uuid4(), name="张女士", phone="13800000002", community=COMMUNITY)
        asked = ask(DISTRICT, service, new, now)
        report_entry(DISTRICT, toilet, EntryFault.HOURS, "晚上锁门", now)
        post = NewPost(Role.DISTRICT_DISPATCHER, str(DISTRICT))
        account = actions.create_account(
            by, "quyi", "区级", [post], now, password=PASSWORD, must_change_password=False
        )
        client = Client()
        sign_in(client, account)
        return {
            "session": client.cookies["sessionid"].value, "centre": centre, "service": service, "ask": asked.id,
        }  # fmt: skip


@pytest.mark.parametrize(("size", "name"), [(DESK, "desk"), (PHONE, "phone")])
def test_no_page_has_a_barrier_or_is_too_wide(
    stocked: dict[str, Any], site: Site, window: Any, size: tuple[int, int], name: str
) -> None:
    view = window(size)
    view.page.context.add_cookies([{"name": "sessionid", "value": stocked["session"], "url": site.url}])
    pages = {
        "near": f"/nearby/?area={COMMUNITY}", "place": f"/nearby/{stocked['centre']}", "booking": "/nearby/services/",
        "slots": f"/nearby/services/{stocked['service']}", "facilities": "/services/facilities/",
        "facility": f"/services/facilities/{stocked['centre']}", "entry": "/services/facilities/new",
        "reports": "/services/facilities/reports", "kinds": "/services/facilities/kinds", "asks": "/services/",
        "ask": f"/services/asks/{stocked['ask']}", "offered": "/services/offered/",
        "service": f"/services/offered/{stocked['service']}", "circle": "/services/circle", "demand": "/services/demand",
    }  # fmt: skip
    for title, path in pages.items():
        view.go(path)
        assert view.barriers() == [], path
        assert view.overflow() <= 0, path
        assert view.faults == [], path
        view.keep_picture(f"services-{title}-{name}")


def test_a_phone_finds_the_nearest_and_books(stocked: dict[str, Any], site: Site, window: Any) -> None:
    view = window(PHONE)
    view.page.context.grant_permissions(["geolocation"], origin=site.url)
    view.page.context.set_geolocation({"longitude": SPOT[0], "latitude": SPOT[1], "accuracy": 10})
    page = view.go("/nearby/")
    page.click("[data-locate]")
    page.wait_for_selector(".public-list")
    assert page.url.rstrip("#found").endswith("/nearby/")
    assert "步行约 6 分钟（400 米）" in page.inner_text(".public-list li:nth-child(2)")
    page.click("text=老渡社区党群服务中心")
    page.click("text=助浴")
    page.locator("input[type=radio][name=slot]").first.check()
    page.fill("[name=name]", "李女士")
    page.fill("[name=phone]", "13800000003")
    page.click("text=约这个服务")
    page.wait_for_selector("text=待安排")
    assert view.faults == []
    assert view.barriers() == []
