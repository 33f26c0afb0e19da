"""Two administrators write the first version of one formula at the same moment."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from huying.access.actor import system
from huying.figures.actions.formulas import NewFormula, write_formula
from huying.figures.models import FormulaVersion
from huying.kernel import clock

pytestmark = pytest.mark.database
DISTRICT = 990178


@pytest.fixture
def _committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield
        FormulaVersion.objects.filter(district=DISTRICT).delete()
        connection.close()


@pytest.mark.usefixtures("_committed")
@pytest.mark.parametrize(("below", "versions"), [(("valid", "valid"), [1, 1]), (("valid", "closed"), [1, 2])])
def test_the_second_of_two_first_versions_waits_for_the_first(
    below: tuple[str, str], versions: list[int]
) -> None:
    gate = Barrier(2)

    def write(denominator: str) -> int:
        try:
            gate.wait(10)
            new = NewFormula("at_once", "同时", "At once", "solved", denominator, date(2026, 1, 1))
            return write_formula(system(DISTRICT), new, clock.now())
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(write, below)) == versions
