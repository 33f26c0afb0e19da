"""What belongs to a known recurrence is counted with it before the night, and nothing else is."""

from datetime import timedelta
from typing import Any

import pytest

from huying.kernel.errors import NotFound
from huying.prevent.hot_issues.queries.lexicons import forget_lexicons
from huying.prevent.recurring.actions import find, join, joining
from huying.prevent.recurring.models import Recurrence
from huying.prevent.recurring.queries import recurrence_for, recurrences_for
from huying.prevent.recurring.tasks import count_known, find_anew
from tests.cast import DISTRICT, MONDAY, Cast, gather
from tests.prevent.recurring.test_projects import NOW, blocked, draw_gardens

pytestmark = [pytest.mark.django_db, pytest.mark.database]
HOUR = timedelta(hours=1)


@pytest.fixture
def cast(db: None) -> Cast:
    forget_lexicons()
    cast = gather()
    draw_gardens()
    for weeks in (0, 5, 10):
        blocked(cast, MONDAY + timedelta(weeks=weeks))
    return cast


def test_a_new_case_is_counted_within_the_hour_and_once(cast: Cast) -> None:
    find_anew(DISTRICT, NOW)
    before = Recurrence.objects.get()
    fresh = blocked(cast, NOW + HOUR)
    count_known(DISTRICT, NOW + 2 * HOUR)
    after = Recurrence.objects.get()
    assert after.id == before.id
    assert after.cases == [*before.cases, fresh]
    assert (after.again, after.last_at) == (before.again + 1, NOW + HOUR)
    assert join(DISTRICT, NOW + 3 * HOUR) == 0
    find(DISTRICT, NOW + 3 * HOUR)
    again = Recurrence.objects.get()
    assert (again.cases, again.again) == (after.cases, after.again)


def test_a_case_is_counted_by_the_place_its_words_name(cast: Cast) -> None:
    find(DISTRICT, NOW)
    fresh = blocked(cast, NOW + HOUR, lon=None, where="春风花园门口")
    blocked(cast, NOW + HOUR, lon=None, where="秋月花园门口")
    blocked(cast, NOW + HOUR, lon=None)
    assert join(DISTRICT, NOW + 2 * HOUR) == 1
    assert Recurrence.objects.get().cases[-1] == fresh
    assert recurrence_for(cast.dispatcher, Recurrence.objects.get().id, NOW).line.count == 4


def test_what_lies_elsewhere_or_is_something_else_is_not_counted(cast: Cast) -> None:
    find(DISTRICT, NOW)
    blocked(cast, NOW + HOUR, lon=114.3015)
    blocked(cast, NOW + HOUR, item="X2")
    assert join(DISTRICT, NOW + 2 * HOUR) == 0
    assert len(Recurrence.objects.get().cases) == 3


def test_before_the_first_night_nothing_is_known(cast: Cast) -> None:
    assert join(DISTRICT, NOW) == 0
    assert recurrences_for(cast.dispatcher) == []
    with pytest.raises(NotFound):
        recurrence_for(cast.dispatcher, 1, NOW)


def test_what_another_worker_wrote_meanwhile_stays(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    find(DISTRICT, NOW)
    blocked(cast, NOW + HOUR)
    told_of = joining.told_of

    def slowly(*given: Any) -> Any:
        monkeypatch.undo()
        assert join(DISTRICT, NOW + 2 * HOUR) == 1
        blocked(cast, NOW + 2 * HOUR)
        return told_of(*given)

    monkeypatch.setattr(joining, "told_of", slowly)
    assert join(DISTRICT, NOW + 2 * HOUR) == 0
    assert len(Recurrence.objects.get().cases) == 4
    assert join(DISTRICT, NOW + 3 * HOUR) == 1
    assert len(Recurrence.objects.get().cases) == 5


def test_it_asks_as_much_for_ten_as_for_one(cast: Cast, django_assert_max_num_queries: Any) -> None:
    find(DISTRICT, NOW)
    for minutes in range(10):
        blocked(cast, NOW + timedelta(minutes=minutes))
    with django_assert_max_num_queries(12):
        assert join(DISTRICT, NOW + HOUR) == 10
