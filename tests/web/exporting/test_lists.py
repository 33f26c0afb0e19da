"""Every list as a file: who may take it, by its own filters, safe, at once or behind the pages, always in the audit."""

import csv
import io
import threading
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate
from openpyxl import load_workbook

from huying.access.roles import Role
from huying.cases.actions import NewAppeal, receive
from huying.kernel import clock
from huying.longwork.actions import do_next
from huying.people.models import Viewing
from huying.site.wiring import LONG_WORK
from huying.teams.actions import create_post, join_team, put_turn
from huying.teams.models import DutyPost
from huying.teams.rules.kinds import DutyDays
from huying.teams.rules.turns import Hours, TurnPlan
from huying.web.exporting import views
from huying.web.exporting.lists import LISTS
from tests.cast import COMMUNITY, DISTRICT, GRID, STREET, Cast, gather
from tests.teams.conftest import laid
from tests.web.desks import desk

pytestmark = pytest.mark.django_db(transaction=True)
EAST = f"{COMMUNITY}002"
WHOSE = {
    "cases": Role.SUPERVISOR, "dispatch": Role.DISTRICT_DISPATCHER, "orders": Role.DEPARTMENT_HANDLER,
    "checks": Role.SUPERVISOR, "disputes": Role.RULING_OFFICER, "delays": Role.SUPERVISOR,
    "follow-ups": Role.EVALUATOR, "oversight": Role.SUPERVISOR, "late": Role.SUPERVISOR, "supervisions": Role.SUPERVISOR,
    "interviews": Role.SUPERVISOR,
    "figures": Role.EVALUATOR, "calls": Role.SUPERVISOR, "promises": Role.SUPERVISOR, "situations": Role.AUDITOR,
    "audit": Role.AUDITOR, "accounts": Role.ADMINISTRATOR, "areas": Role.ADMINISTRATOR, "articles": Role.SEAT,
    "catalogue": Role.AUDITOR, "changes": Role.AUDITOR, "sign-ins": Role.AUDITOR,
    "erasures": Role.AUDITOR,
    "bodies": Role.ADMINISTRATOR, "precedents": Role.RULING_OFFICER, "gaps": Role.SEAT, "notices": Role.SEAT,
    "ending": Role.SEAT,
    "deliveries": Role.ADMINISTRATOR, "teams": Role.SUPERVISOR, "duty-posts": Role.SUPERVISOR,
    "roster": Role.SUPERVISOR, "handovers": Role.SUPERVISOR, "on-duty": Role.SUPERVISOR, "behind": Role.EVALUATOR,
    "counted": Role.SUPERVISOR, "team-members": Role.SUPERVISOR, "rankings": Role.EVALUATOR, "periods": Role.EVALUATOR,
    "matters": Role.EVALUATOR, "exemptions": Role.EVALUATOR, "ratings": Role.EVALUATOR, "meetings": Role.SUPERVISOR,
    "proposals": Role.SUPERVISOR, "reports": Role.SUPERVISOR, "checkup": Role.SUPERVISOR,
    "insight": Role.SUPERVISOR,
    "devices": Role.SUPERVISOR, "video-alarms": Role.SUPERVISOR,
    "facilities": Role.SUPERVISOR, "circle": Role.SUPERVISOR, "service-demand": Role.SUPERVISOR,
    "patrol-tours": Role.SUPERVISOR, "patrol-finds": Role.SUPERVISOR, "patrol-checks": Role.SUPERVISOR,
    "residents": Role.STREET_DISPATCHER, "buildings": Role.STREET_DISPATCHER,
    "visits-of-day": Role.STREET_DISPATCHER, "missed-visits": Role.STREET_DISPATCHER,
    "visit-workload": Role.STREET_DISPATCHER,
    "emergencies": Role.SUPERVISOR, "responders": Role.SUPERVISOR, "visits": Role.STREET_DISPATCHER,
    "follow-up-plans": Role.EVALUATOR, "follow-up-cases": Role.EVALUATOR, "hot-issues": Role.SUPERVISOR,
    "recurring": Role.SUPERVISOR, "projects": Role.SUPERVISOR, "warnings": Role.SUPERVISOR, "campaigns": Role.SUPERVISOR,
    "risks": Role.SUPERVISOR, "volunteers": Role.SUPERVISOR, "musters": Role.SUPERVISOR, "units": Role.SUPERVISOR,
    "listings": Role.SUPERVISOR, "list-projects": Role.SUPERVISOR, "volunteer-figures": Role.SUPERVISOR,
}  # fmt: skip
# Lists of one report or one emergency card, which the tests of those open.
OF_ONE = {"report-cases", "alerted", "mustered", "warned-cases", "campaign-tasks"}
NOT_THEIRS = {
    "erasures": Role.SUPERVISOR,
    "audit": Role.SUPERVISOR, "accounts": Role.SUPERVISOR, "areas": Role.SEAT, "bodies": Role.SEAT,
    "deliveries": Role.SEAT, "reports": Role.SEAT, "checkup": Role.SEAT, "insight": Role.SEAT, "hot-issues": Role.SEAT,
    "recurring": Role.SEAT, "projects": Role.SEAT, "warnings": Role.SEAT, "campaigns": Role.SEAT,
    "responders": Role.AUDITOR, "devices": Role.AUDITOR,
    "facilities": Role.SEAT, "circle": Role.SEAT, "service-demand": Role.SEAT,
    "volunteers": Role.AUDITOR, "musters": Role.AUDITOR,
    "units": Role.AUDITOR, "listings": Role.AUDITOR, "list-projects": Role.AUDITOR, "volunteer-figures": Role.AUDITOR,
    "patrol-tours": Role.AUDITOR, "patrol-finds": Role.AUDITOR, "patrol-checks": Role.AUDITOR,
    "residents": Role.SEAT, "buildings": Role.SEAT,
    "visits-of-day": Role.SEAT, "missed-visits": Role.SEAT, "visit-workload": Role.SEAT,
    "video-alarms": Role.AUDITOR,
} | dict.fromkeys(
    ("gaps", "ending", "teams", "team-members", "duty-posts", "roster", "handovers", "on-duty", "behind", "meetings",
     "proposals"), Role.AUDITOR
)  # fmt: skip
# What every post may take: only who has none is turned away.
EVERYBODYS = {"articles", "catalogue", "precedents", "notices", "situations"}
# The page that offers the list; with {post}, the list of one place of duty.
PAGES = {
    "cases": "/case/", "dispatch": "/dispatch/", "orders": "/handling/", "checks": "/oversight/checks",
    "disputes": "/oversight/disputes", "delays": "/oversight/delays", "follow-ups": "/evaluation/follow-ups",
    "oversight": "/oversight/", "late": "/oversight/", "supervisions": "/oversight/orders",
    "interviews": "/oversight/interviews", "figures": "/evaluation/",
    "audit": "/admin/audit", "accounts": "/admin/accounts", "areas": "/admin/areas", "articles": "/admin/knowledge/",
    "catalogue": "/admin/catalogue/", "changes": "/admin/audit/changes", "sign-ins": "/admin/audit/sign-ins",
    "erasures": "/admin/erasures",
    "bodies": "/admin/bodies", "precedents": "/admin/precedents", "gaps": "/admin/knowledge/gaps",
    "ending": "/admin/knowledge/ending",
    "notices": "/account/notices", "deliveries": "/admin/notices/", "teams": "/admin/teams/",
    "duty-posts": "/admin/duty/", "roster": "/admin/duty/{post}/week", "handovers": "/admin/duty/{post}/handovers",
    "on-duty": "/duty/now", "behind": "/evaluation/behind?code=solved_rate", "counted": "/command/counted",
    "team-members": "/admin/teams/", "calls": "/calls", "promises": "/promises",
    "situations": "/admin/settings/situations", "rankings": "/evaluation/assessment/",
    "periods": "/evaluation/assessment/periods", "matters": "/evaluation/assessment/matters",
    "exemptions": "/evaluation/assessment/exemptions", "ratings": "/evaluation/assessment/ratings",
    "meetings": "/deliberation/", "proposals": "/deliberation/proposals/", "reports": "/reports/",
    "checkup": "/checkup/", "insight": "/insight/",
    "facilities": "/services/facilities/", "circle": "/services/circle", "service-demand": "/services/demand",
    "patrol-tours": "/patrols/", "patrol-finds": "/patrols/finds", "patrol-checks": "/patrols/checks",
    "residents": "/residents/", "buildings": "/residents/buildings/", "visits-of-day": "/visits/",
    "missed-visits": "/visits/missed", "visit-workload": "/visits/plan",
    "devices": "/devices/", "video-alarms": "/video/",
    "emergencies": "/emergency/", "responders": "/emergency/responders/", "visits": "/evaluation/visits",
    "risks": "/risk/",
    "hot-issues": "/insight/hot/", "recurring": "/insight/recurring/", "projects": "/insight/recurring/projects",
    "follow-up-plans": "/evaluation/plans", "follow-up-cases": "/evaluation/plans/handled",
    "warnings": "/warnings/", "campaigns": "/campaigns/",
    "volunteers": "/volunteers/people/", "musters": "/volunteers/", "units": "/volunteers/units/",
    "listings": "/volunteers/lists/", "list-projects": "/volunteers/projects/",
    "volunteer-figures": "/volunteers/figures",
}  # fmt: skip


@pytest.fixture
def cast(transactional_db: None, settings: Any, tmp_path: Path) -> Cast:
    settings.HUYING_WORK_DIR = tmp_path / "work"
    return gather()


def fill(cast: Cast, count: int) -> None:
    news = [NewAppeal(text=f"路灯不亮{n}", channel="web", area=GRID, title=f"=第{n}件") for n in range(count)]
    receive(DISTRICT, news, by=cast.system, now=clock.now())


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def asked_of(cast: Cast, kind: str) -> str:
    """What an address of this kind has to name."""
    if kind in {"roster", "handovers"}:
        return f"&post={duty_post(cast)}"
    return "&code=solved_rate" if kind == "behind" else ""


def duty_post(cast: Cast) -> int:
    """A place of duty with one turn, made once."""
    held = DutyPost.objects.values_list("pk", flat=True).first()
    if held is not None:
        return held
    made = create_post(cast.administrator, str(DISTRICT), "青石街道指挥中心", clock.now())
    plan = TurnPlan("白班", Hours(time(8), time(20)), DutyDays.EVERY, 1, 1)
    put_turn(cast.administrator, made, plan, clock.now())
    return made


def test_every_list_is_named_here() -> None:
    assert set(WHOSE) == set(LISTS) - OF_ONE == set(PAGES)


# An edition is a page of its own, and there is none here.
@pytest.mark.parametrize("kind", sorted(set(PAGES) - {"catalogue"}))
def test_the_page_of_a_list_offers_it_as_it_is_asked_for(cast: Cast, kind: str) -> None:
    body = cast.urban if WHOSE[kind] is Role.DEPARTMENT_HANDLER else None
    address = PAGES[kind].format(post=duty_post(cast) if "{post}" in PAGES[kind] else "")
    page = desk(WHOSE[kind], body_id=body).get(f"{address}{'&' if '?' in address else '?'}q=x").context
    offered = page[{"late": "export_late", "team-members": "export_members"}.get(kind, "export")]
    assert offered.startswith(f"/export/{kind}?")
    assert "q=x" in offered


def test_a_roster_and_handovers_are_those_of_one_post(cast: Cast) -> None:
    client = desk(Role.SUPERVISOR)
    told = rows_of(client.get(f"/export/roster?format=csv&post={duty_post(cast)}").content)
    assert len(told) == 15
    assert told[1][1:5] == ["白班", "08:00", "20:00", "带班领导"]
    for kind in ("roster", "handovers"):
        assert client.get(f"/export/{kind}").status_code == 404
        assert client.get(f"/export/{kind}?post=999999").status_code == 404
    assert client.get("/export/behind?code=none").status_code == 404


@pytest.mark.parametrize("kind", sorted(WHOSE))
def test_a_list_opens_in_both_forms_with_as_many_cells_as_heads(cast: Cast, kind: str) -> None:
    fill(cast, 3)
    body = cast.urban if WHOSE[kind] is Role.DEPARTMENT_HANDLER else None
    client = desk(WHOSE[kind], body_id=body)
    asked = asked_of(cast, kind)
    told = rows_of(client.get(f"/export/{kind}?format=csv{asked}").content)
    assert len({len(row) for row in told}) == 1
    assert len(set(told[0])) > 1
    sheet = load_workbook(io.BytesIO(client.get(f"/export/{kind}?format=xlsx{asked}").content)).active
    assert sheet is not None
    assert [cell.value for cell in next(sheet.iter_rows())] == told[0]
    assert sheet.max_row == len(told) + (1 if kind == "audit" else 0)
    kept = [one.what for one in Viewing.objects.filter(kind="export").order_by("id")]
    how = {"behind": "指标 solved_rate"}.get(kind, asked.replace("&post=", "值班点 ") or "全部")
    assert kept == [f"{LISTS[kind].take.name}：{how}"] * 2


def test_the_members_of_the_teams_are_named_one_a_line_with_the_ends_of_their_numbers(cast: Cast) -> None:
    ground, today = laid(cast), localdate(clock.now())
    for grid, who, kind in ((EAST, "李四", "leader"), (GRID, "张三", "leader"), (GRID, "王五", "doctor")):
        join_team(cast.system, grid, ground.people[who], ground.kinds[kind], today, clock.now())
    told = rows_of(desk(Role.SUPERVISOR).get("/export/team-members?format=csv").content)
    assert [row[0] for row in told[1:]] == [GRID, GRID, EAST]
    assert [row[2:7] for row in told[1:3]] == [
        ["网格长", "网格长", "张三", "科员", "138****0000"],
        ["共治力量", "家庭医生", "王五", "科员", "138****0002"],
    ]
    other = desk(Role.STREET_LEADER, "990101002").get("/export/team-members?format=csv")
    assert len(rows_of(other.content)) == 1


def test_the_file_holds_the_grids_that_the_page_shows(cast: Cast) -> None:
    ground, today = laid(cast), localdate(clock.now())
    whole = [("张三", "leader"), ("李四", "worker"), ("王五", "police"), ("老主任", "building")]
    for grid, who, kind in [*((GRID, who, kind) for who, kind in whole), (EAST, "赵六", "leader")]:
        join_team(cast.system, grid, ground.people[who], ground.kinds[kind], today, clock.now())
    page = desk(Role.SUPERVISOR)

    def codes(kind: str, of: str) -> list[str]:
        return [row[0] for row in rows_of(page.get(f"/export/{kind}?format=csv&of={of}").content)[1:]]

    assert codes("teams", "grids") == [GRID, EAST]
    assert codes("teams", "short") == codes("team-members", "short") == [EAST]
    assert codes("team-members", "grids") == [GRID, GRID, GRID, GRID, EAST]


@pytest.mark.parametrize("kind", sorted(WHOSE))
def test_who_may_not_take_it_gets_nothing_and_leaves_no_trace(cast: Cast, kind: str) -> None:
    client = desk(NOT_THEIRS.get(kind, Role.ADMINISTRATOR))
    if kind in EVERYBODYS:
        client = Client()
    answer = client.get(f"/export/{kind}")
    assert answer.status_code == (302 if kind in EVERYBODYS else 403)
    assert not Viewing.objects.filter(kind="export").exists()


def test_a_list_that_is_none_is_not_found(cast: Cast) -> None:
    assert desk(Role.SUPERVISOR).get("/export/callers").status_code == 404


def test_the_lists_own_filters_hold(cast: Cast) -> None:
    fill(cast, 3)
    client = desk(Role.SUPERVISOR)
    assert len(rows_of(client.get("/export/cases?format=csv&state=received").content)) == 4
    assert len(rows_of(client.get("/export/cases?format=csv&state=handling").content)) == 1
    assert len(rows_of(client.get("/export/cases?format=csv&after=nonsense").content)) == 4
    whose = desk(Role.STREET_DISPATCHER, "990101002")
    assert len(rows_of(whose.get("/export/dispatch?format=csv").content)) == 1


def test_a_large_list_is_made_behind_the_pages_and_fetched_by_the_asker_alone(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "AT_ONCE", 2)
    fill(cast, 1203)
    client, other = desk(Role.SUPERVISOR), desk(Role.SUPERVISOR, STREET)
    first = client.get("/export/cases?format=csv&state=received")
    assert first.status_code == 302
    assert (
        client.get("/export/cases?format=csv&state=received").headers["Location"] == first.headers["Location"]
    )
    page = first.headers["Location"]
    assert "排队中" in client.get(page).content.decode()
    assert do_next(LONG_WORK, threading.Event())
    shown = client.get(page).content.decode()
    assert "已完成" in shown
    assert "1203" in shown
    told = rows_of(b"".join(client.get(f"{page}/file").streaming_content))  # type: ignore[attr-defined]
    assert len(told) == 1204
    assert len({row[0] for row in told}) == 1204
    assert all(row[1].startswith("'=") for row in told[1:])
    for address in (page, f"{page}/file"):
        assert other.get(address).status_code == 404
    assert other.post(f"{page}/cancel", follow=True).status_code == 404
    assert page not in other.get("/account/work/").content.decode()
    assert page in client.get("/account/work/").content.decode()
    kept = [one.what for one in Viewing.objects.filter(kind="export").order_by("id")]
    assert kept == ["全部案件：状态 待受理"] * 2 + [f"下载：全部案件 {told_name(client, page)}"]


def told_name(client: Client, page: str) -> str:
    answer = client.get(f"{page}/file")
    name: str = answer.headers["Content-Disposition"].split('"')[1]
    answer.close()
    Viewing.objects.filter(what__contains=name).order_by("-id")[:1].get().delete()
    return name


def test_the_tray_is_one_question_whatever_is_in_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: Any
) -> None:
    monkeypatch.setattr(views, "AT_ONCE", 0)
    fill(cast, 3)
    client = desk(Role.SUPERVISOR)
    for form in ("csv", "xlsx"):
        for state in ("received", "filed", ""):
            client.get(f"/export/cases?format={form}&state={state}")
    # Session, account, posts, second factor, and the list.
    with django_assert_max_num_queries(6):
        page = client.get("/account/work/", headers={"HX-Request": "true"}).content.decode()
    assert page.count("<tr data-href") == 4
