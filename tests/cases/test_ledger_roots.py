"""The day's published root: it stays, it covers what was written, and every entry can be led to it."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from huying.cases.actions import History, NewAppeal, Receipt, advance, record
from huying.cases.actions.roots import publish_root
from huying.cases.ledger import GENESIS, merkle_root, root_from
from huying.cases.lifecycle import Verb
from huying.cases.models import Case, Entry
from huying.cases.queries.proofs.chain import chain_of_appeal
from huying.cases.queries.proofs.roots import day_of, lost_days, prove_entry
from huying.cases.queries.settings.timing import forget_timing
from huying.kernel.digest import digest
from huying.kernel.errors import Conflict, NotFound
from huying.kernel.numbers import case_number
from tests.cast import DISTRICT, GRID, MONDAY, Cast, gather

TODAY = date(2026, 3, 2)
TOMORROW = MONDAY + timedelta(days=1)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Committed step by step: what may still be rolled back belongs to no root."""
    forget_timing()
    return gather()


def test_a_day_belongs_to_the_districts_own_time_zone(cast: Cast) -> None:
    midnight = MONDAY.replace(hour=16)
    assert day_of(DISTRICT, midnight) == TODAY + timedelta(days=1)
    assert day_of(DISTRICT, midnight - timedelta(seconds=1)) == TODAY


def test_a_running_day_is_not_published(cast: Cast, appeal: Receipt) -> None:
    with pytest.raises(Conflict):
        publish_root(DISTRICT, TODAY, MONDAY + timedelta(hours=8))


def test_an_empty_day_has_a_root_of_nothing(cast: Cast) -> None:
    row = publish_root(DISTRICT, TODAY, TOMORROW)
    assert (row.entries, bytes(row.root)) == (0, GENESIS)


def test_publishing_twice_changes_nothing(cast: Cast, with_handler: Case) -> None:
    first = publish_root(DISTRICT, TODAY, TOMORROW)
    again = publish_root(DISTRICT, TODAY, TOMORROW + timedelta(days=1))
    assert (first.entries, bytes(first.root), first.published_at) == (
        4,
        bytes(again.root),
        again.published_at,
    )


def test_the_root_is_that_of_the_seals_in_the_order_they_were_written(cast: Cast, with_handler: Case) -> None:
    seals = [bytes(entry.seal) for entry in Entry.objects.order_by("seq")]
    assert bytes(publish_root(DISTRICT, TODAY, TOMORROW).root) == merkle_root(seals, "sha256")


def test_every_entry_leads_to_the_root_of_its_day(cast: Cast, with_handler: Case) -> None:
    root = publish_root(DISTRICT, TODAY, TOMORROW)
    for seq in range(1, 5):
        proof = prove_entry(DISTRICT, with_handler.id, seq)
        path = [(side, bytes.fromhex(other)) for side, other in proof.path]
        assert root_from(bytes.fromhex(proof.seal), path, proof.algorithm) == bytes(root.root)
        assert proof.root == bytes(root.root).hex()
    wrong = digest(b"another entry")
    assert root_from(wrong, path, proof.algorithm) != bytes(root.root)


def test_without_a_published_day_there_is_nothing_to_prove(cast: Cast, with_handler: Case) -> None:
    with pytest.raises(NotFound):
        prove_entry(DISTRICT, with_handler.id, 1)
    with pytest.raises(NotFound):
        prove_entry(DISTRICT, with_handler.id, 99)


def test_history_brought_in_later_leaves_published_days_as_they_were(cast: Cast, with_handler: Case) -> None:
    publish_root(DISTRICT, TODAY, TOMORROW)
    past = History(NewAppeal(text="旧系统来件", channel="import", area=GRID), MONDAY)
    assert isinstance(record(DISTRICT, [past], by=cast.system)[0], Receipt)
    assert list(lost_days(DISTRICT)) == []


def test_a_published_day_that_lost_an_entry_is_told(cast: Cast, with_handler: Case) -> None:
    publish_root(DISTRICT, TODAY, TOMORROW)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cases_entry DISABLE TRIGGER entry_is_kept")
        cursor.execute("DELETE FROM cases_entry WHERE seq = 4")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE cases_entry ENABLE TRIGGER entry_is_kept")
    assert [(day.day, day.entries, day.found) for day in lost_days()] == [(TODAY, 4, 3)]


def test_anybody_can_recompute_the_chain_of_an_appeal(
    cast: Cast, appeal: Receipt, with_handler: Case
) -> None:
    parts = [{"title": "渣土", "item": "X9"}]
    advance((DISTRICT, with_handler.id), Verb.SPLIT, by=cast.dispatcher, now=TOMORROW, parts=parts)
    chain = chain_of_appeal(DISTRICT, appeal.appeal_id)
    numbers = list(dict.fromkeys(entry.number for entry in chain))
    assert len(numbers) == 2
    assert numbers[0] == case_number(DISTRICT, with_handler.id)
    for number in numbers:
        before = bytes(32)
        for place, entry in enumerate((each for each in chain if each.number == number), start=1):
            assert entry.seq == place
            assert entry.previous == before.hex()
            before = digest(before + bytes.fromhex(entry.content), entry.algorithm)
            assert entry.seal == before.hex()
    assert [entry.label for entry in chain][:5] == ["登记", "立案", "派单", "签收", "拆分"]


def test_another_callers_chain_is_not_in_it(cast: Cast, appeal: Receipt) -> None:
    assert chain_of_appeal(DISTRICT, appeal.appeal_id + 10_000) == []
    assert len(chain_of_appeal(DISTRICT, appeal.appeal_id)) == 1
