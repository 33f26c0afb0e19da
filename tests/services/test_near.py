"""What is nearest on foot, by which measure, open or not; and that many cost no more than few."""

from datetime import timedelta

import pytest
import shapely
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huying.geo.measure import moved
from huying.services.actions import end, put_roads
from huying.services.queries import NearFacility, Wanted, nearest_of
from huying.services.rules.kinds import Amenity, Measure
from huying.services.rules.walking import ways_of
from tests.cast import DISTRICT, MONDAY
from tests.services.conftest import OFFICE, SPOT, Town

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ANY = Wanted()


def near(wanted: Wanted = ANY, east: float = 0.0, limit: int = 20) -> list[NearFacility]:
    lon, lat = moved(*SPOT, 90.0, east)
    return nearest_of(DISTRICT, lon, lat, wanted, MONDAY, limit)


def names(found: list[NearFacility]) -> list[str]:
    return [one.facility.name for one in found]


def test_without_roads_it_is_a_straight_line_and_says_so(town: Town) -> None:
    town.stand("远", east=900)
    town.stand("近", east=300)
    found = near()
    assert names(found) == ["近", "远"]
    assert (found[0].measure, found[0].metres, found[0].minutes) == (Measure.STRAIGHT, 300, 6)


def test_with_roads_the_nearest_is_the_one_soonest_walked_to(town: Town) -> None:
    # Across the river fifty metres away as the bird flies, a kilometre on foot; up the street four hundred metres.
    town.stand("对岸", north=50)
    town.stand("街上", east=400)
    assert names(near()) == ["对岸", "街上"]
    town.roads([(0, 0), (500, 0), (500, 50), (0, 50)])
    found = near()
    assert names(found) == ["街上", "对岸"]
    assert [(one.measure, one.metres) for one in found] == [(Measure.WALK, 400), (Measure.WALK, 1050)]
    assert [one.minutes for one in found] == [6, 16]


def test_what_stands_beside_no_road_is_measured_straight_among_those_that_are_walked(town: Town) -> None:
    town.roads([(0, 0), (700, 0)])
    town.stand("街上", east=600)
    town.stand("山上", north=400)
    found = near()
    assert [(one.facility.name, one.measure) for one in found] == [
        ("山上", Measure.STRAIGHT),
        ("街上", Measure.WALK),
    ]
    assert found[0].minutes == 8  # 400 m x 1.3


def test_where_nothing_is_within_a_walk_the_nearest_are_told_by_straight_lines(town: Town) -> None:
    town.roads([(0, 0), (100, 0)], [(-400, 0), (-450, 0)])
    town.stand("走不到", east=-420)
    (found,) = near()
    assert (found.measure, found.metres) == (Measure.STRAIGHT, 420)


def test_kinds_amenities_and_what_is_open_now_narrow_it(town: Town) -> None:
    town.stand("厕", amenities=frozenset({Amenity.STEP_FREE}), hours="每天 全天")
    town.stand("园", kind="park", hours="每天 18:00-20:00")
    town.stand("不详", kind="park")
    assert set(names(near())) == {"厕", "园", "不详"}
    assert names(near(Wanted(kinds=frozenset({"toilet"})))) == ["厕"]
    assert names(near(Wanted(amenities=frozenset({Amenity.STEP_FREE, Amenity.PARKING})))) == []
    assert set(names(near(Wanted(open_now=True)))) == {"厕", "不详"}


def test_a_change_is_seen_at_once(town: Town) -> None:
    first = town.stand("一")
    assert names(near()) == ["一"]
    town.stand("二", east=10)
    assert names(near()) == ["一", "二"]
    end(town.cast.administrator, first, "拆了", MONDAY)
    assert names(near()) == ["二"]
    put_roads(town.cast.administrator, ways_of([_line()]), "新", MONDAY)
    assert near()[0].measure is Measure.WALK


def _line() -> shapely.LineString:
    return shapely.LineString([SPOT, moved(*SPOT, 90.0, 500)])


def test_many_cost_no_more_questions_than_few(town: Town) -> None:
    town.roads([(0, 0), (900, 0)])
    town.stand("一", hours=OFFICE)
    near()
    with CaptureQueriesContext(connection) as few:
        near()
    for number in range(2, 15):
        town.stand(str(number), east=10 * number, hours=OFFICE)
    near()
    with CaptureQueriesContext(connection) as many:
        assert len(near()) == 14
    assert len(many) == len(few) <= 6


def test_whether_it_is_open_is_told_with_until_when(town: Town) -> None:
    town.stand("便民中心", kind="service_centre", hours=OFFICE)
    (found,) = near()
    assert found.standing.open
    assert found.standing.until == MONDAY + timedelta(hours=3)
