"""Messages that wait for the morning or for a carrier that is away: what a newer one replaces is found by its caller."""

from collections.abc import Iterator

import pytest
from django.db import connection

from huying.notices.actions import keeping
from huying.notices.models import Notice
from huying.notices.rules.kinds import Sending, Way
from huying.texts.rules.occasions import Occasion
from tests.cast import DISTRICT, MONDAY
from tests.plans import rows_looked_at

pytestmark = [pytest.mark.django_db, pytest.mark.database]
MANY = 4000


def messages(state: Sending, first: int) -> Iterator[Notice]:
    for number in range(first, first + MANY):
        yield Notice(
            district=DISTRICT, caller_id=number, occasion=Occasion.RECEIVED.value, way=Way.SMS.value, case_id=number,
            title="已受理", text="已受理", link="", once=str(number), made_at=MONDAY, due_at=MONDAY, next_at=MONDAY,
            state=state.value,
        )  # fmt: skip


def test_what_a_newer_one_replaces_is_found_without_reading_all_that_waits() -> None:
    Notice.objects.bulk_create(messages(Sending.SENT, 0), batch_size=1000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE notices_notice")
    # By the server's count of its rows none waits.
    Notice.objects.bulk_create(messages(Sending.WAITING, MANY), batch_size=1000)
    replaced = range(MANY, MANY + 5)
    given = keeping.dropping(DISTRICT, [*replaced, 1], [*replaced, 1])
    assert rows_looked_at(keeping._DROP, given) < 500
    dropped = Notice.objects.filter(state=Sending.DROPPED.value).order_by("caller_id")
    assert list(dropped.values_list("caller_id", flat=True)) == list(replaced)
