"""The oversight board follows a clock that is due at another time: late, no longer late, late once more."""

from datetime import datetime, timedelta

import pytest

from huying.access.actor import Actor
from huying.cases.actions import NewAppeal, advance, fire_due, receive
from huying.cases.ledger import Link
from huying.cases.lifecycle import Outcome, Verb
from huying.cases.models import Clock, Entry
from huying.cases.queries.settings.timing import forget_timing
from huying.figures.models import Tally
from huying.figures.tasks import count
from huying.loop.supervise.models import GaugeRow
from tests.cast import DISTRICT, GRID, MONDAY, Cast, gather

MINUTE = timedelta(minutes=1)


@pytest.mark.django_db
def test_an_extension_ends_being_late_until_its_own_due_passes() -> None:
    forget_timing()
    board = Board(gather())
    first_due = board.clock().due_at
    board.ask(first_due - MINUTE)
    assert board.late_after(first_due + MINUTE) == 1
    board.take(Verb.APPROVE, board.cast.supervisor, first_due + MINUTE, Outcome.EXTENDED)
    assert board.late_after(first_due + 2 * MINUTE) == 0
    assert board.late_after(board.clock().due_at + MINUTE) == 1
    # Passed twice, it is one matter that was late.
    assert Tally.objects.get(cut="all", scope=str(DISTRICT), span="m").handle_late == 1  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_an_extension_that_comes_too_late_leaves_it_late() -> None:
    forget_timing()
    board = Board(gather())
    clock = board.clock()
    board.ask(clock.due_at - MINUTE)
    much_later = clock.due_at + 5 * (clock.due_at - clock.starts_at)
    assert board.late_after(much_later) == 1
    board.take(Verb.APPROVE, board.cast.supervisor, much_later, Outcome.EXTENDED)
    assert board.late_after(much_later + MINUTE) == 1


class Board:
    """One case in a body's hands, and the gauge that counts it while its handling is late."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.known = 0
        new = NewAppeal(text="路口积水", channel="web", kind="complaint", area=GRID)
        self.ref = (DISTRICT, receive(DISTRICT, [new], by=cast.system, now=MONDAY)[0].case_id)
        advance(self.ref, Verb.FILE, by=cast.dispatcher, now=MONDAY, item="010101")
        advance(self.ref, Verb.DISPATCH, by=cast.dispatcher, now=MONDAY, body=cast.urban)
        advance(self.ref, Verb.SIGN, by=cast.handler, now=MONDAY)

    def clock(self) -> Clock:
        return Clock.objects.get(case_id=self.ref[1], kind="handle")

    def take(self, verb: Verb, by: Actor, now: datetime, outcome: Outcome) -> None:
        advance(self.ref, verb, by=by, now=now, outcome=outcome)

    def ask(self, now: datetime) -> None:
        advance(self.ref, Verb.ASK_EXTENSION, by=self.cast.handler, now=now, reason="等配件")
        self.take(Verb.RECOMMEND, self.cast.dispatcher, now, Outcome.AGREED)

    def late_after(self, now: datetime) -> int:
        """Let the clocks ring up to a moment, count, and read the gauge."""
        while fire_due(now):
            pass
        rows = Entry.objects.filter(seq__gt=self.known).order_by("seq")
        links = [Link(**{name: getattr(row, name) for name in Link.__dataclass_fields__}) for row in rows]
        count(DISTRICT, links, now)
        self.known = links[-1].seq if links else self.known
        row = GaugeRow.objects.filter(cut="all", scope=str(DISTRICT)).values("late", "late_handle").get()
        return int(row["late_handle"])
