"""Visits as people meet them: the day, the form at the door, what was missed, the plan, the standards."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from huying.access.roles import Role
from huying.cases.models import Appeal
from huying.kernel import clock
from huying.people.models import Account, Viewing
from huying.visits.actions import add_visit, make_plan
from huying.visits.models import Absence, Arrangement, Change, Checklist, Plan, Record, StandardVersion, Visit
from tests.cast import COMMUNITY, GRID, OTHER_STREET, STREET, Cast
from tests.residents.conftest import Homes, housed
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]
FORM = {
    "key": "form-00000001", "outcome": "met", "q.well": "好", "q.food": "no", "q.gas": "no", "q.elder_alone.fall": "no",
    "q.elder_alone.button": "yes", "words": "花养得很好", "need": "",
}  # fmt: skip


@pytest.fixture
def homes(cast: Cast) -> Homes:
    return housed(cast)


@pytest.fixture
def worker(homes: Homes) -> Client:
    return desk(Role.GRID_WORKER, GRID, homes.cast.street_body)


@pytest.fixture
def station(homes: Homes) -> Client:
    return desk(Role.COMMUNITY_STATION, COMMUNITY, homes.cast.street_body)


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def today() -> date:
    return timezone.localdate(clock.now())


def visit(homes: Homes, person: int) -> int:
    return add_visit(homes.cast.system, person, today(), clock.now())


def test_the_day_shows_ones_own_visits_and_costs_the_same_for_many(homes: Homes, worker: Client) -> None:
    visit(homes, homes.live(phone="13800001111"))
    page = text(worker, "/visits/")
    assert "王**" in page
    assert "春风小区3栋 101" in page
    assert "待走访" in page
    with CaptureQueriesContext(connection) as few:
        text(worker, "/visits/")
    for number in range(8):
        visit(homes, homes.live(f"李{number}"))
    with CaptureQueriesContext(connection) as many:
        text(worker, "/visits/")
    assert len(many) <= len(few)
    assert Viewing.objects.filter(what__startswith="走访名单").exists()
    assert "王**" not in text(desk(Role.STREET_DISPATCHER, OTHER_STREET), "/visits/")
    assert desk(Role.SEAT).get("/visits/").status_code == 403
    tomorrow = today() + timedelta(days=1)
    assert "这天没有走访" in text(worker, f"/visits/?day={tomorrow:%Y-%m-%d}")


def test_the_form_at_the_door_writes_down_once_and_makes_a_need_a_case(homes: Homes, worker: Client) -> None:
    number = visit(homes, homes.live(phone="13800001111"))
    page = text(worker, f"/visits/{number}")
    assert "最近有没有摔倒" in page
    assert "13800001111" not in page
    shown = worker.post(f"/visits/{number}/person").content.decode()
    assert "王桂英" in shown
    assert "13800001111" in shown
    refused = worker.post(f"/visits/{number}", FORM | {"q.well": "", "need": "修灯"})
    assert refused.status_code == 400
    assert "花养得很好" in refused.content.decode()
    assert not Record.objects.exists()
    need = {"need": "楼道的灯坏了，想请人修"}
    assert worker.post(f"/visits/{number}", FORM | need).status_code == 302
    assert worker.post(f"/visits/{number}", FORM | need).status_code == 302
    assert (Record.objects.count(), Appeal.objects.count()) == (1, 1)
    done = text(worker, f"/visits/{number}")
    assert "花养得很好" in done
    assert "已走访" in done
    assert "登记走访</button>" not in done


def test_help_that_is_asked_for_is_said_and_who_was_away_is_gone_to_again(
    homes: Homes, worker: Client
) -> None:
    number = visit(homes, homes.live())
    away = worker.post(f"/visits/{number}", {"key": "form-00000009", "outcome": "away"}, follow=True)
    assert "还要再去一次" in away.content.decode()
    told = worker.post(f"/visits/{number}", FORM | {"q.elder_alone.fall": "yes"}, follow=True)
    assert "最近有没有摔倒" in told.content.decode()
    assert Visit.objects.get().done_at is not None


def test_others_do_not_see_and_do_not_write(homes: Homes, worker: Client) -> None:
    number = visit(homes, homes.live())
    assert text(desk(Role.STREET_DISPATCHER, OTHER_STREET), f"/visits/{number}", 404)
    leader = desk(Role.STREET_LEADER, STREET)
    assert "登记走访</button>" not in text(leader, f"/visits/{number}")
    assert leader.post(f"/visits/{number}", FORM).status_code == 403
    assert leader.post(f"/visits/{number}/person").status_code == 403
    assert not Record.objects.exists()


def test_a_station_plans_the_month_and_says_who_is_away(
    homes: Homes, worker: Client, station: Client
) -> None:
    homes.live()
    desk(Role.GRID_WORKER, "990101001001002", homes.cast.street_body)
    month = f"{today():%Y-%m}"
    assert worker.post("/visits/plan", {"area": COMMUNITY, "month": month}).status_code == 403
    assert station.post("/visits/plan", {"area": OTHER_STREET, "month": month}).status_code == 404
    station.post("/visits/plan", {"area": COMMUNITY, "month": month})
    assert Plan.objects.count() == 1
    page = text(station, f"/visits/plan?area={COMMUNITY}&month={month}")
    assert "1 人，" in page
    assert "网格员" in page
    ill = Account.objects.get(login__startswith=f"grid_worker-{GRID}")
    day = f"{today():%Y-%m-%d}"
    given = {"worker_id": ill.pk, "since": day, "until": day, "why": "病假"}
    assert station.post("/visits/away", given | {"until": "2020-01-01"}).status_code == 400
    assert station.post("/visits/away", given).status_code == 302
    assert "病假" in text(station, "/visits/plan")
    station.post("/visits/away", {"end": Absence.objects.get().id})
    assert Absence.objects.get().ended_at is not None
    assert worker.post("/visits/away", given).status_code == 403


def test_what_was_missed_is_listed_with_who_was_told(homes: Homes, station: Client) -> None:
    number = visit(homes, homes.live())
    Visit.objects.filter(id=number).update(due_at=clock.now() - timedelta(hours=1), rung=2)
    page = text(station, "/visits/missed")
    assert "王**" in page
    assert "告诉社区" in page
    assert "逾期 1 户" in text(station, "/visits/")
    assert "没有逾期的走访" in text(desk(Role.STREET_DISPATCHER, OTHER_STREET), "/visits/missed")


def test_from_the_card_come_changes_arrangements_and_visits_beside_the_plan(
    homes: Homes, worker: Client
) -> None:
    person = homes.live()
    make_plan(homes.cast.system, STREET, today(), clock.now())
    home = f"/residents/{person}"
    worker.post(f"{home}/change", {"change-kind": "hospital", "change-words": "昨天出院"})
    assert Change.objects.get().visit_id is not None
    worker.post(
        f"{home}/arrangement",
        {"arrangement-weekdays": ["1", "3"], "arrangement-slot": "morning", "arrangement-worker_id": ""},
    )
    assert Arrangement.objects.get().weekdays == [1, 3]
    later = today() + timedelta(days=9)
    worker.post(f"{home}/visits", {"extra-day": f"{later:%Y-%m-%d}"})
    assert Visit.objects.filter(reason="extra", day=later).exists()
    page = text(worker, home)
    for word in ("住院或出院", "昨天出院", "重大变故"):
        assert word in page
    assert worker.post(f"{home}/change", {"change-kind": "nonsense"}).status_code == 400


def test_an_administrator_sets_standards_and_checklists(homes: Homes, station: Client) -> None:
    admin = desk(Role.ADMINISTRATOR)
    given = {
        "high-every": 3,
        "high-upheaval_hours": 24,
        "high-minutes": 30,
        "high-community_hours": 0,
        "high-street_hours": 24,
        "high-why": "冬季加密",
    }
    assert station.post("/visits/setting/high", given).status_code == 403
    assert admin.post("/visits/setting/high", given | {"high-every": 0}).status_code == 400
    assert admin.post("/visits/setting/high", given).status_code == 302
    assert StandardVersion.objects.get().every == 3
    assert "冬季加密" in text(station, "/visits/setting")
    assert "最近有没有摔倒" in text(admin, "/visits/checklists/elder_alone")
    wrong = admin.post("/visits/checklists/elder_alone", {"questions": "好吗 | 好", "why": "试"})
    assert wrong.status_code == 400
    assert (
        admin.post(
            "/visits/checklists/common", {"questions": "好吗 | 好、差 | 差 | 必答", "why": "改短"}
        ).status_code
        == 302
    )
    assert Checklist.objects.get().kind == ""
    assert text(admin, "/visits/checklists/nobody", 404)
