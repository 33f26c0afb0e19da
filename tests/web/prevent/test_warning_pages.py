"""Warnings at the desk: listed, opened to exactly their cases, decided about; elsewhere they do not exist."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huying.access.roles import Role
from huying.cases.models import Case
from huying.kernel import clock
from huying.prevent.warnings.models import EarlyWarning, Promise, Rise
from tests.cast import COMMUNITY, DISTRICT, GRID, OTHER_STREET, STREET, Cast
from tests.prevent.warnings.conftest import case
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def warning(area: str = COMMUNITY, cases: tuple[int, ...] = (), item: str = "070101") -> EarlyWarning:
    """A warning as the hourly look leaves it."""
    now = clock.now()
    today = now.date()
    rise = Rise.objects.create(
        district=DISTRICT, item=item, area=area, reach=1, began=today, last_day=today, best_day=today, best=9.0,
        followed=True,
    )  # fmt: skip
    curve = [
        ((today - timedelta(days=back)).isoformat(), back % 3, 1.2, 0.0, 3.1) for back in range(27, -1, -1)
    ]
    return EarlyWarning.objects.create(
        district=DISTRICT, rise=rise, state="new", item=item, grain="leaf", unit=area, reach="community", area=area,
        lon=114.3, lat=22.7, began=today, last_day=today, days=3, seen=9, expected=1.2, score=9.0, chance=0.02,
        cases=list(cases), curve=curve, noticed_at=now, changed_at=now,
    )  # fmt: skip


@pytest.fixture
def dispatcher(cast: Cast) -> Client:
    return desk(Role.STREET_DISPATCHER, STREET)


def test_a_warning_is_listed_and_opens_to_exactly_its_cases(dispatcher: Client) -> None:
    rows = [case(clock.now(), "070101", GRID) for _ in range(3)]
    Case.objects.bulk_create(rows)
    row = warning(cases=tuple(one.id for one in rows[:2]))
    page = dispatcher.get("/warnings/").content.decode()
    assert f"/warnings/{row.pk}" in page
    assert "9 件" in page
    one = dispatcher.get(f"/warnings/{row.pk}").content.decode()
    assert "data-chart" in one
    cases = dispatcher.get(f"/warnings/{row.pk}/cases").content.decode()
    assert [each.title in cases for each in rows] == [True, True, False]


def test_what_is_elsewhere_is_not_there(dispatcher: Client) -> None:
    row = warning(f"{OTHER_STREET}001")
    assert f"/warnings/{row.pk}" not in dispatcher.get("/warnings/").content.decode()
    for path in ("", "/cases"):
        assert dispatcher.get(f"/warnings/{row.pk}{path}").status_code == 404
    assert dispatcher.post(f"/warnings/{row.pk}/settle", {"verdict": "true", "cause": "x"}).status_code == 404
    row.refresh_from_db()
    assert row.state == "new"


def test_it_is_known_muted_and_concluded_with_what_was_typed_kept(dispatcher: Client) -> None:
    row = warning()
    address = f"/warnings/{row.pk}"
    assert dispatcher.post(f"{address}/acknowledge", {"words": "去看看"}).status_code == 302
    wrong = dispatcher.post(f"{address}/mute", {"until": "2020-01-01", "words": "地铁施工"})
    assert wrong.status_code == 422 or wrong.status_code == 400
    assert "地铁施工" in wrong.content.decode()
    until = (clock.now() + timedelta(days=9)).date().isoformat()
    assert dispatcher.post(f"{address}/mute", {"until": until, "words": "地铁施工"}).status_code == 302
    assert dispatcher.post(f"{address}/settle", {"verdict": "", "cause": ""}).status_code == 400
    assert dispatcher.post(f"{address}/settle", {"verdict": "true", "cause": "管道破裂"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.verdict, row.cause, row.words) == ("settled", "true", "管道破裂", "地铁施工")


def test_the_promise_is_set_by_who_sets_rules_for_all(cast: Cast) -> None:
    officer = desk(Role.RULING_OFFICER)
    assert officer.post("/warnings/promise", {"promise": "0"}).status_code == 400
    assert officer.post("/warnings/promise", {"promise": "12"}).status_code == 302
    assert Promise.objects.get().promise == 12
    assert "12" in officer.get("/warnings/promise").content.decode()
    assert desk(Role.STREET_LEADER, STREET).get("/warnings/promise").status_code == 403


def test_the_list_and_a_page_cost_the_same_however_many_there_are(dispatcher: Client) -> None:
    first = warning()
    for path in ("/warnings/", f"/warnings/{first.pk}"):
        dispatcher.get(path)
        with CaptureQueriesContext(connection) as few:
            dispatcher.get(path)
        for _ in range(5):
            warning()
        with CaptureQueriesContext(connection) as many:
            dispatcher.get(path)
        assert len(many) == len(few) <= 16
