"""Rulings in force and thresholds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.loop.allocate.models import Precedent
from huying.loop.allocate.rules.weighing import Thresholds


@dataclass(frozen=True, slots=True)
class PrecedentInfo:
    """One ruling that binds, or bound; see ``Precedent``."""

    id: int
    item: str
    condition: int | None
    area: str
    body_id: int
    case_number: str
    grounds: str
    ruled_by: str
    valid_from: datetime
    revoked_at: datetime | None

    def covers(self, item: str, area: str, condition: int | None) -> bool:
        """Whether a case falls under the ruling; one on a single condition leaves the item's others alone."""
        return self.item == item and area.startswith(self.area) and self.condition in (None, condition)


def in_force(district: int, items: Sequence[str], now: datetime) -> Mapping[str, list[PrecedentInfo]]:
    """Rulings by item, the closest first: the finest area, then the single condition, then the newest."""
    with connection.cursor() as cursor:
        # Asked with every case a dispatcher opens: building the question costs more than answering it.
        cursor.execute(
            "SELECT id, item, condition, area, body_id, case_number, grounds, ruled_by, valid_from, revoked_at "
            "FROM allocate_precedent WHERE district = %s AND item = ANY(%s) AND valid_from <= %s "
            "AND (revoked_at IS NULL OR revoked_at > %s) "
            "ORDER BY length(area) DESC, condition IS NULL, valid_from DESC, id DESC",
            [district, sorted(set(items)), now, now],
        )
        rows = [PrecedentInfo(*row) for row in cursor.fetchall()]
    found: dict[str, list[PrecedentInfo]] = {}
    for row in rows:
        found.setdefault(row.item, []).append(row)
    return found


def precedents_for(actor: Actor, item: str | None = None) -> list[PrecedentInfo]:
    """The rulings of the actor's district, revoked ones too, newest first; empty without catalogue:read."""
    if not actor.may(Permission.CATALOGUE_READ):
        return []
    rows = Precedent.objects.filter(district=actor.district).order_by("-valid_from", "-id")
    return [_info(row) for row in (rows.filter(item=item) if item else rows)]


def thresholds(district: int) -> Thresholds:
    """What the district has set last, or what holds until it does."""
    with connection.cursor() as cursor:
        # Asked by every desk and every batch: building the question costs the framework more than answering it.
        cursor.execute(
            "SELECT automatic_above, item_above, list_weight FROM allocate_dispatchrule "
            "WHERE district = %s ORDER BY id DESC LIMIT 1",
            [district],
        )
        row = cursor.fetchone()
    return Thresholds(*row) if row else Thresholds()


def _info(row: Precedent) -> PrecedentInfo:
    return PrecedentInfo(
        id=row.pk,
        item=row.item,
        condition=row.condition,
        area=row.area,
        body_id=row.body_id,
        case_number=row.case_number,
        grounds=row.grounds,
        ruled_by=row.ruled_by,
        valid_from=row.valid_from,
        revoked_at=row.revoked_at,
    )
