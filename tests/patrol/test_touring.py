"""Signing on and off: once, in its own time, and by nobody else."""

from datetime import timedelta
from uuid import UUID

import pytest

from huying.annals.models import Change
from huying.kernel.errors import Denied, Invalid, NotFound
from huying.patrol.actions import Stamp, end_for, sign_off, sign_on
from huying.patrol.models import Tour
from huying.patrol.queries import open_tour_of, tour_for, tours_for
from huying.patrol.rules.reporting import Spot
from tests.cast import GRID
from tests.patrol.conftest import NEXT_GRID, SPOT, Street, after, key

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def stamp(at: float, tour: str = "tour", spot: Spot | None = SPOT, sent: float | None = None) -> Stamp:
    return Stamp(UUID(key(tour)), after(at), after(at if sent is None else sent), spot)


def test_told_twice_it_is_one_tour_with_its_own_time(street: Street) -> None:
    first = sign_on(street.worker, stamp(0, sent=300), after(300))
    assert sign_on(street.worker, stamp(0, sent=301), after(301)) == first
    row = tour_for(street.cast.dispatcher, first)
    assert (row.started_at, row.late, row.area, row.at_home) == (after(0), 300 * 60, GRID, True)
    sign_off(street.worker, stamp(240, sent=302), after(302))
    sign_off(street.worker, stamp(250, sent=303), after(303))
    assert tour_for(street.cast.dispatcher, first).ended_at == after(240)
    assert open_tour_of(street.worker) is None


def test_beginning_elsewhere_is_seen_and_not_refused(street: Street) -> None:
    number = sign_on(street.worker, stamp(0, spot=NEXT_GRID), after(0))
    assert tour_for(street.cast.dispatcher, number).at_home is False
    other = sign_on(street.worker, stamp(10, "next", spot=None), after(10))
    assert tour_for(street.cast.dispatcher, other).at_home is None


def test_a_tour_that_was_left_open_ends_where_the_next_begins(street: Street) -> None:
    first = street.on_duty(0, "one")
    street.on_duty(600, "two")
    row = Tour.objects.get(id=first)
    assert (row.ended_at, row.ended_by) == (after(600), "系统")
    # Its own end, told later, is the better one.
    sign_off(street.worker, stamp(480, "one", sent=700), after(700))
    row.refresh_from_db()
    assert (row.ended_at, row.ended_by) == (after(480), "")


def test_who_leads_may_end_a_forgotten_tour_and_it_is_written_down(street: Street) -> None:
    number = street.on_duty()
    with pytest.raises(NotFound):
        end_for(street.cast.other_dispatcher, number, after(60))
    for by in (street.worker, street.cast.handler, street.cast.auditor):
        with pytest.raises(Denied):
            end_for(by, number, after(60))
    assert Change.objects.filter(subject="patrol").count() == 0
    end_for(street.cast.dispatcher, number, after(60))
    end_for(street.cast.dispatcher, number, after(70))
    row = tour_for(street.cast.dispatcher, number)
    assert (row.ended_at, row.ended_by) == (after(60), "陈建国")
    assert Change.objects.filter(subject="patrol").count() == 1


def test_what_cannot_be_is_refused_and_nothing_kept(street: Street) -> None:
    with pytest.raises(Denied):
        sign_on(street.cast.handler, stamp(0), after(0))
    with pytest.raises(Invalid):
        sign_on(street.worker, stamp(0, spot=Spot(500.0, 0.0)), after(0))
    with pytest.raises(Invalid):
        sign_on(street.worker, Stamp(UUID(key("t")), after(0) - timedelta(days=40), after(0)), after(0))
    with pytest.raises(NotFound):
        sign_off(street.worker, stamp(0), after(0))
    assert not Tour.objects.exists()


def test_tours_are_seen_within_ones_own_areas(street: Street, django_assert_num_queries: object) -> None:
    street.on_duty(0, "one")
    street.on_duty(10, "two")
    assert [row.name for row in tours_for(street.cast.dispatcher)] == ["王秀英"] * 2
    assert len(tours_for(street.cast.dispatcher, open_only=True)) == 1
    assert list(tours_for(street.cast.other_dispatcher)) == []
    with pytest.raises(Denied):
        tours_for(street.worker)
    with django_assert_num_queries(1):  # type: ignore[operator]
        tours_for(street.cast.supervisor)
