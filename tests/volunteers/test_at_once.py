"""Many who press at one moment: never more places than were asked for, and nobody is lost."""

import threading
from collections.abc import Callable, Iterator

import pytest
from django.db import connection

from huying.kernel.errors import Conflict
from huying.places.queries import forget
from huying.volunteers.actions import claim, give_up
from huying.volunteers.models import Claim, Muster
from tests.cast import DISTRICT, MONDAY, gather
from tests.teams.conftest import draw
from tests.volunteers.conftest import Ground

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


@pytest.fixture
def crowd(transactional_db: None) -> Iterator[Ground]:
    forget(DISTRICT)
    cast = gather()
    draw(cast)
    ground = Ground(cast)
    for number in range(12):
        ground.stand(f"人{number}")
    yield ground
    forget(DISTRICT)


def at_once(*works: Callable[[], object]) -> list[object]:
    """Each in a thread with a connection of its own, begun together; what each gave or was refused."""
    begin, came = threading.Barrier(len(works)), list[object]()

    def alone(work: Callable[[], object]) -> None:
        try:
            begin.wait(10)
            came.append(work())
        except Conflict as refused:
            came.append(refused)
        finally:
            connection.close()

    threads = [threading.Thread(target=alone, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return came


def pressed(muster: int, who: int) -> Callable[[], object]:
    return lambda: claim(DISTRICT, muster, who, MONDAY)


def left(muster: int, who: int) -> Callable[[], object]:
    return lambda: give_up(DISTRICT, muster, who, MONDAY)


def standings(muster: int) -> dict[str, int]:
    rows = Claim.objects.filter(muster_id=muster).values_list("standing", flat=True)
    return {one: list(rows).count(one) for one in set(rows)}


def test_twelve_press_for_three_places(crowd: Ground) -> None:
    muster, people = crowd.call(quota=3), list(crowd.people.values())
    assert len(at_once(*(pressed(muster, who) for who in people))) == 12
    assert standings(muster) == {"held": 3, "waiting": 9}
    assert Muster.objects.get().filled_at == MONDAY


def test_one_who_presses_twice_at_once_has_one_place(crowd: Ground) -> None:
    muster, who = crowd.call(quota=3), next(iter(crowd.people.values()))
    assert len(at_once(*[pressed(muster, who)] * 4)) == 4
    assert standings(muster) == {"held": 1}


def test_places_given_up_and_taken_at_once_stay_within_the_quota(crowd: Ground) -> None:
    muster, people = crowd.call(quota=3), list(crowd.people.values())
    for who in people[:6]:
        claim(DISTRICT, muster, who, MONDAY)
    at_once(*(left(muster, who) for who in people[:3]), *(pressed(muster, who) for who in people[6:]))
    assert standings(muster) == {"held": 3, "waiting": 6, "left": 3}
