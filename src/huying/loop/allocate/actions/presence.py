"""A desk opens a case, keeps it open, leaves it, or takes it over."""

from datetime import datetime

from django.db import connection, transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.queries import must_see
from huying.kernel.errors import Denied
from huying.loop.allocate.models import Presence
from huying.loop.allocate.rules.presence import LAPSE

# One row for each person: whoever opens the next case has left the one before.
_STAY = """
INSERT INTO allocate_presence (district, account_id, name, case_id, since, seen_at) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (district, account_id) DO UPDATE SET name = excluded.name, case_id = excluded.case_id,
since = CASE WHEN allocate_presence.case_id = excluded.case_id AND allocate_presence.seen_at >= %s
THEN allocate_presence.since ELSE excluded.since END, seen_at = excluded.seen_at
"""


def stay(case_id: int, *, by: Actor, now: datetime) -> None:
    """The actor has the case open at ``now``; said again and again. Raises NotFound for a case they may not see."""
    account = _account(by)
    must_see(by, by.district, case_id)
    with connection.cursor() as cursor:
        cursor.execute(_STAY, [by.district, account, by.name, case_id, now, now, now - LAPSE])


def take_over(case_id: int, *, by: Actor, now: datetime) -> None:
    """From now on the case is in the actor's hand; whoever still has it open comes after. Raises NotFound."""
    with transaction.atomic():
        stay(case_id, by=by, now=now)
        here = Presence.objects.filter(district=by.district, case_id=case_id)
        here.exclude(account_id=_account(by)).delete()


def leave(case_id: int, *, by: Actor) -> None:
    """The actor has this case open no longer; said late, when they have the next one open, it changes nothing."""
    Presence.objects.filter(district=by.district, account_id=_account(by), case_id=case_id).delete()


def _account(by: Actor) -> int:
    if by.account_id is None or not (by.may(Permission.CASE_DISPATCH) or by.may(Permission.CASE_HAND_UP)):
        raise Denied
    return by.account_id
