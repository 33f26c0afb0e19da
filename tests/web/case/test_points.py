"""The points of a map: whose they are, within what, how urgent, and how many at most."""

from datetime import timedelta
from typing import Any

import orjson
import pytest

from huying.access.actor import Actor
from huying.access.roles import Role
from huying.cases.models import Case
from huying.cases.queries.lists.points import points_for
from huying.cases.queries.lists.queue import CaseFilter
from huying.kernel import clock
from huying.kernel.errors import Invalid
from tests.cast import OTHER_STREET, STREET, Cast
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]
BOX = (113.0, 22.0, 115.0, 23.0)


@pytest.fixture
def placed(signed: Case) -> Case:
    Case.objects.filter(id=signed.id).update(lon=113.941234567, lat=22.551, urgency=2)
    return Case.objects.get(id=signed.id)


def _points(actor: Actor, box: tuple[float, float, float, float] = BOX, **asked: Any) -> dict[str, Any]:
    now = clock.now() + asked.pop("later", timedelta())
    given: dict[str, Any] = orjson.loads(
        points_for(actor, box, CaseFilter(**asked), now, asked.pop("limit", 5000))
    )
    return given


def test_every_column_tells_of_the_same_case(cast: Cast, placed: Case) -> None:
    told = _points(cast.dispatcher)
    assert told["id"] == [placed.id]
    assert told["lon"] == [113.94123]
    assert told["lat"] == [22.551]
    assert told["urgency"] == [2]
    assert told["lamps"][told["lamp"][0]] == "green"
    assert told["full"] is False


def test_a_lamp_turns_as_time_goes_by(cast: Cast, placed: Case) -> None:
    assert placed.due_at is not None
    told = _points(cast.dispatcher, later=placed.due_at - clock.now() + timedelta(minutes=1))
    assert told["lamps"][told["lamp"][0]] == "red"


def test_nothing_outside_the_box_or_the_filter(cast: Cast, placed: Case) -> None:
    assert _points(cast.dispatcher, (114.0, 22.0, 115.0, 23.0))["id"] == []
    assert _points(cast.dispatcher, kind="praise")["id"] == []
    assert _points(cast.dispatcher, closed=True)["id"] == []


def test_another_street_sees_none(cast: Cast, placed: Case) -> None:
    assert _points(cast.other_dispatcher)["id"] == []


def test_the_most_urgent_come_first_and_the_limit_is_told(cast: Cast, placed: Case) -> None:
    calm = Case.objects.get(id=placed.id)
    calm.id, calm.urgency = placed.id + 1, 1
    calm.save(force_insert=True)
    told = orjson.loads(points_for(cast.dispatcher, BOX, CaseFilter(), clock.now(), 1))
    assert told["id"] == [placed.id]
    assert told["full"] is True


@pytest.mark.parametrize("box", [(115.0, 22.0, 113.0, 23.0), (0.0, 0.0, 0.0, 0.0), (float("nan"),) * 4])
def test_a_box_that_is_none_is_refused(cast: Cast, box: tuple[float, float, float, float]) -> None:
    with pytest.raises(Invalid):
        points_for(cast.dispatcher, box, CaseFilter(), clock.now())


def test_the_address_asks_the_same(placed: Case) -> None:
    ours, theirs = desk(Role.STREET_DISPATCHER, STREET), desk(Role.STREET_DISPATCHER, OTHER_STREET)
    path = "/case/points?bbox=113,22,115,23"
    assert ours.get(path).json()["id"] == [placed.id]
    assert theirs.get(path).json()["id"] == []
    assert ours.get("/case/points?bbox=here").status_code == 400
    assert ours.get("/case/points").status_code == 400
