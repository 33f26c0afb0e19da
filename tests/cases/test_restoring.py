"""After a restore, positions go on above everything the ledger and its followers know."""

import pytest
from django.db import connection

from huying.cases.actions import NewAppeal, receive
from huying.cases.actions.restoring import go_on_after_restore
from huying.cases.models import Cursor, Entry
from huying.cases.queries.horizon import horizon
from tests.cast import DISTRICT, MONDAY, Cast

pytestmark = pytest.mark.django_db
# No server of a test run has counted this far.
FAR = 10**12


def position() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_position()")
        return int(cursor.fetchone()[0])


@pytest.fixture
def ahead() -> None:
    """A ledger whose follower is far beyond the transactions of this server, as after a restore."""
    Cursor.objects.create(
        district=DISTRICT, handler="figures", position=FAR, case_id=1, seq=1, moved_at=MONDAY
    )


def test_new_entries_stand_above_what_was_followed(cast: Cast, ahead: None) -> None:
    assert position() < FAR
    assert go_on_after_restore() > 0
    receive(DISTRICT, [NewAppeal(text="路灯不亮", channel="web")], by=cast.system, now=MONDAY)
    assert Entry.objects.get().position > FAR
    # Other tests on this server may have older transactions open, which the horizon rightly waits for.
    assert horizon() > FAR - 10**6


def test_once_more_changes_nothing(ahead: None) -> None:
    added = go_on_after_restore()
    before = position()
    assert (go_on_after_restore(), position()) == (added, before)


def test_a_server_that_is_ahead_adds_nothing(db: None) -> None:
    before = position()
    assert (go_on_after_restore(), position()) == (0, before)
