"""The season's calendar and the promise of false warnings, kept through the interface."""

from collections.abc import Callable

import pytest

from huying.access.roles import Role
from huying.annals.models import Change
from huying.prevent.campaigns.models import Season
from huying.prevent.warnings.models import Promise
from tests.api.conftest import Outside
from tests.api.deeds import Deed, walk
from tests.cast import DISTRICT, STREET, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.database]
KEPT = (Season, Promise, Change)
CENTRE, ADMIN = Role.DISTRICT_DISPATCHER, Role.ADMINISTRATOR
LINE = {
    "name": "冬季用火", "first": "12-01", "last": "02-28", "weeks_before": 2, "items": ["07"], "lead": "消防大队",
    "task": "查楼道堆物",
}  # fmt: skip


def test_the_seasons_calendar(
    cast: Cast, systems: Callable[[Role], Outside], outside: Callable[..., Outside]
) -> None:
    given = systems(CENTRE).get("seasons").json()["seasons"]
    assert len(given) > 3
    new = LINE | {"key": "season-2026-01"}
    walk(systems, [
        Deed("POST", "seasons", CENTRE, new, {"name": "冬季用火", "festival": None}, 201, wrong=Role.SUPERVISOR),
    ], world := {}, KEPT)  # fmt: skip
    made = Season.objects.get(name="冬季用火")
    assert systems(CENTRE).post("seasons", new).json()["code"] == made.code
    assert Season.objects.filter(name="冬季用火").count() == 1
    world["code"] = made.code
    moon = {"name": "清明前后", "festival": "spring", "first": "-7", "last": "2"}
    walk(systems, [
        Deed("PUT", "seasons/{code}", CENTRE, LINE | moon, moon, matched=True, wrong=Role.SUPERVISOR),
    ], world, KEPT)  # fmt: skip
    told = systems(Role.EVALUATOR).get(f"seasons/{made.code}").json()
    assert told["next_first"] < told["next_last"]
    street = outside(Role.STREET_LEADER, STREET)
    before = Season.objects.count(), Change.objects.count()
    assert systems(CENTRE).send("put", "seasons/nothing", LINE).status_code == 404
    for wrong in (
        {"first": "6月"},
        {"items": ["7"]},
        {"weeks_before": 13},
        {"festival": "spring", "first": "99"},
    ):
        refused = systems(CENTRE).send("put", f"seasons/{made.code}", LINE | wrong)
        assert refused.status_code == 400, wrong
    for tried in (street.post("seasons", new), street.send("put", f"seasons/{made.code}", LINE),
                  street.post(f"seasons/{made.code}/end")):  # fmt: skip
        assert tried.status_code == 403
    assert (Season.objects.count(), Change.objects.count()) == before
    walk(systems, [Deed("POST", "seasons/{code}/end", CENTRE, {}, {"code": "{code}"}, wrong=Role.SUPERVISOR)],
         world, KEPT)  # fmt: skip
    assert systems(CENTRE).get(f"seasons/{made.code}").status_code == 404
    assert len(systems(CENTRE).get("seasons").json()["seasons"]) == len(given)


def test_the_promise_of_false_warnings(
    cast: Cast, systems: Callable[[Role], Outside], outside: Callable[..., Outside]
) -> None:
    walk(
        systems,
        [Deed("PUT", "warning-promise", ADMIN, {"promise": 5}, {"promise": 5}, wrong=CENTRE)],
        {},
        KEPT,
    )
    told = systems(ADMIN).get("warning-promise").json()
    assert ([one["promise"] for one in told["versions"]], told["settled"], told["ready"]) == ([5], 0, False)
    assert systems(ADMIN).send("put", "warning-promise", {"promise": 0}).status_code == 400
    assert systems(CENTRE).get("warning-promise").status_code == 403
    assert Promise.objects.filter(district=DISTRICT).count() == 1
