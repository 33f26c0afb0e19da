"""Two administrators who end each other at the same moment: one of them must stay."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from huying.access.actor import system
from huying.access.roles import Role
from huying.kernel import clock
from huying.kernel.errors import Conflict
from huying.people import actions
from huying.people.actions import NewPost
from huying.people.models import Account, Post
from huying.people.queries import posts_ever

pytestmark = pytest.mark.database
DISTRICT = 990177
ROUNDS = 4


@pytest.fixture
def _committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield
        Post.objects.filter(account__district=DISTRICT).delete()
        Account.objects.filter(district=DISTRICT).delete()
        connection.close()


def _two(number: int) -> tuple[int, int]:
    whole = [NewPost(Role.ADMINISTRATOR, str(DISTRICT))]
    first, second = (
        actions.create_account(system(DISTRICT), f"at-once-{number}-{n}", "管理员", whole, clock.now())
        for n in (1, 2)
    )
    return first, second


def _together(*deeds: Callable[[], None]) -> list[str]:
    gate = Barrier(len(deeds))

    def one(deed: Callable[[], None]) -> str:
        try:
            gate.wait(10)
            deed()
        except Conflict:
            return "stays"
        finally:
            connection.close()
        return "ended"

    with ThreadPoolExecutor(len(deeds)) as pool:
        return sorted(pool.map(one, deeds))


@pytest.mark.usefixtures("_committed")
def test_two_who_end_each_other_leave_one() -> None:
    by = system(DISTRICT)
    for number in range(ROUNDS):
        Post.objects.filter(account__district=DISTRICT).delete()
        posts = [posts_ever(by, account)[0].id for account in _two(number)]
        deeds = [lambda post=post: actions.end_post(by, post, clock.now()) for post in posts]  # type: ignore[misc]
        assert _together(*deeds) == ["ended", "stays"]


@pytest.mark.usefixtures("_committed")
def test_who_is_stopped_while_ending_the_other_leaves_one() -> None:
    by = system(DISTRICT)
    for number in range(ROUNDS):
        Post.objects.filter(account__district=DISTRICT).delete()
        first, second = _two(100 + number)
        post = posts_ever(by, second)[0].id
        told = _together(
            lambda first=first: actions.set_active(by, first, False, clock.now()),  # type: ignore[misc]
            lambda post=post: actions.end_post(by, post, clock.now()),  # type: ignore[misc]
        )
        assert told == ["ended", "stays"]
