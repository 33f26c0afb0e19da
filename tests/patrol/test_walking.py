"""Where somebody walked: kept only for the time on duty, counted without a name, taken away in time."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from huying.geo.measure import moved
from huying.kernel.errors import Denied, Invalid, NotFound
from huying.patrol.actions import Stamp, end_plan, forget_tracks, look_at_track, put_plan, sign_off, track
from huying.patrol.models import Plan, Tour, TrackPoint, Walked
from huying.patrol.queries import coverage_for, parts_covered, plans_for, tour_for
from huying.patrol.rules.planning import NewPlan
from huying.patrol.rules.walking import Step
from huying.people.models import Viewing
from tests.cast import COMMUNITY, GRID, STREET
from tests.patrol.conftest import SPOT, Street, after, key

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TOUR = UUID(key("tour"))
DAY = date(2026, 3, 2)


def way(first: float, last: float, every: float = 1.0) -> list[Step]:
    """Eastwards, 60 m a minute."""
    count = int((last - first) / every) + 1
    return [
        Step(after(first + number * every), *moved(SPOT.lon, SPOT.lat, 90, 60 * number * every), 8.0)
        for number in range(count)
    ]


def test_a_track_sent_twice_counts_once(street: Street) -> None:
    number = street.on_duty()
    steps = way(0, 8)
    assert track(street.worker, TOUR, steps, after(9)) == 9
    counted = dict(Walked.objects.values_list("cell", "tours"))
    assert len(counted) >= 3
    assert set(counted.values()) == {1}
    track(street.worker, TOUR, steps, after(10))
    track(street.worker, TOUR, steps[:4], after(11))
    assert dict(Walked.objects.values_list("cell", "tours")) == counted
    row = tour_for(street.cast.dispatcher, number)
    assert (row.walked, round(row.metres)) == (len(counted), 480)
    assert TrackPoint.objects.count() == 9


def test_what_lies_beyond_the_time_on_duty_is_dropped(street: Street) -> None:
    street.on_duty(5)
    sign_off(street.worker, Stamp(TOUR, after(7), after(7)), after(7))
    track(street.worker, TOUR, way(0, 12), after(20))
    times = list(TrackPoint.objects.order_by("at").values_list("at", flat=True))
    assert (times[0], times[-1]) == (after(4), after(8))
    with pytest.raises(NotFound):
        track(street.colleague, TOUR, way(5, 6), after(20))


def test_tracks_go_in_time_and_what_was_walked_stays(street: Street, settings: Any) -> None:
    settings.HUYING_TRACK_DAYS = 30
    number = street.on_duty()
    track(street.worker, TOUR, way(0, 8), after(9))
    forget_tracks(990101, after(9) + timedelta(days=29))
    assert TrackPoint.objects.count() == 9
    forget_tracks(990101, after(9) + timedelta(days=31))
    assert TrackPoint.objects.count() == 0
    row = Tour.objects.get(id=number)
    assert (row.cells, row.walked > 0, row.metres > 0) == ([], True, True)
    assert Walked.objects.count() == row.walked
    # Told again by a phone that had lain in a drawer, it is neither kept nor counted.
    assert track(street.worker, TOUR, way(0, 8), after(9) + timedelta(days=31)) == 0
    assert not Walked.objects.filter(tours__gt=1).exists()


def test_looking_at_a_track_is_for_few_and_written_down(street: Street) -> None:
    number = street.on_duty()
    track(street.worker, TOUR, way(0, 3), after(4))
    for by in (street.cast.dispatcher, street.worker, street.cast.auditor):
        with pytest.raises(Denied):
            look_at_track(by, number, "投诉核实", after(10))
    with pytest.raises(Invalid):
        look_at_track(street.cast.leader, number, " ", after(10))
    assert not Viewing.objects.exists()
    assert len(look_at_track(street.cast.leader, number, "投诉核实", after(10))) == 4
    seen = Viewing.objects.get()
    assert (seen.what, seen.reason, seen.actor_name) == ("巡查轨迹：王秀英 2026-03-02", "投诉核实", "刘卫东")


def test_coverage_names_the_cells_where_nobody_was(street: Street) -> None:
    street.on_duty()
    track(street.worker, TOUR, way(-0.0, 4), after(5))
    found = coverage_for(street.cast.dispatcher, GRID, DAY, DAY)
    assert 0 < found.walked < len(found.cells)
    assert [cell.tours for cell in found.cells] == sorted(cell.tours for cell in found.cells)
    parts = parts_covered(street.cast.dispatcher, COMMUNITY, DAY, DAY)
    assert [part.area for part in parts] == [f"{COMMUNITY}002", GRID]
    assert parts[1].walked == found.walked
    assert (
        coverage_for(street.cast.dispatcher, GRID, DAY + timedelta(days=1), DAY + timedelta(days=2)).walked
        == 0
    )
    with pytest.raises(NotFound):
        coverage_for(street.cast.other_dispatcher, GRID, DAY, DAY)
    with pytest.raises(Denied):
        coverage_for(street.worker, GRID, DAY, DAY)


def test_a_plan_counts_the_tours_of_this_week_that_were_long_enough(street: Street) -> None:
    new = NewPlan(area=GRID, name="日巡", times=2, minutes=60)
    first = put_plan(street.cast.dispatcher, new, after(0))
    assert put_plan(street.cast.dispatcher, new, after(1)) == first
    for number, (begins, lasts) in enumerate(((0, 90), (200, 30), (-60 * 24, 90))):
        street.on_duty(begins, f"t{number}")
        stamp = Stamp(UUID(key(f"t{number}")), after(begins + lasts), after(begins + lasts))
        sign_off(street.worker, stamp, after(begins + lasts))
    (row,) = plans_for(street.cast.dispatcher, after(400))
    assert (row.done, row.times, row.name) == (1, 2, "日巡")
    second = put_plan(
        street.cast.dispatcher, NewPlan(area=GRID, name="日巡", times=1, minutes=20), after(500)
    )
    assert second != first
    assert [(one.done, one.times) for one in plans_for(street.cast.dispatcher, after(500))] == [(2, 1)]
    for by, area, refused in (
        (street.worker, GRID, Denied), (street.cast.other_dispatcher, GRID, NotFound),
        (street.cast.leader, STREET, Denied),
    ):  # fmt: skip
        with pytest.raises(refused):
            put_plan(by, NewPlan(area=area, name="日巡", times=1, minutes=20), after(600))
    end_plan(street.cast.dispatcher, second, after(700))
    assert list(plans_for(street.cast.dispatcher, after(700))) == []
    assert Plan.objects.count() == 2
