"""What a district sets for itself, through the interface: limits, hours, the calendar, plans, formulas, assessment."""

from collections.abc import Callable
from typing import Any

import pytest

from huying.access.roles import Role
from huying.annals.models import Change
from huying.api.v1.ruling import follow_up_plans
from huying.cases.queries.settings.timing import forget_timing
from huying.figures.models import FormulaVersion, RuleVersion
from huying.loop.allocate.models import DispatchRule
from huying.loop.evaluate.models import PlanEdition
from tests.api.conftest import Outside
from tests.api.deeds import Deed, walk
from tests.cast import DISTRICT, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.database]
KEPT = (Change, DispatchRule, PlanEdition, FormulaVersion, RuleVersion)
ADMIN, RULING, CENTRE, SEAT = (
    Role.ADMINISTRATOR, Role.RULING_OFFICER, Role.DISTRICT_DISPATCHER, Role.SEAT,
)  # fmt: skip
RUNGS = [{"action": "remind", "percent": 50}, {"action": "red", "percent": 100}]
FORMULA = {
    "zh": "按期率", "en": "In time", "numerator": "handle_in_time", "denominator": "handle_in_time + handle_late",
    "valid_from": "2099-01-01",
}  # fmt: skip
LINE = {"code": "solved", "zh": "解决", "en": "Solved", "points": "100 * solved", "least": 0, "most": 100}


@pytest.fixture(autouse=True)
def clean(cast: Cast) -> Any:
    yield
    forget_timing()


def test_limits_hours_and_days(systems: Callable[[Role], Outside]) -> None:
    hours = {"sessions": [{"start": "08:30", "end": "12:00"}], "since": "2099-01-01"}
    day = "calendar/days/2099-10-08"
    notice = {"days": [{"day": "2099-10-01", "kind": "holiday", "name": "国庆节"}]}
    walk(systems, [
        Deed("PUT", "limits/accept", ADMIN, {"amount": 2, "unit": "work_hour"}, {"amount": 2.0, "coming": None},
             matched=True, wrong=SEAT),
        Deed("PUT", "limits/accept", RULING, {"amount": 1, "unit": "work_day", "since": "2099-01-01"},
             {"unit": "work_hour", "coming.unit": "work_day"}, wrong=CENTRE),
        Deed("PUT", "ladders/accept", ADMIN, {"rungs": RUNGS}, {"own": True}, matched=True, wrong=SEAT),
        Deed("PUT", "working-hours", ADMIN, hours, {"since": None, "coming": [hours]}, wrong=CENTRE),
        Deed("PUT", "thresholds", ADMIN, {"automatic_above": 0.8, "item_above": 0.6}, {"automatic_above": 0.8},
             wrong=SEAT),
        Deed("PUT", "follow-up-rule", RULING, {"days": 9, "sample_percent": 10}, {"days": 9}, wrong=CENTRE),
        Deed("PUT", day, ADMIN, {"kind": "make_up", "name": "调休"}, {"own": True, "kind": "make_up"}, wrong=SEAT,
             matched=True),
        Deed("DELETE", day, ADMIN, {}, {}, 204, wrong=CENTRE),
        Deed("PUT", "calendar/2099", RULING, notice, {"year": 2099}, wrong=SEAT),
    ], {}, KEPT)  # fmt: skip
    admin = systems(ADMIN)
    assert [one["action"] for one in admin.get("ladders/accept").json()["rungs"]] == ["remind", "red"]
    assert (admin.get("calendar/days/2099-10-01").json()["working"], admin.get("calendar/1999").status_code) == (
        False, 404,
    )  # fmt: skip
    assert {one["kind"] for one in admin.get("limits").json()["limits"]} > {"accept", "dispatch"}
    assert admin.send("put", "limits/handle", {"amount": 1, "unit": "work_day"}).status_code == 400
    late = {"rungs": [{"action": "red", "percent": 100}, {"action": "remind", "percent": 50}]}
    assert admin.send("put", "ladders/accept", late).status_code == 400
    assert systems(SEAT).get("limits").status_code == 403


def test_follow_up_plans(systems: Callable[[Role], Outside], monkeypatch: pytest.MonkeyPatch) -> None:
    admin = systems(ADMIN)
    before = [one["code"] for one in admin.get("follow-up-plans").json()["plans"]]
    plan = {
        "name": "热线的",
        "ask": "all",
        "ways": ["link", "seat"],
        "channels": ["hotline"],
        "points": {"urgent": 40},
    }
    walk(systems, [
        Deed("POST", "follow-up-plans", ADMIN, plan, {"code": "p1", "ways": ["link", "seat"]}, 201, wrong=SEAT),
        Deed("PUT", "follow-up-plans/p1", RULING, plan | {"days": 3}, {"days": 3}, wrong=CENTRE, matched=True),
        Deed("POST", "follow-up-plans/p1/move", ADMIN, {"to": "up"}, {"after": ""}, wrong=SEAT, matched=True),
    ], {}, KEPT)  # fmt: skip
    codes = [one["code"] for one in admin.get("follow-up-plans").json()["plans"]]
    assert codes == [*before[:-1], "p1", before[-1]]
    assert admin.get("follow-up-plans/p1").json()["points"]["urgent"] == 40
    tried = admin.post("follow-up-plans/p1/try", plan | {"percent": 50}).json()
    assert (tried["ended"], {one["code"] for one in tried["plans"]}) == (0, {*before, "p1"})
    assert admin.get("follow-up-plans/forecast").json()["chosen"] == 0
    assert admin.send("put", "follow-up-plans/p1", plan | {"over_days": 30}).status_code == 400
    # Whoever changes one plan writes all of them: over what somebody else wrote meanwhile nothing is written.
    seen = follow_up_plans.edition_of(DISTRICT)
    assert admin.send("put", "follow-up-plans/p1", plan | {"days": 5}).status_code == 200
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(follow_up_plans, "edition_of", lambda district: seen)
        late = (
            ("put", f"/{before[0]}", plan | {"name": "别的"}),
            ("post", f"/{before[0]}/move", {"to": "down"}),
            ("post", "/p1/end", {}),
        )
        for method, path, body in late:
            assert admin.send(method, f"follow-up-plans{path}", body).status_code == 409, path
    assert admin.get("follow-up-plans/p1").json()["days"] == 5
    walk(systems, [Deed("POST", "follow-up-plans/p1/end", ADMIN, {}, {}, 204, wrong=SEAT)], {}, KEPT)
    editions = admin.get("follow-up-plans/editions").json()["editions"]
    assert [(one["number"], len(one["plans"])) for one in editions] == [
        (5, len(before)), *((number, len(before) + 1) for number in (4, 3, 2, 1)),
    ]  # fmt: skip


def test_formulas_and_assessment(systems: Callable[[Role], Outside]) -> None:
    walk(systems, [
        Deed("PUT", "formulas/own_rate", ADMIN, FORMULA, {"version": 1, "zh": "按期率"}, wrong=SEAT),
        Deed("PUT", "formulas/own_rate", RULING, FORMULA | {"better": -1}, {"version": 2}, matched=True, wrong=CENTRE),
        Deed("PUT", "assessment-rules/period", ADMIN, {"first_day": 21, "since": "2099-01-01"},
             {"version": 1, "said": {"first_day": 21}}, matched=True, wrong=SEAT),
        Deed("PUT", "assessment-rules/ranking", ADMIN, {"least": 8, "since": "2099-01-01"}, {"said": {"least": 8}},
             wrong=CENTRE),
        Deed("PUT", "assessment-rules/matter", RULING, {"lines": [LINE], "since": "2099-01-01"}, {"version": 1},
             wrong=SEAT),
    ], {}, KEPT)  # fmt: skip
    admin = systems(ADMIN)
    versions = admin.get("formulas/own_rate/versions").json()["versions"]
    assert [one["formula"]["better"] for one in versions] == [-1, 1]
    assert admin.post("formulas/own_rate/try", FORMULA).json()["rows"] == []
    assert admin.send("put", "formulas/own_rate", FORMULA | {"numerator": "nothing"}).status_code == 400
    assert admin.send("put", "formulas/own_rate", FORMULA | {"valid_from": "2098-01-01"}).status_code == 409
    another = admin.send("put", "assessment-rules/period", {"least": 5, "since": "2099-01-01"})
    assert {one["field"] for one in another.json()["errors"]} == {"least", "first_day"}
    assert [one["kind"] for one in admin.get("assessment-rules").json()["rules"]] == [
        "period",
        "ranking",
        "matter",
    ]
    assert admin.get("assessment-rules/matter/versions").json()["versions"][0]["said"]["lines"] == [LINE]
    assert "closed" in {one["code"] for one in admin.get("measures", limit=200).json()["measures"]}
    assert admin.get("formulas/nothing").status_code == 404
