"""Prevention through the interface: warnings, hot issues, what comes again, campaigns, danger in words."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from huying.access.roles import Role
from huying.catalogue.actions import load_starter
from huying.kernel import clock
from huying.people.models import Account
from huying.prevent.campaigns.models import Campaign, Task
from huying.prevent.hot_issues.models import Heard, HotIssue
from huying.prevent.recurring.models import Project, Recurrence
from huying.prevent.risk.models import RiskSignal, RiskWidth
from huying.prevent.warnings.models import EarlyWarning
from tests.api.conftest import Outside
from tests.api.deeds import Deed, walk
from tests.cast import COMMUNITY, DISTRICT, GRID, STREET, Cast
from tests.teams.conftest import draw
from tests.web.prevent.test_warning_pages import warning

pytestmark = [pytest.mark.django_db, pytest.mark.database]
CENTRE, LEADER, ADMIN = Role.DISTRICT_DISPATCHER, Role.STREET_LEADER, Role.ADMINISTRATOR
KEPT = (
    EarlyWarning, HotIssue, Heard, Recurrence, Project, Campaign, Task, RiskSignal, RiskWidth, Account,
)  # fmt: skip


def _issue(*cases: int) -> int:
    now = clock.now()
    issue = HotIssue.objects.create(
        district=DISTRICT, title="春风路垃圾", messages=len(cases), first_at=now, last_at=now
    )
    issue.refresh_from_db(fields=["id"])
    Heard.objects.bulk_create(
        Heard(district=DISTRICT, case_id=case, issue_id=issue.id, at=now, title="垃圾", area=GRID, marks=["垃圾"],
              weights=[1.0], names=[], keys=["垃圾"])
        for case in cases
    )  # fmt: skip
    return int(issue.id)


def _kept(system: Outside, text: str) -> int:
    return int(system.post("appeals", {"text": text}).json()["case"].rpartition("-")[2])


def test_warnings(cast: Cast, systems: Callable[[Role], Outside]) -> None:
    world = {"one": warning(COMMUNITY).pk, "other": warning(COMMUNITY, item="070102").pk}
    verdict = {"verdict": "true", "cause": "雨水管网老化"}
    known, muted = (
        {"line.state": "acknowledged"},
        {"words": "施工期间", "until": timezone.localdate().isoformat()},
    )
    walk(systems, [
        Deed("POST", "warnings/{one}/acknowledge", CENTRE, {"words": "已安排核实"}, known, matched=True),
        Deed("POST", "warnings/{one}/settle", Role.SUPERVISOR, verdict, {"line.verdict": "true"}, wrong=ADMIN),
        Deed("POST", "warnings/{other}/mute", LEADER, muted, {"line.state": "muted"}, wrong=Role.SEAT),
    ], world, KEPT)  # fmt: skip
    states = {row.pk: (row.state, row.verdict, row.cause) for row in EarlyWarning.objects.all()}
    assert states[world["one"]] == ("settled", "true", "雨水管网老化")
    assert states[world["other"]][0] == "muted"


def test_hot_issues(cast: Cast, systems: Callable[[Role], Outside]) -> None:
    cases = [_kept(systems(CENTRE), f"春风路垃圾第{number}堆没人收") for number in range(5)]
    world = {"first": _issue(*cases[:3]), "second": _issue(*cases[3:]), "two": cases[:1]}
    why, issue = {"reason": "是两件事"}, "hot-issues/{first}"
    walk(systems, [
        Deed("POST", f"{issue}/dismiss", CENTRE, why, {"line.state": "dismissed"}, matched=True),
        Deed("POST", f"{issue}/reopen", CENTRE, {}, {"line.state": "open"}, wrong=Role.EVALUATOR),
        Deed("POST", f"{issue}/split", Role.STREET_DISPATCHER, why | {"cases": "{two}"}, {}, 201, finds="third"),
        Deed("POST", f"{issue}/merge", CENTRE, why | {"into": "{second}"}, {"line.id": "{second}"}, wrong=LEADER),
    ], world, KEPT)  # fmt: skip
    held = {row.case_id: row.issue_id for row in Heard.objects.all()}
    assert held == {cases[0]: world["third"], **{case: world["second"] for case in cases[1:]}}
    assert systems(CENTRE).post(f"hot-issues/{world['third']}/split", why | {"cases": [1]}).status_code in (
        400,
        404,
    )


def test_what_comes_again(cast: Cast, systems: Callable[[Role], Outside]) -> None:
    now = clock.now()
    again = Recurrence.objects.create(
        district=DISTRICT, item="030201", area=COMMUNITY, lon=114.3, lat=22.7, cases=[], spots=[114300, 22700],
        again=4, first_at=now - timedelta(days=300), last_at=now,
    )  # fmt: skip
    again.refresh_from_db(fields=["id"])
    day = now.date()
    plan = {
        "name": "春风路垃圾屋改造", "body": cast.urban, "owner": "李明", "cause": "桶不够", "measure": "加桶",
        "starts_on": day.isoformat(), "ends_on": (day + timedelta(days=60)).isoformat(),
    }  # fmt: skip
    walk(systems, [
        Deed("POST", f"recurring/{again.id}/projects", CENTRE, plan, {}, 201, wrong=Role.EVALUATOR),
    ], {}, KEPT)  # fmt: skip
    world = {"project": systems(CENTRE).get("projects").json()["projects"][0]["id"]}
    walk(systems, [
        Deed("PUT", "projects/{project}", LEADER, plan | {"owner": "王芳"}, matched=True, wrong=ADMIN),
        Deed("POST", "projects/{project}/finish", Role.SUPERVISOR, {"on": day.isoformat(), "outcome": "已完工"}),
    ], world, KEPT)  # fmt: skip
    told = systems(CENTRE).get(f"projects/{world['project']}").json()["project"]
    assert (told["owner"], told["state"], told["finished_on"]) == ("王芳", "finished", day.isoformat())


def test_campaigns(cast: Cast, systems: Callable[[Role], Outside]) -> None:
    draw(cast)
    load_starter(cast.system, DISTRICT, clock.now())
    day = timezone.localdate()
    asked = {
        "key": "camp-2026-01", "name": "汛前清沟", "items": ["0302"], "areas": [STREET], "lead": "水务局",
        "task": "逐个检查雨水口", "begins": day.isoformat(), "due": (day + timedelta(days=10)).isoformat(),
    }  # fmt: skip
    world: dict[str, int] = {}
    walk(systems, [Deed("POST", "campaigns", CENTRE, asked, {}, 201, wrong=Role.SUPERVISOR)], world, KEPT)
    world["campaign"] = Campaign.objects.get().id
    assert systems(CENTRE).send("post", "campaigns", asked).status_code == 201
    assert Campaign.objects.count() == 1
    tasks = systems(CENTRE).get("tasks").json()["tasks"]
    assert len(tasks) == 2
    world["task"] = tasks[0]["id"]
    walk(systems, [
        Deed("POST", "tasks/{task}/do", CENTRE, {"finding": "nothing"}, {"id": "{task}"}, matched=True),
        Deed("POST", "campaigns/{campaign}/close", LEADER, {"conclusion": "清理 3 个"}, wrong=Role.SEAT),
    ], world, KEPT)  # fmt: skip
    assert Campaign.objects.get().conclusion == "清理 3 个"


def test_danger_in_words(cast: Cast, systems: Callable[[Role], Outside]) -> None:
    case = _kept(systems(CENTRE), "再不处理我就从楼上跳下去")
    signal = RiskSignal.objects.first() or RiskSignal.objects.create(
        district=DISTRICT, case_id=case, appeal_id=1, kind="self_harm", urgency="now", width="balanced", precise=True,
        at=clock.now(),
    )  # fmt: skip
    walk(systems, [
        Deed("POST", f"risks/{signal.pk}/verdict", CENTRE, {"verdict": "right"}, {"verdict": "right"}),
        Deed("PUT", "risks/width", ADMIN, {"width": "wide"}, {"width": "wide"}, matched=False, wrong=CENTRE),
    ], {}, KEPT)  # fmt: skip
    assert systems(CENTRE).get("risks/width").json() == {"width": "wide"}
