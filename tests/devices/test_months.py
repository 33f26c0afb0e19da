"""Months taken away while somebody reads."""

from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from huying.devices.actions import keep_months
from huying.devices.models import Reading
from tests.cast import MONDAY

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def test_while_somebody_reads_for_long_months_are_left_until_the_next_time(
    transactional_db: None, settings: object
) -> None:
    _none()
    settings.HUYING_READING_MONTHS = 1  # type: ignore[attr-defined]
    keep_months(MONDAY)
    reads, done = Event(), Event()

    def backup() -> None:
        with transaction.atomic():
            list(Reading.objects.all())
            reads.set()
            done.wait(30)
        connection.close()

    other = Thread(target=backup)
    other.start()
    assert reads.wait(10)
    later = MONDAY + timedelta(days=62)
    keep_months(later)
    assert other.is_alive()
    assert _is_there("devices_reading_202603")
    assert not _is_there("devices_reading_202606")
    done.set()
    other.join(30)
    keep_months(later)
    assert not _is_there("devices_reading_202603")
    assert _is_there("devices_reading_202606")
    _none()


def _none() -> None:
    with connection.cursor() as cursor:
        for number in range(1, 13):
            cursor.execute(f"DROP TABLE IF EXISTS devices_reading_2026{number:02d}")


def _is_there(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [table])
        return bool(cursor.fetchone()[0])
