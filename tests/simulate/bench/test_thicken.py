"""A history made larger is still one: every chain whole, every receipt a right one, nothing tied to another's rows."""

from datetime import timedelta

import pytest
from django.db import connection

from huying.cases.actions import NewAppeal, advance, receive
from huying.cases.lifecycle import Verb
from huying.cases.models import Appeal, Case, CaseAppeal, Clock, Entry
from huying.cases.queries.proofs.proving import prove
from huying.kernel.numbers import parse_receipt
from huying.simulate.bench.house import scratch
from huying.simulate.bench.house.thicken import SECONDS_APART, thicken
from tests.cast import DISTRICT, GRID, MONDAY, gather

pytestmark = pytest.mark.django_db(transaction=True)
COPIES = 3


def test_every_copy_is_a_case_of_its_own_with_a_whole_chain() -> None:
    cast = gather()
    told = [
        NewAppeal(
            text="春风路垃圾没人收\t臭得很\\n",
            channel="web",
            kind="complaint",
            area=GRID,
            lon=114.3,
            lat=22.7,
        ),
        NewAppeal(text="龙田路积水", channel="web", kind="complaint", area=GRID),
    ]
    kept = receive(DISTRICT, told, by=cast.system, now=MONDAY)
    advance((DISTRICT, kept[0].case_id), Verb.NOTE, by=cast.system, now=MONDAY, note="第一条\t记录")
    before = {model: model.objects.count() for model in (Appeal, Case, CaseAppeal, Clock, Entry)}
    names = _indexes()

    thicken(dict(scratch.address(connection.settings_dict["NAME"])), COPIES, processes=1)

    assert {model: model.objects.count() for model in before} == {
        model: count * (1 + COPIES) for model, count in before.items()
    }
    assert _indexes() == names
    for case in Case.objects.all():
        proof = prove(DISTRICT, case.id)
        assert (proof.broken_at, proof.entries) == (None, case.length)
        assert bytes(case.head) == bytes(Entry.objects.get(case_id=case.id, seq=case.length).seal)
    receipts = list(Appeal.objects.values_list("receipt", flat=True))
    assert len(set(receipts)) == len(receipts)
    assert all(parse_receipt(receipt) == receipt for receipt in receipts)
    assert Appeal.objects.exclude(text__in=[each.text for each in told]).count() == 0
    earliest = Case.objects.order_by("opened_at")[0]
    assert earliest.opened_at == MONDAY - timedelta(seconds=SECONDS_APART * COPIES)
    # New cases come after all copies.
    fresh = receive(DISTRICT, [NewAppeal(text="新的", channel="web")], by=cast.system, now=MONDAY)[0]
    assert fresh.case_id > max(Case.objects.exclude(id=fresh.case_id).values_list("id", flat=True))


def _indexes() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, '' FROM pg_indexes WHERE schemaname = 'public' UNION ALL "
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f'"
        )
        return {(row[0], row[1]) for row in cursor.fetchall()}
