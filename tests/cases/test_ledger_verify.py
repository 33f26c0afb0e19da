"""Whoever alters, removes or adds an entry behind the platform's back is found, and the entry is named."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import Error, connection, transaction

from huying.cases.actions import NewAppeal, advance, receive
from huying.cases.actions.roots import publish_root
from huying.cases.lifecycle import Verb
from huying.cases.queries.proofs.stretches import stretches
from huying.cases.queries.settings.timing import forget_timing
from huying.kernel.numbers import case_number
from huying.site.cli import main
from huying.site.commands.ledger import verify as ledger_verify
from tests.cast import DISTRICT, GRID, MONDAY, Cast, gather

LATER = MONDAY + timedelta(hours=1)


def run(statement: str, *values: Any) -> None:
    """As someone who owns the tables and has switched the triggers off."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cases_entry DISABLE TRIGGER entry_is_kept")
        cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE cases_entry ENABLE TRIGGER entry_is_kept")


@pytest.fixture
def cases(transactional_db: None) -> list[int]:
    """Three cases, each received, filed and noted upon; other connections see them."""
    forget_timing()
    cast: Cast = gather()
    new = NewAppeal(text="春风路垃圾没人收", channel="web", kind="complaint", area=GRID)
    receipts = receive(DISTRICT, [new] * 3, by=cast.system, now=MONDAY)
    for receipt in receipts:
        ref = (DISTRICT, receipt.case_id)
        advance(ref, Verb.FILE, by=cast.dispatcher, now=LATER, item="X1", note="已核实")
        advance(ref, Verb.NOTE, by=cast.dispatcher, now=LATER, progress="正在联系", note="王先生来电")
    return [receipt.case_id for receipt in receipts]


def verified(capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = main(["ledger", "verify", "--json", "--processes", "1"])
    return code, json.loads(capsys.readouterr().out)


def first_fault(found: dict[str, Any]) -> tuple[str, int, str]:
    assert len(found["faults"]) == 1, found
    fault = found["faults"][0]
    return fault["case"], fault["seq"], fault["what"]


def test_what_nobody_touched_is_whole(cases: list[int], capsys: pytest.CaptureFixture[str]) -> None:
    code, found = verified(capsys)
    assert (code, found["whole"], found["cases"], found["entries"]) == (0, True, 3, 9)


SEALED = (
    "verb, outcome, at, actor_kind, account_id, key_id, body_id, order_id, appeal_id, before, after, facts, "
    "algorithm, seal"
)
ALTERATIONS = [
    "verb = 'reject'",
    "outcome = 'passed'",
    "at = at + interval '1 microsecond'",
    "actor_kind = 'system'",
    "account_id = account_id + 1",
    "key_id = 1",
    "body_id = 1",
    "order_id = 1",
    "appeal_id = 1",
    "before = 'filed'",
    "after = 'closed'",
    "facts = jsonb_set(facts, '{item}', '\"X2\"')",
    "facts = facts - 'case'",
    "facts = facts || '{\"reply\": 1.5}'",
    "algorithm = 'sm3'",
    "algorithm = 'md5'",
    "seal = set_byte(seal, 31, get_byte(seal, 31) # 1)",
    "seal = set_byte(seal, 0, get_byte(seal, 0) # 128)",
]


def test_whatever_is_altered_in_an_entry_is_found_and_named(
    cases: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    number = case_number(DISTRICT, cases[1])
    for change in ALTERATIONS:
        where = "WHERE case_id = %s AND seq = 2"
        run(f"CREATE TABLE before_it AS SELECT * FROM cases_entry {where}", cases[1])
        run(f"UPDATE cases_entry SET {change} {where}", cases[1])
        code, found = verified(capsys)
        assert (code, first_fault(found)) == (1, (number, 2, "altered")), change
        run(f"UPDATE cases_entry SET ({SEALED}) = (SELECT {SEALED} FROM before_it) {where}", cases[1])
        run("DROP TABLE before_it")
    assert verified(capsys)[0] == 0


def test_an_entry_that_was_taken_out_is_missed(cases: list[int], capsys: pytest.CaptureFixture[str]) -> None:
    run("DELETE FROM cases_statement WHERE case_id = %s", cases[0])
    run("DELETE FROM cases_entry WHERE case_id = %s AND seq = 2", cases[0])
    assert first_fault(verified(capsys)[1]) == (case_number(DISTRICT, cases[0]), 2, "missing")


def test_a_chain_that_was_cut_at_its_end_is_missed(
    cases: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    run("DELETE FROM cases_statement WHERE case_id = %s AND seq = 3", cases[0])
    run("DELETE FROM cases_entry WHERE case_id = %s AND seq = 3", cases[0])
    assert first_fault(verified(capsys)[1]) == (case_number(DISTRICT, cases[0]), 3, "missing")


def test_a_case_whose_whole_chain_is_gone_is_named(
    cases: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    run("DELETE FROM cases_statement WHERE case_id = %s", cases[2])
    run("DELETE FROM cases_entry WHERE case_id = %s", cases[2])
    assert first_fault(verified(capsys)[1]) == (case_number(DISTRICT, cases[2]), 1, "missing")


def test_a_case_that_says_something_else_of_its_end_is_named(
    cases: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    run("UPDATE cases_case SET length = 2 WHERE id = %s", cases[0])
    assert first_fault(verified(capsys)[1]) == (case_number(DISTRICT, cases[0]), 3, "end")


@pytest.mark.parametrize("change", ["text = '别的话'", "salt = decode(repeat('00', 16), 'hex')"])
def test_words_that_were_changed_are_found(
    cases: list[int], capsys: pytest.CaptureFixture[str], change: str
) -> None:
    run(f"UPDATE cases_statement SET {change} WHERE case_id = %s AND seq = 3 AND name = 'note'", cases[0])
    assert first_fault(verified(capsys)[1]) == (case_number(DISTRICT, cases[0]), 3, "text")


def test_the_callers_own_words_cannot_be_changed_either(
    cases: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    run("UPDATE cases_appeal SET text = '一切都好' WHERE id = (SELECT min(id) FROM cases_appeal)")
    assert first_fault(verified(capsys)[1])[1:] == (1, "text")


def test_words_erased_by_law_break_nothing(cases: list[int], capsys: pytest.CaptureFixture[str]) -> None:
    run("UPDATE cases_statement SET text = '', salt = ''")
    run("UPDATE cases_appeal SET text = '', salt = '', erased_at = now()")
    assert verified(capsys)[0] == 0


def test_words_that_are_simply_gone_were_not_erased_by_law(
    cases: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    run("DELETE FROM cases_statement WHERE case_id = %s AND seq = 2", cases[0])
    assert first_fault(verified(capsys)[1])[1:] == (2, "text_missing")


def test_a_case_that_vanished_altogether_is_missed_by_its_day(
    cases: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    """A whole chain removed with its case leaves no trace in the chains, but the published day misses it."""
    publish_root(DISTRICT, MONDAY.date(), MONDAY + timedelta(days=1))
    for table, key in (
        ("statement", "case_id"),
        ("clock", "case_id"),
        ("caseappeal", "case_id"),
        ("entry", "case_id"),
        ("case", "id"),
    ):
        run(f"DELETE FROM cases_{table} WHERE {key} = %s", cases[1])
    code, found = verified(capsys)
    assert (code, found["faults"]) == (1, [])
    assert [(day["published"], day["found"]) for day in found["days"]] == [(9, 6)]


REFUSED = ("UPDATE cases_entry SET verb = 'x'", "DELETE FROM cases_entry", "TRUNCATE cases_entry CASCADE")


@pytest.mark.parametrize("statement", REFUSED)
def test_the_ledger_refuses_to_be_altered(cases: list[int], statement: str) -> None:
    with connection.cursor() as cursor, transaction.atomic():
        # Between tests the tables are emptied by TRUNCATE, so there its trigger rests.
        cursor.execute("ALTER TABLE cases_entry ENABLE TRIGGER entries_are_kept")
        with pytest.raises(Error, match="append-only"):
            cursor.execute(statement)
        transaction.set_rollback(True)


def test_every_case_lies_in_one_stretch(cases: list[int]) -> None:
    for size in (1, 2, 3, 5):
        cut = stretches(DISTRICT, size)
        for case in cases:
            assert sum(low < case <= high for _, low, high in cut) == 1


def test_several_processes_find_the_same(
    cases: list[int], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_verify, "stretches", lambda district: stretches(district, 1))
    run("UPDATE cases_entry SET verb = 'reject' WHERE case_id = %s AND seq = 3", cases[2])
    capsys.readouterr()
    assert main(["ledger", "verify", "--json", "--processes", "2"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["cases"], found["entries"]) == (3, 9)
    assert first_fault(found) == (case_number(DISTRICT, cases[2]), 3, "altered")
