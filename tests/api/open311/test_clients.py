"""What clients of other makes send and ask, each in the way its makers took the standard."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from huying.cases.models import Answer
from huying.kernel.clock import now
from tests.api.open311.conftest import COVER, HERE, LAMP, PRODUCTION, RUBBISH, Desk, tree

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
