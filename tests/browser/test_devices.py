"""The pages of devices in a real browser: at a desk and on a phone, without barriers, nothing too wide."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from huying.access.actor import system
from huying.access.roles import Role
from huying.devices.actions import Given, keep, make, put_rule
from huying.devices.queries import Rule
from huying.devices.rules.kinds import Compare, DeviceKind, Follow
from huying.devices.rules.registering import NewDevice
from huying.devices.rules.watching import Watch
from huying.kernel import clock
from huying.people import actions
from huying.people.actions import NewPost
from huying.places.queries import forget
from tests.browser.conftest import DESK, PASSWORD, PHONE, Site
from tests.cast import DISTRICT
from tests.devices.conftest import SPOT
from tests.people.cast import enter
from tests.teams.conftest import draw

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def stocked(site: Site, django_db_blocker: Any) -> tuple[str, int]:
    """An administrator's session, and a water level that rose over its limit within the last day."""
    with django_db_blocker.unblock():
        forget(DISTRICT)
        draw(site.cast)
        by, now = system(DISTRICT), clock.now()
        new = NewDevice(
            code="WL-1",
            kind=DeviceKind.WATER_LEVEL,
            name="春风桥水位计",
            lon=SPOT[0],
            lat=SPOT[1],
            every=3600,
        )
        number = make(by, new, now)
        watch = Watch(Compare.ABOVE, 3.0, 2.5, flaps=6)
        put_rule(
            by,
            Rule(name="水位超警戒", kind=new.kind, factor="level", watch=watch, follow=Follow.APPEAL),
            "汛期",
            now,
        )
        for hour in range(23, -1, -1):
            at = now - timedelta(hours=hour)
            told = {
                "device": "WL-1",
                "at": at.isoformat(),
                "values": {"level": 2 + (23 - hour) / 16},
                "battery": 82,
            }
            keep(by, [Given(told)], now)
        keep(by, [Given(b"{", door="mqtt")], now)
        post = NewPost(Role.ADMINISTRATOR, str(DISTRICT))
        account = actions.create_account(
            by, "guan", "管理员", [post], now, password=PASSWORD, must_change_password=False
        )
        client = Client()
        enter(client, account)
        return client.cookies["sessionid"].value, number


@pytest.mark.parametrize(("size", "name"), [(DESK, "desk"), (PHONE, "phone")])
def test_no_page_has_a_barrier_or_is_too_wide(
    stocked: tuple[str, int], site: Site, window: Any, size: tuple[int, int], name: str
) -> None:
    session, number = stocked
    view = window(size)
    view.page.context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
    pages = {
        "list": "/devices/", "one": f"/devices/{number}", "new": "/devices/new", "rules": "/devices/rules/",
        "rule": "/devices/rules/new", "misread": "/devices/misread",
    }  # fmt: skip
    for title, path in pages.items():
        view.go(path)
        assert view.barriers() == [], path
        assert view.overflow() <= 0, path
        assert view.faults == [], path
        view.keep_picture(f"devices-{title}-{name}")


def test_the_curve_is_drawn_over_its_table(stocked: tuple[str, int], site: Site, window: Any) -> None:
    session, number = stocked
    view = window(DESK)
    view.page.context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
    page = view.go(f"/devices/{number}")
    page.wait_for_selector(".chart-canvas canvas")
    assert page.locator("figure.chart table tbody tr").count() >= 20
