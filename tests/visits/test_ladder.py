"""Missed visits climb: who was to go, the community, the street; each told once, without a name."""

import pytest

from huying.notices.models import Notice
from huying.visits.actions import climb
from huying.visits.models import Visit
from huying.visits.queries import missed_for
from huying.visits.rules.kinds import VisitRung
from tests.cast import COMMUNITY, DISTRICT
from tests.visits.conftest import Round, at

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def told() -> list[tuple[int, str]]:
    rows = Notice.objects.filter(occasion="visit_missed", way="page").order_by("id")
    return [(row.account_id or 0, row.title) for row in rows]


def test_a_missed_visit_climbs_rung_by_rung(going: Round) -> None:
    going.homes.live("王桂英")
    first = going.plan()[0]
    Visit.objects.exclude(id=first.id).delete()
    due = first.due_at
    assert climb(DISTRICT, at(first.day.day, 17)) == 0
    assert climb(DISTRICT, at(first.day.day, 19)) == 1
    assert climb(DISTRICT, at(first.day.day, 19)) == 0
    assert [account for account, _title in told()] == [going.here.account_id]
    assert climb(DISTRICT, due) == 1
    assert [account for account, _title in told()][1:] == [going.station.account_id]
    (line,) = missed_for(going.station, COMMUNITY, due)
    assert line.rung is VisitRung.COMMUNITY
    assert climb(DISTRICT, due.replace(day=due.day + 1)) == 1
    assert [account for account, _title in told()][2:] == [going.street.account_id]
    assert climb(DISTRICT, due.replace(day=due.day + 9)) == 0
    assert all("王" not in row.title + row.text for row in Notice.objects.all())


def test_many_missed_at_once_are_one_notice_and_what_is_done_does_not_climb(going: Round) -> None:
    for name in ("王桂英", "李四", "赵六"):
        going.homes.live(name)
    rows = going.plan()
    same = [row for row in rows if row.day == rows[0].day] or rows[:1]
    Visit.objects.exclude(id__in=[row.id for row in rows[:3]]).delete()
    day, evening = same[0].day, at(same[0].day.day, 18)
    Visit.objects.update(day=day, next_at=evening, worker_id=going.here.account_id)
    going.made(Visit.objects.order_by("id")[0], at(same[0].day.day, 15))
    assert climb(DISTRICT, at(same[0].day.day, 19)) == 2
    assert [title for _account, title in told()] == ["走访没完成：2 户"]
