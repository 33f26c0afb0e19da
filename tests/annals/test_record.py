"""What is changed is written down with what was before, and nobody takes it back."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from huying.access.roles import Role
from huying.annals.models import Change
from huying.annals.queries import Wanted, changes_beside, changes_for
from huying.annals.rules import Deed, Subject, differing
from huying.cases.actions.settings import set_limit
from huying.cases.lifecycle import ClockKind
from huying.kernel import clock
from huying.kernel.errors import Conflict, Denied
from huying.people import actions
from huying.people.actions import NewPost
from huying.people.queries import actor_by_id, posts_ever
from huying.worktime import Limit
from tests.cast import DISTRICT, STREET, Cast, gather

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


def told() -> list[tuple[str, str]]:
    return [(one.subject, one.deed) for one in Change.objects.order_by("id")]


def test_an_account_its_posts_and_its_rescue_are_written_down_and_no_password_is(cast: Cast) -> None:
    now = clock.now()
    Change.objects.none()
    before = Change.objects.count()
    made = actions.create_account(cast.system, "xin", "新人", [NewPost(Role.SEAT, str(DISTRICT))], now)
    first = actions.reset_sign_in(cast.system, made, now)
    actions.unlock(cast.system, made, now)
    actions.set_active(cast.system, made, False, now)
    rows = list(Change.objects.order_by("id")[before:])
    assert [(row.subject, row.deed) for row in rows] == [
        ("account", "create"), ("post", "create"), ("account", "reset"), ("account", "unlock"), ("account", "stop"),
    ]  # fmt: skip
    assert first not in str([(row.before, row.after) for row in rows])
    assert rows[1].after["岗位"] == "坐席"


def test_a_setting_tells_what_was_before_and_what_changed_nothing_is_not_told(cast: Cast) -> None:
    now = clock.now()
    set_limit(cast.system, ClockKind.ACCEPT, Limit.parse("1工作时"), now)
    set_limit(cast.system, ClockKind.ACCEPT, Limit.parse("1工作时"), now + timedelta(seconds=1))
    (row,) = Change.objects.filter(subject="limit")
    assert (row.before, row.after) == ({"时限": "4工作时"}, {"时限": "1工作时"})
    assert row.holds_from is None


def test_nobody_alters_or_removes_a_row(cast: Cast) -> None:
    set_limit(cast.system, ClockKind.ACCEPT, Limit.parse("1工作时"), clock.now())
    for statement in ("UPDATE annals_change SET actor_name = 'x'", "DELETE FROM annals_change"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert ("limit", "change") in told()


def test_only_who_audits_reads_all_and_who_sets_reads_their_own(cast: Cast) -> None:
    now = clock.now()
    posts = {role: [NewPost(role, str(DISTRICT))] for role in (Role.AUDITOR, Role.ADMINISTRATOR, Role.SEAT)}
    ids = {
        role: actions.create_account(cast.system, role.value, role.zh, held, now)
        for role, held in posts.items()
    }
    who = {role: actor_by_id(DISTRICT, made, now) for role, made in ids.items()}
    set_limit(who[Role.ADMINISTRATOR], ClockKind.ACCEPT, Limit.parse("1工作时"), now)
    found = changes_for(who[Role.AUDITOR], Wanted(subject=Subject.LIMIT))
    assert [(one.actor_name, one.deed) for one in found] == [("管理员", Deed.CHANGE)]
    assert changes_for(who[Role.AUDITOR], Wanted(word="没有这个人")) == []
    assert changes_for(who[Role.AUDITOR], Wanted(since=now + timedelta(days=1))) == []
    with pytest.raises(Denied):
        changes_for(who[Role.ADMINISTRATOR], Wanted())
    assert len(changes_beside(who[Role.ADMINISTRATOR], [Subject.LIMIT])) == 1
    assert changes_beside(who[Role.SEAT], [Subject.LIMIT]) == []


def test_a_post_of_the_future_begins_on_its_day(cast: Cast) -> None:
    now = clock.now()
    later, end = now + timedelta(days=2), now + timedelta(days=4)
    made = actions.create_account(
        cast.system, "xin", "新人", [NewPost(Role.SEAT, STREET, None, later, end)], now
    )
    assert [len(actor_by_id(DISTRICT, made, at).grants) for at in (now, later, end)] == [0, 1, 0]
    row = Change.objects.filter(subject="post").latest("id")
    assert row.holds_from == later


def test_a_post_to_come_that_is_moved_begins_no_sooner(cast: Cast) -> None:
    now = clock.now()
    later = now + timedelta(days=2)
    made = actions.create_account(cast.system, "xin", "新人", [NewPost(Role.SEAT, STREET, None, later)], now)
    (post,) = posts_ever(cast.system, made)
    actions.move_post(cast.system, post.id, str(DISTRICT), now)
    assert [len(actor_by_id(DISTRICT, made, at).grants) for at in (now, later)] == [0, 1]
    assert [one.area for one in posts_ever(cast.system, made)] == [str(DISTRICT)]


def test_an_administrator_of_a_street_does_not_stand_in_for_the_districts(cast: Cast) -> None:
    now = clock.now()
    made = actions.create_account(
        cast.system, "guan", "管理员", [NewPost(Role.ADMINISTRATOR, str(DISTRICT))], now
    )
    (whole,) = posts_ever(cast.system, made)
    part = actions.create_post(cast.system, made, NewPost(Role.ADMINISTRATOR, STREET), now)
    with pytest.raises(Conflict):
        actions.end_post(cast.system, whole.id, now)
    actions.end_post(cast.system, part, now)


def test_the_last_administrator_for_good_is_not_stopped(cast: Cast) -> None:
    now = clock.now()
    whole = NewPost(Role.ADMINISTRATOR, str(DISTRICT))
    for_good, another = (
        actions.create_account(cast.system, login, "管理员", [whole], now) for login in ("a1", "a2")
    )
    for_a_week = NewPost(Role.ADMINISTRATOR, str(DISTRICT), None, None, now + timedelta(days=7))
    actions.create_account(cast.system, "a3", "临时管理员", [for_a_week], now)
    actions.set_active(cast.system, another, False, now)
    with pytest.raises(Conflict):
        actions.set_active(cast.system, for_good, False, now)


def test_differing_keeps_only_what_differs() -> None:
    assert differing({"a": "1", "b": "2"}, {"a": "1", "c": "3"}) == ({"b": "2"}, {"c": "3"})
