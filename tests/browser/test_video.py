"""The pages of video alarms in a real browser: at a desk and on a phone, without barriers, nothing too wide."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from huying.access.actor import system
from huying.access.roles import Role
from huying.catalogue.actions import load_starter
from huying.devices.actions import make
from huying.devices.rules.kinds import DeviceKind
from huying.devices.rules.registering import NewDevice
from huying.kernel import clock
from huying.people import actions
from huying.people.actions import NewPost
from huying.places.queries import forget
from huying.simulate.loading.photos import drawn
from huying.video.actions import hear_alarm, keep_pictures
from huying.video.rules.kinds import AlarmDoor, AlarmKind
from huying.video.rules.sighting import Sighting
from tests.browser.conftest import DESK, PASSWORD, PHONE, Site
from tests.cast import DISTRICT
from tests.devices.conftest import SPOT
from tests.people.cast import enter
from tests.teams.conftest import draw

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def stocked(site: Site, django_db_blocker: Any) -> tuple[str, int, int]:
    """A session that may open and set, an alarm with a case, and a card."""
    with django_db_blocker.unblock():
        forget(DISTRICT)
        draw(site.cast)
        by, now = system(DISTRICT), clock.now()
        load_starter(by, DISTRICT, now)
        new = NewDevice(code="CAM-1", kind=DeviceKind.CAMERA, name="春风桥东侧球机", lon=SPOT[0], lat=SPOT[1])
        make(by, new, now)
        found = []
        for kind, words in ((AlarmKind.RUBBISH, "桥头一堆建筑垃圾"), (AlarmKind.FIRE, "楼顶有明火")):
            one = Sighting(device="CAM-1", kind=kind, door=AlarmDoor.WEBHOOK, at=now, words=words, score=91)
            heard = hear_alarm(by, one, now)
            keep_pictures(by, heard.alarm_id or 0, [drawn(2, mended=False)], now)
            found.append(heard)
        posts = [NewPost(Role.ADMINISTRATOR, str(DISTRICT)), NewPost(Role.DISTRICT_DISPATCHER, str(DISTRICT))]
        account = actions.create_account(
            by, "guan", "管理员", posts, now, password=PASSWORD, must_change_password=False
        )
        client = Client()
        enter(client, account)
        return client.cookies["sessionid"].value, found[0].alarm_id or 0, found[1].emergency_id or 0


@pytest.mark.parametrize(("size", "name"), [(DESK, "desk"), (PHONE, "phone")])
def test_no_page_has_a_barrier_or_is_too_wide(
    stocked: tuple[str, int, int], site: Site, window: Any, size: tuple[int, int], name: str
) -> None:
    session, alarm, card = stocked
    assert Path(settings.MEDIA_ROOT).is_dir()
    view = window(size)
    view.page.context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
    pages = {
        "list": "/video/", "one": f"/video/{alarm}", "rules": "/video/rules/", "rule": "/video/rules/fire",
        "card": f"/emergency/{card}",
    }  # fmt: skip
    for title, path in pages.items():
        view.go(path)
        assert view.barriers() == [], path
        assert view.overflow() <= 0, path
        assert view.faults == [], path
        view.keep_picture(f"video-{title}-{name}")


def test_a_picture_is_opened_with_one_reason_and_one_press(
    stocked: tuple[str, int, int], site: Site, window: Any
) -> None:
    session, alarm, _card = stocked
    view = window(PHONE)
    view.page.context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
    page = view.go(f"/video/{alarm}")
    assert page.locator("img.video-coarse").count() == 1
    page.get_by_role("button", name="看原图").click()
    page.wait_for_selector("text=原图开到")
    assert page.locator(".video-shot img").get_attribute("src").endswith("/taken")
    view.keep_picture("video-opened-phone")
