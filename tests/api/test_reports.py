"""Reports, the health of streets, what people talk of and what follow-up plans came to, through the interface."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huying.access.permissions import Permission
from huying.access.roles import Role
from huying.annals.models import Change
from huying.kernel import clock
from huying.loop.evaluate.rules import Ask, AskWay, Plan
from huying.people.models import Viewing
from huying.reports.actions import write_anew
from huying.reports.models import HealthLimit, Report, ReportFile, ReportTime
from huying.reports.rules.kinds import ReportKind
from tests.api.conftest import Outside
from tests.api.deeds import Deed, walk
from tests.cast import DISTRICT, GRID, MONDAY, OTHER_STREET, STREET, Cast
from tests.reports.conftest import NOW, counted, live
from tests.teams.conftest import draw
from tests.web.evaluation.test_plans import checked, plan

pytestmark = [pytest.mark.django_db, pytest.mark.database]
KEPT = (Report, ReportTime, HealthLimit, Change)
ADMIN, CENTRE, LEADER = Role.ADMINISTRATOR, Role.DISTRICT_DISPATCHER, Role.STREET_LEADER
SUNDAY = date(2026, 3, 8)
MARCH = {"first": "2026-03-01", "last": "2026-03-31"}


@pytest.fixture
def written(cast: Cast) -> tuple[int, int]:
    """A week's reports of the district, of the week before and of this; two matters came again."""
    draw(cast)
    live(cast, MONDAY)
    live(cast, MONDAY + timedelta(days=1), word="unsatisfied")
    live(cast, MONDAY + timedelta(days=2, hours=1))
    counted()
    one, other = (
        write_anew(cast.evaluator, ReportKind.WEEK, str(DISTRICT), day, NOW)
        for day in (SUNDAY, SUNDAY - timedelta(days=7))
    )
    return one, other


def test_a_report_is_reworded_compared_and_taken_away(
    written: tuple[int, int], systems: Callable[[Role], Outside], outside: Callable[..., Outside]
) -> None:
    one, before = written
    address, centre = f"reports/{one}", systems(CENTRE)
    held = centre.get(f"{address}/measures").json()["measures"]
    assert [set(each["what"]) for each in held] == [{"zh-hans", "en"}] * len(held)
    words = {"measures": [{"who": "城市管理局", "what": "增加清运一次", "by": "2026-03-20", "of": 0}]}
    walk(systems, [
        Deed("PUT", f"{address}/measures", CENTRE, words, {}, wrong=ADMIN, matched=True, finds="version"),
    ], world := {}, KEPT)  # fmt: skip
    told = centre.get(f"reports/{world['version']}/measures").json()["measures"]
    assert [(each["who"], each["what"]["zh-hans"]) for each in told] == [("城市管理局", "增加清运一次")]
    assert centre.send("put", f"{address}/measures", words).status_code == 409
    numbers = centre.get(f"{address}/compared/{before}").json()["numbers"]
    received = next(each for each in numbers if each["code"] == "received")
    assert (received["one"], received["other"], received["by"]) == (3, 0, -3)
    month = write_anew_month(centre)
    assert centre.get(f"{address}/compared/{month}").status_code == 400
    street = outside(LEADER, STREET)
    for hidden in (f"{address}/measures", f"{address}/files/docx", f"reports/{month}/compared/{one}"):
        assert street.get(hidden).status_code == 404
    assert not Viewing.objects.exists()
    files = [centre.get(f"{address}/files/xlsx") for _ in range(2)]
    assert files[0].content == files[1].content
    assert files[0].content.startswith(b"PK")
    assert files[0].headers["Cache-Control"] == "no-store"
    assert "week-990101-2026-03-02-v1.xlsx" in files[0].headers["Content-Disposition"]
    assert (ReportFile.objects.count(), Viewing.objects.filter(kind="export").count()) == (1, 2)
    assert centre.get(f"{address}/files/exe").status_code == 400
    assert systems(Role.SEAT).get(f"{address}/files/xlsx").status_code == 403


def write_anew_month(centre: Outside) -> int:
    """The number of a month's report."""
    asked = {"kind": "month", "area": str(DISTRICT), "on": "2026-02-10"}
    return int(centre.post("reports", asked).json()["id"])


def test_when_reports_are_written_and_what_is_normal(cast: Cast, systems: Callable[[Role], Outside]) -> None:
    at = {"time": "07:15:30", "after": 2, "sign_within": 3}
    low = {"width": 1.5, "low": 0.9, "high": None}
    walk(systems, [
        Deed("PUT", "report-times/week", ADMIN, at, {"time": "07:15", "on": True}, matched=True, wrong=CENTRE),
        Deed("PUT", "health-limits/in_time_rate", ADMIN, low, low, matched=True, wrong=CENTRE),
    ], {}, KEPT)  # fmt: skip
    admin = systems(ADMIN)
    assert {one["kind"]: one["time"] for one in admin.get("report-times").json()["times"]}["week"] == "07:15"
    held = {one["indicator"]: one["low"] for one in admin.get("health-limits").json()["limits"]}
    assert (held["in_time_rate"], held["received"]) == (0.9, None)
    assert admin.send("put", "report-times/day", at).status_code == 400
    assert admin.send("put", "health-limits/received", {"low": 3, "high": 2}).status_code == 400
    assert admin.get("report-times/year").status_code == 400
    beyond = {"kind": "day", "area": str(DISTRICT), "on": "0001-01-01"}
    assert systems(CENTRE).post("reports", beyond).status_code == 400
    assert systems(Role.SUPERVISOR).get("health-limits").status_code == 403


def test_a_streets_health(
    written: tuple[int, int], systems: Callable[[Role], Outside], outside: Callable[..., Outside]
) -> None:
    told = systems(CENTRE).get(f"checkups/{STREET}", month="2026-03").json()
    readings = {one["indicator"]: one["value"] for one in told["checkup"]["readings"]}
    assert readings["received"] == 3
    assert told["again_places"] == 1
    assert (told["again"][0]["times"], len(told["again"][0]["cases"])) == (2, 2)
    leader = outside(LEADER, STREET)
    for hidden in (OTHER_STREET, "1"):
        assert leader.get(f"checkups/{hidden}", month="2026-03").status_code == 404
    assert systems(Role.SEAT).get(f"checkups/{STREET}", month="2026-03").status_code == 403


def test_what_people_talk_of(cast: Cast, outside: Callable[..., Outside]) -> None:
    draw(cast)
    cache.clear()
    now = clock.now()
    for days, item in ((2, "X10101"), (3, "X10102"), (33, "X10101"), (60, "X10101"), (4, "Y20202")):
        live(cast, now - timedelta(days=days), area=GRID, item=item, closed=False)
    leader = outside(LEADER, STREET)
    with CaptureQueriesContext(connection) as asked:
        told = leader.get("insight").json()
    few = len(asked)
    assert (told["area"], told["total"], told["unsaid"]) == (STREET, 3, 0)
    assert [(one["key"], one["now"], one["before"], one["change"]) for one in told["themes"]] == [
        ("X101", 2, 1, 1), ("Y202", 1, 0, 1)
    ]  # fmt: skip
    assert sum(told["themes"][0]["weeks"]) == 4
    assert leader.get("insight", area=OTHER_STREET).status_code == 404
    for n in range(3):
        live(cast, now - timedelta(days=5), area=GRID, item=f"Z{n}0101", closed=False)
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        assert leader.get("insight").json()["total"] == 6
    assert len(asked) <= few
    assert outside(Role.SEAT).get("insight").status_code == 403


def test_what_follow_up_plans_came_to(
    cast: Cast, systems: Callable[[Role], Outside], outside: Callable[..., Outside]
) -> None:
    plan(cast, Plan("a", "风险抽查", Ask.RISK, 100, (AskWay.SEAT, AskWay.COMMUNITY)))
    number = f"{DISTRICT}-{checked(cast).id:09d}"
    centre = systems(CENTRE)
    told = centre.get("follow-up-results", **MARCH).json()["plans"]
    assert [(one["code"], one["chosen"], one["open"], one["valid"]) for one in told] == [("a", 1, 1, 0)]
    behind = centre.get("follow-up-results/a", **MARCH).json()["asked"]
    assert [(one["case"]["number"], one["ask"], one["way"]) for one in behind] == [(number, "risk", "seat")]
    assert centre.get("follow-up-results/a", part="solved", **MARCH).json() == {"asked": [], "after": ""}
    assert centre.get("follow-up-results", first="2026-04-01", last="2026-04-30").json()["plans"] == []
    assert centre.get("follow-up-results", first="0001-01-01", last="9999-12-31").status_code == 400
    other = outside(Role.STREET_DISPATCHER, OTHER_STREET)
    assert other.get("follow-up-results/a", **MARCH).json()["asked"] == []
    narrow = outside(Role.SEAT, scopes=[Permission.CASE_READ])
    assert [narrow.get(f"follow-up-results{one}", **MARCH).status_code for one in ("", "/a")] == [403, 403]
