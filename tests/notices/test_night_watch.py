"""Out of hours a red card wakes whoever is on duty nearest to the case; the others read of it in their page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.access.roles import Role
from huying.cases.actions import fire_due
from huying.cases.models import Clock
from huying.notices.actions import choose
from huying.notices.actions.choosing import NewChoices
from huying.notices.models import Notice
from huying.notices.rules.audiences import PostHeld
from huying.notices.rules.duty import by_duty
from huying.notices.rules.kinds import Way
from huying.notices.rules.times import NEVER
from huying.people.models import Account
from huying.people.queries import actor_of
from huying.teams.actions import CellEdit, NewMember, change_member, put_cells
from huying.teams.rules.gaps import Cell
from huying.teams.rules.kinds import DutyRole
from huying.texts.rules.occasions import Occasion
from tests.cast import COMMUNITY, DISTRICT, GRID, MONDAY, OTHER_STREET, STREET, gather
from tests.notices.folk import Folk, appealed, dispatched, hire, told
from tests.teams.conftest import Ground, laid

PLACES = [str(DISTRICT), STREET, COMMUNITY, GRID, OTHER_STREET]
MINUTE = timedelta(minutes=1)
NIGHT = MONDAY.replace(hour=15)  # 23:00 in Shanghai


@dataclass
class Watch:
    folk: Folk
    ground: Ground


@pytest.fixture
def watch(db: None) -> Watch:
    """The street's dispatcher and its leader; the dispatcher is a member who can be put on duty."""
    cast = gather()
    ground, folk = laid(cast), hire(cast)
    login = Account.objects.get(pk=folk.dispatcher).login
    change_member(cast.system, ground.people["张三"], NewMember("张三", STREET, login=login))
    return Watch(folk, ground)


def put_on_duty(watch: Watch) -> None:
    cell = Cell(watch.ground.turns["夜班"], MONDAY.date(), DutyRole.OFFICER)
    assert put_cells(watch.folk.cast.dispatcher, watch.ground.post, [CellEdit(cell, "张三")], MONDAY) == {}


def red_at(folk: Folk, now: datetime) -> None:
    """The handling of one case runs out just before ``now``."""
    dispatched(folk, appealed(folk.cast))
    Clock.objects.filter(kind="handle").update(
        starts_at=now - timedelta(hours=20),
        due_at=now - timedelta(minutes=1),
        next_at=now - timedelta(minutes=1),
        rung=2,
    )
    while fire_due(now):
        pass
    told(now, ["warn"])


def by_mail(folk: Folk, account: int) -> None:
    chosen = NewChoices({Occasion.RED: (Way.MAIL,)}, NEVER, None, "li@example.cn", "")
    choose(actor_of(Account.objects.get(pk=account), MONDAY), chosen, MONDAY)


def ways(account: int) -> set[str]:
    return set(Notice.objects.filter(account_id=account, occasion="red").values_list("way", flat=True))


def test_at_night_who_is_on_duty_is_woken_and_the_leader_reads_it_in_the_morning(watch: Watch) -> None:
    put_on_duty(watch)
    by_mail(watch.folk, watch.folk.leader)
    by_mail(watch.folk, watch.folk.dispatcher)
    red_at(watch.folk, NIGHT)
    assert ways(watch.folk.dispatcher) == {"page", "mail"}
    assert ways(watch.folk.leader) == {"page"}
    assert ways(watch.folk.handler) == {"page"}


def test_with_nobody_on_duty_whoever_supervises_is_told_as_in_the_day(watch: Watch) -> None:
    by_mail(watch.folk, watch.folk.leader)
    red_at(watch.folk, NIGHT)
    assert ways(watch.folk.leader) == {"page", "mail"}
    assert ways(watch.folk.dispatcher) == set()


def test_in_working_hours_duty_changes_nothing(watch: Watch) -> None:
    put_on_duty(watch)
    by_mail(watch.folk, watch.folk.leader)
    red_at(watch.folk, MONDAY + timedelta(days=1))
    assert ways(watch.folk.leader) == {"page", "mail"}
    assert ways(watch.folk.dispatcher) == set()


POSTS = st.lists(
    st.builds(
        PostHeld, st.integers(1, 6), st.sampled_from([Role.STREET_LEADER, Role.SUPERVISOR, Role.ADMINISTRATOR]),
        st.sampled_from(PLACES), st.none(), st.just("zh-hans"),
    ),
    max_size=8,
)  # fmt: skip
DUTY = st.lists(st.tuples(st.sampled_from(PLACES), st.integers(1, 8)), max_size=6)


@given(held=POSTS, others=POSTS, on_duty=DUTY)
def test_nobody_who_holds_it_is_left_out_and_only_who_may_see_the_case_is_woken(
    held: list[PostHeld], others: list[PostHeld], on_duty: list[tuple[str, int]]
) -> None:
    woken, resting = by_duty(held, [*held, *others], on_duty, GRID)
    told_of = {post.account_id for post in (*woken, *resting)}
    assert {post.account_id for post in held} <= told_of
    assert not {post.account_id for post in woken} & {post.account_id for post in resting}
    if resting or told_of - {post.account_id for post in held}:
        places = {account: place for place, account in on_duty}
        assert all(post.account_id in places for post in woken)
        assert all(post.role is not Role.ADMINISTRATOR for post in woken)
        assert all(GRID.startswith(post.area) for post in woken)
