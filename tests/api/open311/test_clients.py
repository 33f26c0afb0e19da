"""What clients of other makes send and ask, each in the way its makers took the standard."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from huying.access.roles import Role
from huying.api.open311.seals import key_behind
from huying.cases.models import Answer, Attachment
from huying.kernel.clock import now
from huying.people.actions.keys import revoke_key
from huying.people.models import ApiKey
from huying.places.actions import put_district
from tests.api.open311.conftest import COVER, HERE, LAMP, PRODUCTION, RUBBISH, TRIAL, Desk, tree
from tests.cast import DISTRICT, Cast
from tests.photos import jpeg

pytestmark = pytest.mark.django_db


def test_what_names_no_zone_is_of_the_district_and_a_day_is_meant_whole(desk: Desk) -> None:
    desk.report(**{"attribute[SINCE]": "2026-03-02 09:00"})
    assert Answer.objects.get(code="SINCE").said == "2026-03-02 09:00"
    here = now().astimezone(ZoneInfo("Asia/Shanghai"))
    today, hour = f"{here:%Y-%m-%d}", timedelta(hours=1)
    for start, end, found in (
        (today, today, 1), (f"{here - timedelta(days=2):%Y-%m-%d}", f"{here - timedelta(days=1):%Y-%m-%d}", 0),
        (f"{here - hour:%Y-%m-%dT%H:%M:%S}", f"{here + hour:%Y-%m-%d %H:%M}", 1),
        (f"{here + hour:%Y-%m-%dT%H:%M:%S.%f}", f"{here + 2 * hour:%Y-%m-%dT%H:%M:%S+08}", 0),
    ):  # fmt: skip
        told = desk.get("requests", start_date=start, end_date=end)
        assert (told.status_code, len(told.json())) == (200, found), (start, end)
    assert len(desk.get("requests", updated_after=today, updated_before=today).json()) == 1
    assert (
        desk.post("requests", {"service_code": LAMP, **HERE, "attribute[SINCE]": "03/02"}).status_code == 400
    )


def test_lists_are_read_as_every_language_writes_them(desk: Desk) -> None:
    number = desk.report()
    for asked in (
        {"status[]": "closed"},
        {"service_code[]": [RUBBISH, COVER]},
        {"service_request_id[]": "x"},
    ):
        assert desk.get("requests", **asked).json() == [], asked
    several = desk.get("requests", **{"status[]": ["open", "closed"], "service_code[]": LAMP}).json()
    assert [one["service_request_id"] for one in several] == [number]


def test_every_address_below_open311_answers_a_program(desk: Desk) -> None:
    ask = desk.client.get
    for path in ("services.JSON", "discovery.JSON", "requests.Json"):
        assert ask(f"{PRODUCTION}/{path}")["Content-Type"].startswith("application/json"), path
    kept = desk.client.post(f"{PRODUCTION}/requests.XML", {"service_code": LAMP, **HERE})
    assert tree(kept).findtext("request/service_request_id")
    for path in (
        "",
        "/open311/",
        "/open311/v3/services.xml",
        "/open311//v2/services.xml",
        f"{PRODUCTION}services.xml",
    ):
        answer = ask(path or PRODUCTION)
        assert (answer.status_code, tree(answer).findtext("error/code")) == (404, "404"), path
    told = ask("/open311/v1/requests.json")
    assert (told.status_code, told.json()[0]["code"]) == (404, 404)


def test_a_photo_is_fetched_as_any_picture_as_long_as_the_key_that_was_told_may(
    desk: Desk, keyed, town: Cast
) -> None:
    said = {"service_code": LAMP, **HERE, "photo1": jpeg("a.jpg"), "photo2": jpeg("b.jpg", "red")}
    number = desk.client.post(f"{PRODUCTION}/requests.json", said).json()[0]["service_request_id"]
    put_district(990102, "邻区", lon=114.5, lat=22.7)
    staff = keyed(Role.DISTRICT_DISPATCHER, kind="xml")
    told = [
        tree(staff.get(f"requests/{number}", jurisdiction_id=str(DISTRICT))).findtext("request/media_url")
        or ""
        for _again in range(2)
    ]
    assert told[0] == told[1]
    path = told[0].removeprefix("http://testserver")
    first, second = Attachment.objects.order_by("id").values_list("id", flat=True)
    fetched = desk.client.get(path)
    assert (fetched.status_code, fetched["Content-Type"]) == (200, "image/jpeg")
    other = path.replace(f"-{first}.jpg", f"-{second}.jpg")
    for wrong in (path.partition("?")[0], other, path[:-1] + "x", path.replace("seal=", "seal=f")):
        assert desk.client.get(wrong).status_code == 404, wrong
    key = ApiKey.objects.get()
    name, seal = path.rpartition("/")[2].split("?seal=")
    assert key_behind(DISTRICT, name, seal, now()) == key.pk
    assert key_behind(DISTRICT, name, seal, now() + timedelta(days=2)) is None
    revoke_key(town.administrator, key.pk, now())
    assert desk.client.get(path).status_code == 404


def test_an_update_brings_its_photos_and_any_number_makes_it_harmless_to_send_again(
    desk: Desk, keyed, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    number, staff = desk.report(), keyed(Role.DISTRICT_DISPATCHER)
    said = {"service_request_id": number, "status": "OPEN", "description": "现场照片", "update_id": "更新／7"}

    def send(base: str = PRODUCTION, key: str = staff.key, **more: object):
        whole = {**said, "api_key": key, "media": jpeg("a.jpg"), **more}
        return staff.client.post(f"{base}/servicerequestupdates.json", whole)

    first, again = send(), send()
    assert (first.status_code, first.json()) == (200, [{"update_id": f"{number}-2"}]), first.content.decode()
    assert again.json() == first.json()
    told = staff.get("servicerequestupdates").json()
    assert [one["media_url"] is not None for one in told] == [True]
    seat = keyed(Role.AUDITOR)
    assert send(key=seat.key, update_id="8", media=jpeg("c.jpg", "red")).status_code == 403
    wrong = send(update_id="9", media=SimpleUploadedFile("a.jpg", b"x", content_type="image/jpeg"))
    assert (wrong.status_code, wrong.json()[0]["description"].partition(":")[0]) == (400, "media")
    assert Attachment.objects.count() == 1
    assert len(list(tmp_path.rglob("*.jpg"))) == 1

    trial = {"service_request_id": Desk(TRIAL).report()}
    numbers = [send(TRIAL, **trial, update_id=given).json()[0]["update_id"][-1] for given in ("7", "7", "8")]
    assert numbers == ["1", "1", "2"]
    assert send(TRIAL, **trial, media=SimpleUploadedFile("a.jpg", b"x")).status_code == 400
