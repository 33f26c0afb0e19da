"""Two of one silence heard in the same moment."""

import time
from threading import Thread

import pytest
from django.db import connection, transaction

from huying.devices.actions import look_for_silent
from tests.cast import DISTRICT
from tests.devices.conftest import Site, after

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def test_of_the_last_two_that_are_heard_at_once_one_ends_the_case(transactional_db: None, site: Site) -> None:
    for number in range(2):
        site.stand(f"WL-{number}", 10 * number, every=60)
    assert look_for_silent(DISTRICT, after(300)) == 2

    def hear() -> None:
        site.hear("WL-1", 400, 1.0)
        connection.close()

    other = Thread(target=hear)
    with transaction.atomic():
        site.hear("WL-0", 400, 1.0)
        other.start()
        time.sleep(1)
    other.join(30)
    assert site.case(site.matters("WL-0")[0]).state == "closed"
