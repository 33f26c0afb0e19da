"""Who has a task hears of it once, and hears when it need not be done any more."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huying.access.roles import Role
from huying.notices.models import Notice
from huying.people.actions import NewPost, create_account
from huying.people.models import Account
from huying.people.queries import actor_of
from huying.prevent.campaigns.actions.doing import do
from huying.prevent.campaigns.actions.running import NewCampaign, begin, close
from huying.prevent.campaigns.models import Task
from tests.cast import COMMUNITY, DISTRICT, GRID, MONDAY, OTHER_STREET, STREET, Cast, gather
from tests.teams.conftest import draw

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TODAY = MONDAY.date()


@pytest.fixture
def cast(db: None) -> Cast:
    made = gather()
    draw(made)
    return made


def hired(cast: Cast, login: str, role: Role, area: str, body: int | None = None) -> int:
    return create_account(cast.system, login, login, [NewPost(role, area, body)], MONDAY - timedelta(days=9))


def begun(account: int, once: str = "k1") -> int:
    new = NewCampaign(
        name="夜间施工噪声", items=("0701",), areas=(STREET,), lead="城管", task="走一遍工地", begins=TODAY,
        due=TODAY + timedelta(days=14),
    )  # fmt: skip
    return begin(actor_of(Account.objects.get(pk=account), MONDAY), new, once, MONDAY)


def told(occasion: str) -> dict[int, tuple[str, str]]:
    rows = Notice.objects.filter(district=DISTRICT, occasion=occasion, way="page")
    assert rows.count() == rows.values("account_id").distinct().count()
    return {row.account_id or 0: (row.text, row.link) for row in rows}


def test_who_has_a_task_and_who_is_in_charge_are_told_once(cast: Cast) -> None:
    leader = hired(cast, "leads", Role.STREET_LEADER, STREET)
    dispatcher = hired(cast, "gives", Role.STREET_DISPATCHER, STREET)
    grid = hired(cast, "grid", Role.GRID_WORKER, GRID, cast.street_body)
    community = hired(cast, "community", Role.COMMUNITY_STATION, COMMUNITY, cast.street_body)
    hired(cast, "away", Role.GRID_WORKER, f"{OTHER_STREET}001001", cast.street_body)
    hired(cast, "seat", Role.SEAT, str(DISTRICT))
    hired(cast, "district", Role.DISTRICT_DISPATCHER, str(DISTRICT))
    made = begun(leader)
    begun(leader)
    found = told("tasked")
    assert set(found) == {dispatcher, grid, community}
    assert found[grid][1] == f"/campaigns/tasks/{Task.objects.get(grid=GRID).pk}"
    assert "1 个排查任务" in found[grid][0]
    assert "3月16日" in found[grid][0]
    assert "2 个排查任务" in found[community][0]
    assert found[community][1] == "/campaigns/tasks"
    assert found[dispatcher][1] == f"/campaigns/{made}"


def test_the_end_is_told_to_who_has_a_task_open_and_what_waits_to_go_out_is_not_sent(cast: Cast) -> None:
    leader = hired(cast, "leads", Role.STREET_LEADER, STREET)
    one = hired(cast, "one", Role.GRID_WORKER, GRID, cast.street_body)
    other = hired(cast, "other", Role.GRID_WORKER, f"{COMMUNITY}002", cast.street_body)
    made = begun(leader)
    do(cast.grid_worker, Task.objects.get(grid=GRID).pk, "nothing", "", "", MONDAY)
    close(actor_of(Account.objects.get(pk=leader), MONDAY), made, "两处工地已停", MONDAY)
    assert set(told("tasks_over")) == {other}
    assert set(told("tasked")) == {one, other}
    assert not Notice.objects.filter(occasion="tasked", way="page", read_at=None).exists()


def test_telling_many_costs_no_more_queries_than_telling_few(cast: Cast) -> None:
    leader = hired(cast, "leads", Role.STREET_LEADER, STREET)
    hired(cast, "one", Role.GRID_WORKER, GRID, cast.street_body)
    with CaptureQueriesContext(connection) as few:
        begun(leader)
    for number in range(5):
        hired(cast, f"more{number}", Role.GRID_WORKER, GRID, cast.street_body)
    with CaptureQueriesContext(connection) as many:
        begun(leader, "k2")
    assert len(many) <= len(few)
