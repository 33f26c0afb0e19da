"""Who is on duty now: one query by the index of shifts' beginnings, whatever the number of rows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.utils.timezone import localdate

from huying.access.actor import Actor
from huying.places.rules.levels import path_codes
from huying.teams.models import Shift
from huying.teams.policy import may_see, must_see
from huying.teams.queries.phones import masked
from huying.teams.rules.kinds import DutyRole, Part
from huying.teams.rules.turns import LONGEST

# Asked with every case that is opened and by every screen on a wall: building such questions costs the framework
# more than answering them.
_ON_DUTY: Final = """
SELECT s.id, s.member_id, m.name, s.role, coalesce((
           SELECT k.name FROM teams_membership h JOIN teams_memberkind k ON k.id = h.kind_id
           WHERE h.member_id = s.member_id AND h.grid LIKE s.area || '%%'
             AND h.valid_from <= %(today)s AND (h.valid_to IS NULL OR h.valid_to > %(today)s)
           ORDER BY k.place, h.id LIMIT 1
       ), m.job), m.phone_sealed, s.area, s.post_id, p.name, t.name, s.starts_at, s.ends_at
FROM teams_shift s JOIN teams_member m ON m.id = s.member_id
JOIN teams_dutypost p ON p.id = s.post_id JOIN teams_turn t ON t.id = s.turn_id
WHERE s.district = %(district)s AND s.cancelled_at IS NULL
  AND s.starts_at <= %(now)s AND s.starts_at > %(since)s AND s.ends_at > %(now)s AND s.area {where}
"""
_LEADERS: Final = """
SELECT h.member_id, m.name, k.name, m.phone_sealed
FROM teams_membership h JOIN teams_member m ON m.id = h.member_id JOIN teams_memberkind k ON k.id = h.kind_id
WHERE h.district = %s AND h.grid = %s AND h.part = ANY(%s)
  AND h.valid_from <= %s AND (h.valid_to IS NULL OR h.valid_to > %s)
ORDER BY k.place, h.id
"""


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Somebody on duty: where, as what, until when. ``kind`` is what they are in a grid's team, or their job."""

    shift_id: int
    member_id: int
    name: str
    role: DutyRole
    kind: str
    phone: str
    area: str
    post_id: int
    post: str
    turn: str
    starts_at: datetime
    ends_at: datetime


def on_duty_around(actor: Actor, area: str, now: datetime) -> list[OnDuty]:
    """Who answers for a place now: its grid's people, then its community's, street's and district's; one query."""
    if not area:
        area = str(actor.district)
    codes = [code for code in path_codes(area) if may_see(actor, code)]
    found = _now(actor.district, "= ANY(%(places)s)", codes, now) if codes else []
    return sorted(found, key=lambda one: (-len(one.area), one.role is not DutyRole.LEAD, one.name))


def on_duty_within(actor: Actor, area: str, now: datetime) -> list[OnDuty]:
    """Everybody on duty in an area and its parts, the widest first; one query. Raises NotFound."""
    must_see(actor, area)
    found = _now(actor.district, "LIKE %(places)s", f"{area}%", now)
    return sorted(found, key=lambda one: (len(one.area), one.area, one.role is not DutyRole.LEAD, one.name))


def accounts_on_duty(district: int, now: datetime) -> list[tuple[str, int]]:
    """(area, account) of everybody on duty in the district who has an account; for whoever tells them something."""
    return [
        (area, account)
        for area, account in Shift.objects.filter(
            district=district, cancelled_at=None, starts_at__lte=now, starts_at__gt=now - LONGEST, ends_at__gt=now,
            member__left_at=None, member__account__isnull=False,
        )
        .order_by("id")
        .values_list("area", "member__account_id")
        if account is not None
    ]  # fmt: skip


def leaders_of(actor: Actor, grid: str, now: datetime) -> list[tuple[int, str, str, str]]:
    """(member id, name, kind, masked phone) of a grid's leader and workers; nobody for what is no grid."""
    if len(grid) != 15 or not may_see(actor, grid):
        return []
    told: list[Any] = [actor.district, grid, [Part.LEADER.value, Part.WORKER.value], *[localdate(now)] * 2]
    with connection.cursor() as cursor:
        cursor.execute(_LEADERS, told)
        return [
            (member, name, kind, masked(actor.district, phone))
            for member, name, kind, phone in cursor.fetchall()
        ]


def _now(district: int, where: str, places: str | list[str], now: datetime) -> list[OnDuty]:
    """Who is on duty in areas that ``where`` compares with ``places``."""
    told = {
        "places": places, "district": district, "now": now, "today": localdate(now),
        # Bounded on both sides: the index then holds what began within a day, not all that ever was.
        "since": now - LONGEST,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_ON_DUTY.format(where=where), told)
        return [
            OnDuty(
                shift, member, name, DutyRole(role), kind, masked(district, phone), area, post_id, post, turn,
                starts, ends,
            )
            for shift, member, name, role, kind, phone, area, post_id, post, turn, starts, ends in cursor.fetchall()
        ]  # fmt: skip
