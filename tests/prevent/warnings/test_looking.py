"""The hourly look: warns once, goes on, tells whom it concerns, and forgets nothing of what people decided."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huying.access.roles import Role
from huying.kernel import clock
from huying.kernel.errors import Denied, Invalid, NotFound
from huying.notices.models import Notice
from huying.people import actions
from huying.people.actions import NewPost
from huying.prevent.warnings.actions.deciding import acknowledge, mute, set_promise, settle
from huying.prevent.warnings.actions.looking import look
from huying.prevent.warnings.models import EarlyWarning, Looked, Promise, Rise
from huying.prevent.warnings.queries.lists import Wanted, warning_for, warnings_for, worth_of
from huying.prevent.warnings.queries.promise import promise_of
from huying.prevent.warnings.rules.kinds import WarningState
from tests.cast import DISTRICT, OTHER_STREET, STREET, Cast
from tests.people.cast import SYSTEM
from tests.prevent.warnings.conftest import NOON, grid, outbreak, quiet

pytestmark = [pytest.mark.django_db, pytest.mark.database]
HOUR = timedelta(hours=1)


def warned(cast: Cast, cases: int = 14) -> tuple[EarlyWarning, list[int]]:
    """A district in which something rose, looked at once."""
    quiet()
    ids = outbreak(NOON - HOUR, cases)
    look(DISTRICT, NOON)
    return EarlyWarning.objects.get(), ids


def test_a_district_without_a_past_warns_of_nothing(cast: Cast) -> None:
    assert look(DISTRICT, NOON) == 0
    quiet(days=30)
    outbreak(NOON - HOUR, 20)
    assert look(DISTRICT, NOON) == 0
    assert Looked.objects.get().bar is None


def test_a_rise_is_warned_of_once_with_what_where_and_exactly_its_cases(cast: Cast) -> None:
    row, ids = warned(cast)
    assert set(ids) <= set(row.cases)
    assert row.item.startswith("07")
    assert row.area.startswith(grid(1, 2)[:9])
    assert row.seen >= len(ids)
    assert row.expected < 5
    assert row.chance < 6
    assert look(DISTRICT, NOON + HOUR) == 0
    assert EarlyWarning.objects.count() == 1


def test_a_rise_that_goes_on_stays_one_warning_and_grows(cast: Cast) -> None:
    row, ids = warned(cast)
    more = outbreak(NOON + 20 * HOUR, 9)
    assert look(DISTRICT, NOON + 24 * HOUR) == 0
    row.refresh_from_db()
    assert set(ids + more) <= set(row.cases)
    assert row.state == WarningState.NEW
    assert row.last_day == (NOON + 24 * HOUR).date()


def test_the_past_is_lived_through_without_a_word(cast: Cast) -> None:
    quiet()
    outbreak(NOON - timedelta(days=30), 25)
    assert look(DISTRICT, NOON) == 0
    assert Rise.objects.filter(followed=False).exists()


def test_whoever_may_decide_there_is_told_once_and_others_are_not(cast: Cast) -> None:
    now = NOON - timedelta(days=120)
    here, elsewhere = (
        actions.create_account(
            SYSTEM, f"leader-{area}", "刘主任", [NewPost(Role.STREET_LEADER, area, None)], now, password="x1Y2z3!!q",
            must_change_password=False,
        )
        for area in (STREET, OTHER_STREET)
    )  # fmt: skip
    warned(cast)
    look(DISTRICT, NOON + HOUR)
    told = Notice.objects.filter(occasion="warned", way="page")
    assert [row.account_id for row in told] == [here]
    assert elsewhere not in {row.account_id for row in told}


def test_what_was_muted_is_silent_until_its_day_is_over(cast: Cast) -> None:
    row, _ids = warned(cast)
    today = NOON.date()
    mute(cast.leader, row.pk, today + timedelta(days=40), "地铁施工，已知情", today, NOON)
    Rise.objects.update(followed=False)
    outbreak(NOON + timedelta(days=1), 14)
    look(DISTRICT, NOON + timedelta(days=1, hours=1))
    assert EarlyWarning.objects.filter(item=row.item, unit=row.unit).count() == 1


def test_a_conclusion_gives_the_warning_its_worth(cast: Cast) -> None:
    row, _ids = warned(cast)
    settle(cast.leader, row.pk, "true", "污水管破裂", NOON)
    assert (worth_of(DISTRICT).settled, worth_of(DISTRICT).true) == (1, 1)
    assert worth_of(DISTRICT, "99").settled == 0
    with pytest.raises(Invalid):
        acknowledge(cast.leader, row.pk, "再看看", NOON)
    settle(cast.leader, row.pk, "false", "同一人重复登记", NOON)
    assert worth_of(DISTRICT).true == 0


def test_who_is_elsewhere_sees_nothing_and_who_may_not_decide_changes_nothing(cast: Cast) -> None:
    row, _ids = warned(cast)
    assert warnings_for(cast.other_dispatcher, Wanted()) == []
    with pytest.raises(NotFound):
        warning_for(cast.other_dispatcher, row.pk)
    with pytest.raises(NotFound):
        settle(cast.other_dispatcher, row.pk, "true", "x", NOON)
    with pytest.raises(Denied):
        settle(cast.evaluator, row.pk, "true", "x", NOON)
    with pytest.raises(NotFound):
        warning_for(cast.stranger_in(990102), row.pk)
    row.refresh_from_db()
    assert row.verdict == ""


def test_a_promise_is_a_version_of_whoever_may_set_it_for_all(cast: Cast) -> None:
    set_promise(cast.ruling_officer, 9, clock.now())
    set_promise(cast.ruling_officer, 9, clock.now())
    assert promise_of(DISTRICT) == 9
    assert Promise.objects.count() == 1
    with pytest.raises(Denied):
        set_promise(cast.leader, 3, clock.now())
    with pytest.raises(Invalid):
        set_promise(cast.ruling_officer, 0, clock.now())


def test_the_look_asks_the_same_number_of_questions_however_much_came_in(cast: Cast) -> None:
    quiet(days=80)
    look(DISTRICT, NOON)
    with CaptureQueriesContext(
        connection,
    ) as few:
        look(DISTRICT, NOON + HOUR)
    quiet(days=60, a_day=40)
    look(DISTRICT, NOON + 2 * HOUR)
    with CaptureQueriesContext(connection) as many:
        look(DISTRICT, NOON + 3 * HOUR)
    rises = Rise.objects.filter(followed=True).count()
    assert len(many) <= len(few) + 2 * rises
