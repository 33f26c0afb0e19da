"""A unit that is closed while it is given a duty: it must not bear it afterwards."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from huying.access.actor import system
from huying.kernel import clock
from huying.people import actions
from huying.people.actions import NewBearing, NewBody
from huying.people.models import Bearing, Body
from huying.people.rules.kinds import BodyKind

pytestmark = pytest.mark.database
DISTRICT = 990178
WAITS = 0.5


@pytest.fixture
def _committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield
        Bearing.objects.filter(district=DISTRICT).delete()
        Body.objects.filter(district=DISTRICT).delete()
        connection.close()


@pytest.mark.usefixtures("_committed")
def test_what_a_unit_is_given_while_it_is_closed_ends_with_it() -> None:
    by, given = system(DISTRICT), Event()
    unit = actions.create_bodies(by, [NewBody("甲", "甲", BodyKind.DEPARTMENT, str(DISTRICT))], clock.now())[
        "甲"
    ]

    def close() -> None:
        try:
            given.wait(10)
            actions.close_body(by, unit, clock.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            actions.set_bearings(by, [NewBearing("01", str(DISTRICT), unit)], clock.now())
            given.set()
            closing = pool.submit(close)
            # Time enough to be closed at once by whoever does not wait.
            with pytest.raises(TimeoutError):
                closing.result(WAITS)
        closing.result(10)
    assert not Bearing.objects.filter(body_id=unit, valid_to=None).exists()
