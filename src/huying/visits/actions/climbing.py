"""The ladder of missed visits: who was to go, then the community, then the street."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import F

from huying.residents.queries import key_persons
from huying.residents.rules.kinds import CareLevel
from huying.visits.actions.telling import tell_missed
from huying.visits.models import Visit
from huying.visits.queries.standards import standards_of
from huying.visits.rules.kinds import LADDER, VisitRung
from huying.visits.rules.standards import next_look

_AT_ONCE: Final = 1000


def climb(district: int, now: datetime) -> int:
    """Let every visit whose moment has come climb a rung, and tell who stands there; how many climbed.

    Claimed by a conditional change in one transaction: of two who look at once one finds nothing.
    """
    with transaction.atomic():
        rows = list(
            Visit.objects.select_for_update(skip_locked=True)
            .filter(district=district, next_at__lte=now, done_at=None, dropped_at=None)
            .order_by("next_at", "id")[:_AT_ONCE]
        )
        if not rows:
            return 0
        levels = {
            one.id: one.level for one in key_persons(district, str(district), [row.person_id for row in rows])
        }
        standards = standards_of(district)
        climbed: dict[VisitRung, list[Visit]] = {}
        for row in rows:
            rung = row.rung + 1
            standard = standards[levels.get(row.person_id, CareLevel.GENERAL)].standard
            following = next_look(rung, row.due_at, standard)
            taken = Visit.objects.filter(district=district, id=row.id, rung=row.rung).update(
                rung=F("rung") + 1, next_at=max(following, now) if following else None
            )
            if taken:
                climbed.setdefault(LADDER[row.rung], []).append(row)
        for rung_told, those in climbed.items():
            tell_missed(district, rung_told, those, now)
    return len(rows)
