"""R109: a file of orders becomes histories in the ledger, once, however often and however brokenly it is brought."""

import os
import signal
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connections
from openpyxl import Workbook

from huying.cases.models import Appeal, Case, Clock, Entry, Order
from huying.kernel.errors import Unavailable
from huying.loop.collect.channels.orders import Report, import_orders, importing
from huying.loop.collect.channels.orders.reading import Reason
from huying.loop.collect.channels.orders.report import Remark
from huying.people.queries import bodies, callers_masked, find_body
from tests.loop.allocate.town import COVER, DISTRICT, EAST, NOW, Town, make_town
from tests.loop.collect.order_files import HEAD, MAP, NAMES, WITHOUT_NEW_BODIES, order, written


@pytest.fixture
def town(db: None) -> Town:
    return make_town()


def brought(path: Path, rows: list[dict[str, str]], order_map=MAP, **more: bool) -> Report:
    return import_orders(written(path / "orders.csv", rows), order_map, DISTRICT, NOW, **more)


def test_an_ended_order_is_archived_at_its_end_and_nothing_is_said_that_its_source_does_not_say(
    town: Town, tmp_path: Path
) -> None:
    report = brought(tmp_path, [order("A1", item3="污水井盖")])
    assert (report.rows, report.accepted, report.refused) == (1, 1, [])
    case = Case.objects.get(district=DISTRICT)
    assert (case.state, case.item, case.area, case.body_id) == ("closed", COVER, EAST, town.water)
    assert case.opened_at == datetime(2026, 2, 2, 1, tzinfo=UTC)
    assert case.closed_at == datetime(2026, 2, 3, 2, tzinfo=UTC)
    received, archived = Entry.objects.filter(case_id=case.id).order_by("seq")
    assert (received.verb, archived.verb, archived.actor_kind) == ("receive", "archive", "system")
    assert (archived.at, archived.facts["told"]) == (case.closed_at, "办结")
    [(kind, body, _, late)] = archived.facts["stopped"]
    assert (kind, body, late) == ("handle", town.water, False)
    assert not Clock.objects.filter(case_id=case.id).exists()
    order_row = Order.objects.get(case_id=case.id)
    assert (order_row.state, order_row.signed_at, order_row.reported_at) == ("ended", None, None)


def test_an_order_whose_end_is_not_told_is_archived_now_and_not_called_late(
    town: Town, tmp_path: Path
) -> None:
    report = brought(tmp_path, [order("A1", ended="")])
    assert report.remarks[Remark.NO_END] == 1
    entry = Entry.objects.get(verb="archive")
    assert entry.at == NOW
    assert "ended" not in entry.facts
    assert entry.facts["stopped"] == []


def test_a_running_order_goes_on_with_its_unit(town: Town, tmp_path: Path) -> None:
    rows = [order("A1", state="在办", item3="污水井盖"), order("A2", state="在办", item3="没有的事项")]
    report = brought(tmp_path, rows)
    states = dict(Case.objects.order_by("id").values_list("id", "state")).values()
    assert list(states) == ["dispatched", "received"]
    assert report.remarks[Remark.WAITS] == 1
    assert set(Clock.objects.filter(stopped_at=None).values_list("kind", flat=True)) >= {
        "sign",
        "handle",
        "accept",
    }


def test_bringing_the_same_orders_again_adds_nothing_and_says_so(town: Town, tmp_path: Path) -> None:
    rows = [order(f"A{number}") for number in range(5)]
    brought(tmp_path, rows)
    again = brought(tmp_path, [*rows, order("A9")])
    assert (again.rows, again.known, again.accepted) == (6, 5, 1)
    assert Case.objects.count() == Appeal.objects.count() == 6


def test_two_sources_that_count_from_one_are_not_mixed_up(town: Town, tmp_path: Path) -> None:
    brought(tmp_path, [order("1")])
    other = brought(tmp_path, [order("1")], replace(MAP, code="other"))
    assert (other.accepted, other.known) == (1, 0)


def test_every_row_is_accepted_known_or_refused_with_its_line(town: Town, tmp_path: Path) -> None:
    rows = [
        order("A1"),
        order("A1"),
        order("A2", created="?"),
        order("A3", ended="2020-01-01 00:00:00"),
        order("A4"),
    ]
    report = brought(tmp_path, rows)
    assert [(each.line, each.reason) for each in report.refused] == [
        (3, Reason.TWICE), (4, Reason.BAD_TIME), (5, Reason.ENDS_BEFORE),
    ]  # fmt: skip
    assert report.rows == report.accepted + report.known + len(report.refused) == 5


def test_spellings_of_one_unit_are_one_unit_and_new_units_are_named(town: Town, tmp_path: Path) -> None:
    rows = [
        order("A1", body="水 务 局"),
        order("A2", body="园林办（东河街道办事处）"),
        order("A3", body="园林办公室(东河办事处)"),
    ]
    report = brought(tmp_path, rows)
    assert report.new_bodies == ["园林办(东河街道)"]
    assert set(Case.objects.values_list("body_id", flat=True)) == {
        town.water, getattr(find_body(DISTRICT, "园林办（东河街道办事处）"), "id", None),
    }  # fmt: skip
    assert brought(tmp_path, [order("A4", body="园林办公室(东河办事处)")]).new_bodies == []


def test_without_leave_to_make_units_a_row_with_an_unknown_one_is_refused(town: Town, tmp_path: Path) -> None:
    before = len(bodies(DISTRICT, NOW))
    report = brought(tmp_path, [order("A1", body="新单位"), order("A2")], WITHOUT_NEW_BODIES)
    assert [(each.number, each.reason, each.detail) for each in report.refused] == [
        ("A1", Reason.UNIT, "新单位")
    ]
    assert len(bodies(DISTRICT, NOW)) == before


def test_a_dry_run_says_what_would_happen_and_writes_nothing(town: Town, tmp_path: Path) -> None:
    rows = [order("A1", body="新单位"), order("A2", street=""), order("A3", created="")]
    report = brought(tmp_path, rows, dry_run=True)
    assert (report.accepted, report.new_bodies, len(report.refused)) == (2, ["新单位"], 1)
    assert report.remarks[Remark.NO_STREET] == 1
    assert not Appeal.objects.exists()
    assert find_body(DISTRICT, "新单位") is None


def test_a_caller_s_number_is_kept_sealed_and_known_again(town: Town, tmp_path: Path) -> None:
    brought(tmp_path, [order("A1", phone="13800001111"), order("A2", phone="138 0000 1111"), order("A3")])
    ids = list(Appeal.objects.order_by("id").values_list("caller_id", flat=True))
    assert ids[0] == ids[1] is not None
    assert ids[2] is None
    assert callers_masked(DISTRICT, [ids[0]])[ids[0]].phone == "138****1111"


def test_an_excel_sheet_is_read_like_a_csv_file(town: Town, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(HEAD)
    row = order("")
    cells = [row[name] for name in NAMES]
    # A workbook knows no zones.
    cells[:3] = [20260001, *(datetime.fromisoformat(row[name]) for name in ("created", "ended"))]
    book.active.append(cells)
    book.active.append([None])
    book.active.append(["20260002", "不是时间", *cells[2:]])
    book.save(tmp_path / "orders.xlsx")
    report = import_orders(tmp_path / "orders.xlsx", MAP, DISTRICT, NOW)
    assert (report.rows, report.accepted) == (2, 1)
    assert [(each.line, each.reason) for each in report.refused] == [(4, Reason.BAD_TIME)]
    appeal = Appeal.objects.get()
    assert (appeal.external_number, appeal.received_at) == ("20260001", datetime(2026, 2, 2, 1, tzinfo=UTC))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("batch", [1, 3])
def test_killed_at_any_batch_a_second_run_completes_it_and_doubles_nothing(
    batch: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_town()
    monkeypatch.setattr(importing, "_BATCH", 10)
    path = written(tmp_path / "orders.csv", [order(f"A{number}") for number in range(45)])
    connections.close_all()
    child = os.fork()
    if child == 0:
        _import_and_die(path, batch)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert Case.objects.count() == 10 * (batch - 1)
    second = import_orders(path, MAP, DISTRICT, NOW, writers=2)
    assert (second.known, second.accepted) == (10 * (batch - 1), 45 - 10 * (batch - 1))
    assert Case.objects.count() == Appeal.objects.values("external_number").distinct().count() == 45
    assert Entry.objects.count() == 90


def _import_and_die(path: Path, batch: int) -> None:
    """In a process of its own: written, but killed before the transaction of this batch ends."""
    real, calls = importing.record, [0]

    def record(*given, **more):
        calls[0] += 1
        answer = real(*given, **more)
        if calls[0] == batch:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    importing.record = record
    try:
        import_orders(path, MAP, DISTRICT, NOW)
    finally:
        os._exit(0)


@pytest.mark.django_db(transaction=True)
def test_a_writer_that_dies_is_told_and_a_second_run_completes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_town()
    monkeypatch.setattr(importing, "_BATCH", 10)
    monkeypatch.setattr(importing, "record", lambda *given, **more: os.kill(os.getpid(), signal.SIGKILL))
    path = written(tmp_path / "orders.csv", [order(f"A{number}") for number in range(45)])
    with pytest.raises(Unavailable, match="再运行一次"):
        import_orders(path, MAP, DISTRICT, NOW, writers=2)
    monkeypatch.undo()
    assert import_orders(path, MAP, DISTRICT, NOW, writers=2).accepted == Case.objects.count() == 45
