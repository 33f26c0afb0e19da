"""The lock counts attempts that are sent at the same moment."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from huying.kernel.errors import Denied, Invalid
from huying.people import actions
from huying.people.models import SignIn
from huying.people.rules.locking import TRIES
from tests.people.cast import NOW

pytestmark = pytest.mark.database
LOGIN = "nobody-at-once"


@pytest.fixture
def _committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield
        SignIn.objects.filter(login=LOGIN).delete()
        connection.close()


def _guess(number: int) -> str:
    try:
        actions.sign_in(LOGIN, f"Wrong-{number}", "10.0.0.1", NOW)
    except Invalid:
        return "wrong"
    except Denied:
        return "locked"
    finally:
        connection.close()
    return "in"


@pytest.mark.usefixtures("_committed")
def test_many_guesses_at_once_are_no_more_than_one_after_another() -> None:
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(_guess, range(16)))
    assert sorted(told) == ["locked"] * (16 - TRIES) + ["wrong"] * TRIES
