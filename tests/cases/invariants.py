"""What holds for every case at every moment, read from the tables and not through the code that wrote them."""

from collections.abc import Sequence

from django.db import connection

from huying.cases.ledger import GENESIS, Link, first_break
from huying.cases.lifecycle import CLOSED_STATES, ClockKind, State
from huying.cases.models import (
    Appeal,
    Call,
    Called,
    Case,
    CaseAppeal,
    Clock,
    Delay,
    Dispute,
    Entry,
    Order,
    Pause,
    Promise,
    Statement,
)
from huying.kernel.digest import salted

WITH_LEAD = {
    State.DISPATCHED: "sent",
    State.HANDLING: "signed",
    State.REPORTED: "reported",
    State.CHECKED: "reported",
}
NEXT_DUTY = {
    State.RECEIVED: ClockKind.ACCEPT,
    State.FILED: ClockKind.DISPATCH,
    State.DISPATCHED: ClockKind.SIGN,
    State.HANDLING: ClockKind.HANDLE,
    State.REPORTED: ClockKind.CHECK,
    State.CHECKED: ClockKind.FOLLOW_UP,
}
TABLES = (
    "appeal", "case", "caseappeal", "order", "clock", "pause", "entry", "statement", "delay", "dispute",
    "supervision", "rating", "deed", "call", "called", "callrating", "promise",
)  # fmt: skip


def print_of_all() -> str:
    """A fingerprint of every row of the heart."""
    parts = " || ".join(
        f"coalesce((SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM cases_{name} t), '-')"
        for name in TABLES
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {parts}")
        found: str = cursor.fetchone()[0]
    return found


def check_all() -> None:
    """Every invariant for every case there is."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    for case in Case.objects.all():
        clocks = list(Clock.objects.filter(case_id=case.id))
        running = [clock for clock in clocks if clock.stopped_at is None]
        orders = list(Order.objects.filter(case_id=case.id))
        chain_holds(case)
        clocks_hold(case, running, orders)
        clocks_and_rows_agree(case, running)
        pauses_hold(clocks)
        assert all(order.opened_at == case.opened_at for order in orders)
        orders_hold(case, [order for order in orders if order.ended_at is None])
        appeals_hold(case)
        calls_hold(case, orders)
        promises_hold(case, running)
        nobody_asked_about_their_own_work(case)
    every_appeal_is_answered()


def chain_holds(case: Case) -> None:
    entries = list(Entry.objects.filter(case_id=case.id).order_by("seq"))
    links = [
        (
            Link(
                e.district, e.case_id, e.seq, e.verb, e.outcome, e.at, e.actor_kind, e.account_id, e.key_id, e.body_id,
                e.order_id, e.appeal_id, e.before, e.after, e.facts,
            ),
            e.algorithm,
            bytes(e.seal),
        )
        for e in entries
    ]  # fmt: skip
    assert first_break(links) is None
    assert len(entries) == case.length
    assert bytes(entries[-1].seal) == bytes(case.head) != GENESIS
    assert entries[-1].after == case.state
    assert [e.before for e in entries] == ["", *(e.after for e in entries[:-1])]
    assert [e.at for e in entries] == sorted(e.at for e in entries)
    said = {
        (e.seq, name): f["digest"]
        for e in entries
        for name, f in e.facts.items()
        if isinstance(f, dict) and "digest" in f
    }
    kept = {
        (row.seq, row.name): salted(row.text, bytes(row.salt)).hex()
        for row in Statement.objects.filter(case_id=case.id)
    }
    assert kept.items() <= said.items()
    assert {name for _, name in said.keys() - kept.keys()} <= {"text"}


def clocks_hold(case: Case, running: Sequence[Clock], orders: Sequence[Order]) -> None:
    closed = State(case.state) in CLOSED_STATES
    assert closed == (case.closed_at is not None)
    # A promise outlives the case.
    ours = [clock for clock in running if clock.kind != ClockKind.PROMISE]
    assert not (closed and ours), f"{case.state}: {[clock.kind for clock in ours]}"
    duty = NEXT_DUTY.get(State(case.state))
    assert closed or duty in {clock.kind for clock in running}, f"{case.state} without {duty}"
    due = [
        clock.due_at for clock in running if clock.paused_at is None and not ClockKind(clock.kind).to_a_date
    ]
    assert case.due_at == min(due, default=None)
    active = {order.id for order in orders if order.ended_at is None and order.state != "reported"}
    for clock in running:
        assert ClockKind(clock.kind).of_order == (clock.order_id is not None), clock.kind
        assert clock.order_id is None or clock.order_id in active, f"{clock.kind} of an order that is done"


def clocks_and_rows_agree(case: Case, running: Sequence[Clock]) -> None:
    kinds = [clock.kind for clock in running]
    disputes = Dispute.objects.filter(case_id=case.id, state="open")
    assert bool(disputes) == ("ruling" in kinds), (
        "a dispute waits without a limit, or a limit without a dispute"
    )
    delays = list(Delay.objects.filter(case_id=case.id, state__in=["asked", "recommended"]))
    assert len(delays) <= 1
    waiting = {row.order_id for row in [*disputes, *delays]}
    active = set(Order.objects.filter(case_id=case.id, ended_at=None).values_list("id", flat=True))
    assert waiting <= active, "something is still asked for by a body that is no longer on the case"


def pauses_hold(clocks: Sequence[Clock]) -> None:
    held = {clock.id for clock in clocks if clock.paused_at is not None and clock.stopped_at is None}
    open_pauses = set(
        Pause.objects.filter(clock_id__in=[c.id for c in clocks], ends_at=None).values_list(
            "clock_id", flat=True
        )
    )
    assert open_pauses == held
    assert not [clock.kind for clock in clocks if clock.id in held and clock.next_at is not None]
    suspended = any(clock.kind == ClockKind.SUSPENSION and clock.stopped_at is None for clock in clocks)
    assert suspended or not held


def orders_hold(case: Case, active: Sequence[Order]) -> None:
    called = [order.body_id for order in active if order.role == "called"]
    assert len(set(called)) == len(called), "one body is called twice at once"
    active = [order for order in active if order.role != "called"]
    leads = [order for order in active if order.role == "lead"]
    state = State(case.state)
    if state not in WITH_LEAD:
        assert not active, f"{state} with orders {[order.state for order in active]}"
        return
    assert [order.state for order in leads] == [WITH_LEAD[state]]
    assert case.body_id == leads[0].body_id
    bodies = [order.body_id for order in active]
    assert len(set(bodies)) == len(bodies), "one body has two orders on one case"


def calls_hold(case: Case, orders: Sequence[Order]) -> None:
    under_way = Call.objects.filter(case_id=case.id, ended_at=None)
    active = [order for order in orders if order.role == "called" and order.ended_at is None]
    assert len(under_way) == bool(active), "a call without anybody called, or somebody called by nobody"
    assert not (active and State(case.state) in CLOSED_STATES)
    rows = {row.id: row for row in Called.objects.filter(case_id=case.id)}
    assert rows.keys() == {order.id for order in orders if order.role == "called"}
    for order in orders:
        if order.role == "called":
            assert order.signed_at is not None or rows[order.id].arrived_at is None, (
                "came without having answered"
            )


def promises_hold(case: Case, running: Sequence[Clock]) -> None:
    promises = list(Promise.objects.filter(case_id=case.id))
    assert sorted(row.id for row in promises if row.state == "open") == sorted(
        clock.promise_id for clock in running if clock.kind == ClockKind.PROMISE
    )
    for row in promises:
        assert row.state != "kept" or row.kept_at is not None
        assert (row.state == "broken") == (row.broken_at is not None)
        assert row.state != "open" or row.kind == "promise" or State(case.state) not in CLOSED_STATES


def nobody_asked_about_their_own_work(case: Case) -> None:
    worked: set[int] = set()
    for entry in Entry.objects.filter(case_id=case.id, account_id__isnull=False).order_by("seq"):
        if entry.verb in {"sign", "contact", "report", "answer", "answer_call", "arrive", "keep_promise"}:
            worked.add(entry.account_id)
        assert entry.verb != "follow_up" or entry.account_id not in worked


def appeals_hold(case: Case) -> None:
    links = list(CaseAppeal.objects.filter(case_id=case.id))
    here = [link for link in links if link.until is None]
    assert links
    assert case.appeals == len(here)
    assert bool(here) == (case.state not in {"merged", "withdrawn"}), f"{case.state} with {len(here)} callers"
    if case.merged_into is not None:
        assert case.state == "merged"
        there = set(CaseAppeal.objects.filter(case_id=case.merged_into).values_list("appeal_id", flat=True))
        gone = CaseAppeal.objects.filter(case_id=case.id, until=case.closed_at).values_list(
            "appeal_id", flat=True
        )
        assert set(gone) <= there


def every_appeal_is_answered() -> None:
    """Each caller is heard somewhere, or has taken the matter back: none is lost between cases."""
    for appeal in Appeal.objects.all():
        links = list(CaseAppeal.objects.filter(appeal_id=appeal.id))
        assert links
        if all(link.until is not None for link in links):
            took_back = Entry.objects.filter(verb="withdraw", appeal_id=appeal.id)
            assert took_back.exists(), f"{appeal.id} was led nowhere"
