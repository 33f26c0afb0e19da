"""Intake runs in several processes: the same callers come in at the same moment."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from huying.people import actions, queries
from huying.people.models import Caller
from tests.people.cast import NOW

pytestmark = pytest.mark.database
DISTRICT = 990198  # committed for real, so in a district no other test looks at, and swept afterwards


@pytest.fixture
def _committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield
        Caller.objects.filter(district=DISTRICT).delete()
        connection.close()


def _batch(seed: int) -> dict[str, int | None]:
    pairs = [("" if seed % 2 else f"张{number}", f"138{number:08}") for number in range(60)]
    random.Random(seed).shuffle(pairs)
    try:
        made = actions.ensure_callers(DISTRICT, pairs, NOW)
    finally:
        connection.close()
    return {phone: one for (_, phone), one in zip(pairs, made, strict=True)}


@pytest.mark.usefixtures("_committed")
def test_batches_at_once_agree_on_every_caller_and_lose_no_name() -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(_batch, range(12)))
    assert all(answer == answers[0] for answer in answers)
    assert Caller.objects.filter(district=DISTRICT).count() == 60
    masked = queries.callers_masked(DISTRICT, [one for one in answers[0].values() if one])
    assert {one.name for one in masked.values()} == {"张**"}
