"""What a district sets: limits, ladders, hours, days, thresholds, follow-ups, and precedents revoked."""

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from huying.access.roles import Role
from huying.cases.clocks import DEFAULT_LADDERS
from huying.cases.lifecycle import ClockKind
from huying.cases.models import Rung, SpecialDay
from huying.cases.queries.settings.timing import timing_of
from huying.kernel import clock
from huying.loop.allocate.actions import record_precedent
from huying.loop.allocate.actions.ruling import NewPrecedent
from huying.loop.allocate.queries import thresholds
from huying.loop.allocate.queries.precedents import in_force
from huying.loop.evaluate.queries import rule_of
from tests.cast import DISTRICT, OTHER_STREET, STREET, Cast
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]
HOME = "/admin/settings"


@pytest.fixture
def admin(cast: Cast) -> Client:
    return desk(Role.ADMINISTRATOR)


def test_a_limit_of_the_centre_is_set(admin: Client) -> None:
    admin.post(f"{HOME}/limit", {"kind": "accept", "limit": "30分钟"})
    assert ClockKind.ACCEPT not in timing_of(DISTRICT).limits
    admin.post(f"{HOME}/limit", {"kind": "accept", "limit": "1工作时"})
    assert timing_of(DISTRICT).limits[ClockKind.ACCEPT].zh == "1工作时"
    assert "1工作时" in admin.get(HOME).content.decode()


def test_what_the_list_decides_is_not_set_here(admin: Client) -> None:
    told = admin.post(f"{HOME}/limit", {"kind": "handle", "limit": "1工作时"}, follow=True)
    assert "由职责清单决定" in told.content.decode()
    assert ClockKind.HANDLE not in timing_of(DISTRICT).limits


def test_a_ladder_rises(admin: Client) -> None:
    rungs = {"kind": "handle", "share": ["40", "100", ""], "action": ["remind", "red", "remind"]}
    admin.post(f"{HOME}/ladder", rungs)
    assert [rung.share for rung in timing_of(DISTRICT).ladders[ClockKind.HANDLE]] == [
        Decimal("0.4"),
        Decimal(1),
    ]
    told = admin.post(f"{HOME}/ladder", {**rungs, "share": ["100", "40", ""]}, follow=True)
    assert "从低到高" in told.content.decode()
    assert len(timing_of(DISTRICT).ladders[ClockKind.HANDLE]) == 2
    told = admin.post(f"{HOME}/ladder", {**rungs, "share": ["40.1", "40.2", ""]})
    assert "不带小数" in told.content.decode()
    assert len(timing_of(DISTRICT).ladders[ClockKind.HANDLE]) == 2
    admin.post(f"{HOME}/ladder", {"kind": "handle", "share": ["", ""], "action": ["remind", "red"]})
    assert len(timing_of(DISTRICT).ladders[ClockKind.HANDLE]) == 4


@pytest.mark.parametrize("kind", [ClockKind.CALL, ClockKind.RULING, ClockKind.PROMISE, ClockKind.SUSPENSION])
def test_the_platforms_own_ladder_can_be_saved_as_it_stands(admin: Client, kind: ClockKind) -> None:
    rungs = DEFAULT_LADDERS[kind]
    said = {
        "share": [f"{rung.share * 100:.0f}" for rung in rungs],
        "action": [rung.action.value for rung in rungs],
    }
    assert admin.post(f"{HOME}/ladder", {"kind": kind.value, **said}).status_code == 302
    kept = timing_of(DISTRICT).ladders[kind]
    assert [(rung.share, rung.action) for rung in kept] == [(rung.share, rung.action) for rung in rungs]
    assert Rung.objects.filter(kind=kind.value).count() == len(rungs)


@pytest.mark.parametrize(
    ("kind", "share", "action"),
    [
        ("handle", "100", "fallback"),
        ("promise", "90", "red"),
        ("promise", "200", "red"),
        ("suspension", "150", "red"),
    ],
)
def test_a_ladder_that_nobody_could_climb_is_refused(
    admin: Client, kind: str, share: str, action: str
) -> None:
    answer = admin.post(f"{HOME}/ladder", {"kind": kind, "share": [share], "action": [action]})
    assert answer.status_code == 400
    assert not Rung.objects.exists()


def test_hours_and_days_of_ones_own(admin: Client) -> None:
    admin.post(f"{HOME}/hours", {"sessions": "09:00-12:00\n13:30 - 17:30", "since": "2026-01-01"})
    calendar = timing_of(DISTRICT).calendar
    assert calendar.sessions == ((time(9), time(12)), (time(13, 30), time(17, 30)))
    admin.post(f"{HOME}/calendar/day", {"day": "2026-03-03", "kind": "holiday", "name": "台风停工"})
    assert not timing_of(DISTRICT).calendar.is_working(date(2026, 3, 3))
    admin.post(f"{HOME}/calendar/no-day", {"day": "2026-03-03"})
    assert timing_of(DISTRICT).calendar.is_working(date(2026, 3, 3))


@pytest.mark.parametrize(
    "sessions",
    ["", "早上到晚上", "12:00-08:00", "08:00-12:00\n11:00-15:00", "08:00:10-08:00:40", "08:00+08:00-09:00"],
)
def test_hours_that_make_no_sense_change_nothing(admin: Client, sessions: str) -> None:
    before = timing_of(DISTRICT).calendar.sessions
    admin.post(f"{HOME}/hours", {"sessions": sessions, "since": "2026-01-01"})
    assert timing_of(DISTRICT).calendar.sessions == before


def test_thresholds_and_the_rule_of_follow_ups(admin: Client) -> None:
    admin.post(f"{HOME}/thresholds", {"automatic": "95", "item": "70%"})
    held = thresholds(DISTRICT)
    assert (held.automatic_above, held.item_above) == (0.95, 0.7)
    admin.post(f"{HOME}/follow-up", {"days": "5", "percent": "20"})
    assert (rule_of(DISTRICT).days, rule_of(DISTRICT).sample_percent) == (5, 20)
    admin.post(f"{HOME}/follow-up", {"days": "五", "percent": "20"})
    assert rule_of(DISTRICT).days == 5


def test_precedents_are_narrowed_by_their_address_at_the_same_cost(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    now = clock.now()
    ruled = ((STREET, cast.water), (OTHER_STREET, cast.urban), (STREET, cast.urban))
    for number, (area, body) in enumerate(ruled, 1):
        grounds = "归水务局" if body == cast.water else "归城管局"
        new = NewPrecedent(f"X{number}", area, body, number, 5, f"990101-{number:09d}", grounds)
        record_precedent(new, by=cast.ruling_officer, now=now)
    officer = desk(Role.RULING_OFFICER)
    for asked, count in (
        ("", 3), (f"area={STREET}", 2), (f"body={cast.water}", 1), ("q=归城管", 2),
        ("state=revoked", 0), ("state=holds", 3),
    ):  # fmt: skip
        page = officer.get(f"/admin/precedents?{asked}").text
        assert page.count("<tr data-href") == count
        assert ("没有这样的先例" in page) is (count == 0)
        rows = officer.get(f"/export/precedents?{asked}&format=csv").text.splitlines()
        assert len(rows) == count + 1
    with django_assert_max_num_queries(12):
        officer.get("/admin/precedents?q=归")


def test_a_precedent_is_shown_and_revoked(cast: Cast) -> None:
    now = clock.now()
    new = NewPrecedent("X1", STREET, cast.water, 1, 5, "990101-000000001", "归水务局")
    made = record_precedent(new, by=cast.ruling_officer, now=now)
    officer = desk(Role.RULING_OFFICER)
    assert "归水务局" in officer.get("/admin/precedents").content.decode()
    officer.post(f"/admin/precedents/{made}/end")
    assert not in_force(DISTRICT, ["X1"], clock.now())
    assert desk(Role.ADMINISTRATOR).post(f"/admin/precedents/{made}/end").status_code == 403


def test_the_settings_are_not_everybodys(cast: Cast) -> None:
    supervisor = desk(Role.SUPERVISOR)
    assert supervisor.get(HOME).status_code == 403
    assert supervisor.post(f"{HOME}/limit", {"kind": "accept", "limit": "1工作时"}).status_code == 403


@pytest.mark.parametrize("text", ["1e9999999", "1e-9999999", "0e9999999", "NaN"])
def test_a_number_too_long_to_be_written_out_is_refused_at_once(admin: Client, text: str) -> None:
    before = rule_of(DISTRICT)
    assert admin.post(f"{HOME}/follow-up", {"days": text, "percent": "5"}).status_code == 400
    assert (
        admin.post(f"{HOME}/calendar/year", {"year": text, "notice": "节 放假 2027-01-01"}).status_code == 400
    )
    assert rule_of(DISTRICT) == before


@pytest.mark.parametrize("asked", ["day=9999-12-31", "day=0001-01-01", f"year={'9' * 5000}", "year=1"])
def test_a_calendar_of_no_year_of_ours_is_this_years(admin: Client, asked: str) -> None:
    answer = admin.get(f"{HOME}/calendar?{asked}")
    assert answer.context["year"].year == timezone.localdate().year
    said = {"day": "9999-12-31", "kind": "holiday", "name": "节"}
    assert admin.post(f"{HOME}/calendar/day", said).status_code == 400


def test_a_year_in_which_a_day_is_said_twice_is_refused(admin: Client) -> None:
    said = {"year": "2031", "notice": "元旦 放假 2031-01-01\n元旦 上班 2031-01-01"}
    assert "2031-01-01 写了不止一次" in admin.post(f"{HOME}/calendar/year", said).content.decode()
    many = "\n".join(["节 放假 2031-01-01 2031-01-31"] * 2000)
    assert admin.post(f"{HOME}/calendar/year", {"year": "2031", "notice": many}).status_code == 400
    assert not SpecialDay.objects.filter(day__year=2031).exists()
