"""街道评部门: a street rates whom it had to do with, once a period, changeable until it is closed."""

from datetime import date, timedelta

import pytest

from huying.figures.actions import NewRating, close_period, rate
from huying.figures.actions.recounting import recount
from huying.figures.models import StreetRating
from huying.figures.queries import handled_for, ranking_for, ratings_for
from huying.figures.rules.periods import Period
from huying.figures.rules.ranking import Ranked
from huying.kernel.errors import Conflict, Denied, Invalid
from tests.cast import DISTRICT, MONDAY, OTHER_STREET, STREET, Cast
from tests.figures.living import counted, live

MARCH = Period.month(2026, 3)
AFTER = MONDAY + timedelta(days=40)


@pytest.fixture
def march(cast: Cast) -> None:
    live(cast, cast.urban)
    live(cast, cast.street_body)
    counted(AFTER)


def stars(cast: Cast) -> object:
    rows = ranking_for(cast.evaluator, MARCH, Ranked.DEPARTMENTS, AFTER, order="street_score").rows
    return {row.key: (row.rank, row.figures["street_score"].value) for row in rows}


def test_a_rating_becomes_an_indicator_and_changes_until_it_is_closed(cast: Cast, march: None) -> None:
    assert [one.body_id for one in handled_for(cast.leader, STREET, MARCH)] == [cast.urban]
    rate(cast.leader, NewRating(STREET, cast.urban, MARCH, 5, "来得快"), AFTER)
    rate(cast.dispatcher, NewRating(STREET, cast.urban, MARCH, 3, "有两件催了才办"), AFTER)
    assert stars(cast) == {str(cast.urban): (1, 60)}
    assert StreetRating.objects.count() == 1
    assert recount(DISTRICT, repair=False).wrong == ()
    close_period(cast.evaluator, MARCH, AFTER)
    with pytest.raises(Conflict):
        rate(cast.leader, NewRating(STREET, cast.urban, MARCH, 4), AFTER)
    assert stars(cast) == {str(cast.urban): (1, 60)}


def test_who_may_rate_whom(cast: Cast, march: None) -> None:
    for nobody in (cast.other_dispatcher, cast.evaluator, cast.handler):
        with pytest.raises(Denied):
            rate(nobody, NewRating(STREET, cast.urban, MARCH, 5), AFTER)
    for wrong in (
        NewRating(STREET, cast.water, MARCH, 5),
        NewRating(STREET, cast.street_body, MARCH, 5),
        NewRating(STREET, cast.urban, MARCH, 6),
        NewRating(STREET, cast.urban, MARCH, 1),
        NewRating(STREET, cast.urban, Period(date(2026, 3, 2), date(2026, 3, 9)), 5),
    ):
        with pytest.raises(Invalid):
            rate(cast.leader, wrong, AFTER)
    with pytest.raises(Invalid):
        rate(cast.other_dispatcher, NewRating(OTHER_STREET, cast.urban, MARCH, 5), AFTER)


def test_each_reads_what_concerns_them(cast: Cast, march: None) -> None:
    rate(cast.leader, NewRating(STREET, cast.urban, MARCH, 4, "及时"), AFTER)
    assert [one.words for one in ratings_for(cast.handler, MARCH)] == ["及时"]
    assert ratings_for(cast.outsider, MARCH) == []
    assert ratings_for(cast.other_dispatcher, MARCH) == []
    assert len(ratings_for(cast.evaluator, MARCH)) == 1
