"""An application that arrives while its period is being closed waits for that, and does not slip in behind it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction

from huying.cases.actions.reactions.holding import hold
from huying.figures.actions import NewExemption, ask_exemption
from huying.figures.actions.exempting import HANDLER
from huying.figures.models import Exemption
from huying.figures.rules.exempting import Ground
from huying.figures.rules.measures import Measure
from tests.cast import DISTRICT, MONDAY, Cast, gather
from tests.figures.living import counted, live

AFTER = MONDAY + timedelta(days=40)


@pytest.fixture
def committed(transactional_db: None) -> Iterator[Cast]:
    yield gather()
    connection.close()


def test_an_application_waits_while_somebody_closes(committed: Cast) -> None:
    late = live(committed, committed.urban, late=True)
    counted(AFTER)
    new = NewExemption(
        late, committed.urban, Measure.HANDLE_LATE.value, Ground.FORCE_MAJEURE, "台风红色预警期间停工。"
    )

    def ask() -> int:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '200ms'")
            return ask_exemption(committed.handler, new, AFTER)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            hold(HANDLER, DISTRICT, AFTER)
            with pytest.raises(OperationalError, match="lock timeout"):
                pool.submit(ask).result()
        assert pool.submit(ask).result() == Exemption.objects.get().pk
