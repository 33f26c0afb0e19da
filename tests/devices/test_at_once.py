"""Two listeners at once: of one device nothing is counted twice, and one press opens one card."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from huying.access.actor import system
from huying.devices.actions import Given, keep, look_for_silent
from huying.devices.models import HourTally, LastReading, Matter, Reading
from huying.devices.rules.kinds import DeviceKind
from huying.emergency.models import Emergency, Mark
from huying.places.queries import forget
from tests.cast import DISTRICT, gather
from tests.devices.conftest import Site, after, said
from tests.teams.conftest import draw

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


@pytest.fixture
def ground(transactional_db: None) -> Iterator[Site]:
    forget(DISTRICT)
    cast = gather()
    draw(cast)
    yield Site(cast)
    forget(DISTRICT)


def at_once(*works: Callable[[], object]) -> None:
    """Each in a thread with a connection of its own, begun together; what one raises is raised here."""
    begin, faults = threading.Barrier(len(works)), list[BaseException]()

    def alone(work: Callable[[], object]) -> None:
        try:
            begin.wait(10)
            work()
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=alone, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    if faults:
        raise faults[0]


def kept(messages: list[dict[str, Any]]) -> Callable[[], object]:
    return lambda: keep(system(DISTRICT), [Given(one) for one in messages], after(600))


def test_the_same_messages_by_two_ways_are_kept_once(ground: Site) -> None:
    ground.stand("WL-1")
    ground.stand("WL-2", 50)
    ground.stand("SOS-1", kind=DeviceKind.SOS)
    ground.watch()
    told = [
        said(code, seconds, 2.0 + seconds / 100) for code in ("WL-1", "WL-2") for seconds in range(0, 200, 10)
    ]
    press = said("SOS-1", 30, alarm="sos")
    # In other orders, so that each holds what the other wants.
    at_once(kept([*told, press]), kept([press, *reversed(told)]), kept(told[::2]))
    assert Reading.objects.count() == 41
    assert [row.count for row in HourTally.objects.order_by("device_id")] == [20, 20]
    assert LastReading.objects.count() == 2
    assert (Emergency.objects.count(), Mark.objects.filter(kind="again").count()) == (1, 0)
    assert sorted(Matter.objects.values_list("kind", flat=True)) == ["alarm", "rule", "rule"]


def test_two_that_look_for_the_silent_find_each_once(ground: Site) -> None:
    for number in range(6):
        ground.stand(f"WL-{number}", 10 * number, every=60)
    at_once(*[lambda: look_for_silent(DISTRICT, after(600))] * 3)
    assert Matter.objects.count() == 6
    assert len(set(Matter.objects.values_list("case_id", flat=True))) <= 3
