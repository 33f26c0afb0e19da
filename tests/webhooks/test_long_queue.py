"""Events for a receiver that was away for long: finding the next ones costs the same however many wait."""

import pytest

from huying.webhooks.actions import leasing
from huying.webhooks.models import Delivery
from tests.cast import DISTRICT, MONDAY
from tests.plans import pages_read

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_the_next_events_are_found_without_reading_the_queue_also_before_it_was_counted() -> None:
    Delivery.objects.bulk_create(
        Delivery(
            district=DISTRICT, subscription_id=1, case_id=number // 4, seq=number % 4, position=number,
            message=str(number), kind="case", body="{}", replay=False, made_at=MONDAY, next_at=MONDAY,
        )
        for number in range(4000)
    )  # fmt: skip
    given = {"district": DISTRICT, "number": 1, "now": MONDAY, "most": 50}
    assert pages_read(leasing._DUE, given) < 1000
