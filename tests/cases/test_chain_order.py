"""Who follows the ledger is given each chain in order, whichever transaction began first and whichever came first."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from threading import Thread

import pytest
from django.db import connection, transaction

from huying.cases.actions import NewAppeal, advance, follow, receive
from huying.cases.ledger import Link
from huying.cases.lifecycle import Verb
from huying.cases.models import Entry
from tests.cast import DISTRICT, GRID, MONDAY, Cast, gather

SOON = MONDAY + timedelta(minutes=1)


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_began_earlier_and_came_later_keeps_the_order_of_the_chain() -> None:
    cast = gather()
    new = NewAppeal(text="路口积水", channel="web", kind="complaint", area=GRID)
    receipt = receive(DISTRICT, [new], by=cast.system, now=MONDAY)[0]
    ref = (DISTRICT, receipt.case_id)
    with transaction.atomic():
        # It has its number from here on, as one that locked another case first has.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()")
        other = Thread(target=_file, args=(cast, ref))
        other.start()
        other.join()
        advance(ref, Verb.DISPATCH, by=cast.dispatcher, now=SOON, body=cast.urban)
        advance(ref, Verb.SIGN, by=cast.handler, now=SOON)
    seen: list[int] = []

    def handle(district: int, entries: Sequence[Link], now: datetime) -> None:
        seen.extend(entry.seq for entry in entries)

    follow("order", DISTRICT, handle, SOON)
    assert seen == [1, 2, 3, 4]
    positions = list(Entry.objects.order_by("seq").values_list("position", flat=True))
    assert positions == sorted(positions)


def _file(cast: Cast, ref: tuple[int, int]) -> None:
    try:
        advance(ref, Verb.FILE, by=cast.dispatcher, now=SOON, item="X1")
    finally:
        connection.close()
