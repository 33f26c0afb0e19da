"""Who is near enough to be asked: by the indexes of base points and of reported positions, at any number of rows."""

from collections.abc import Collection
from datetime import datetime
from math import cos, radians
from typing import Any, Final

from django.db import connection

from huying.emergency.models import Alert, Emergency
from huying.emergency.rules.choosing import FRESH, Candidate
from huying.emergency.rules.hours import Hours
from huying.geo.measure import around
from huying.teams.rules.turns import LONGEST

# A position that is still believed stands for where they are; else where they are based. Two indexes, one box.
_NEAR: Final = """
WITH near AS (
    SELECT r.id, r.now_lon AS lon, r.now_lat AS lat, TRUE AS reported, r.skills, r.days, r.since, r.until,
           r.member_id, r.account_id
    FROM emergency_responder r
    WHERE r.district = %(district)s AND r.left_at IS NULL AND r.rests_since IS NULL AND r.now_at > %(fresh)s
      AND r.now_lon BETWEEN %(west)s AND %(east)s AND r.now_lat BETWEEN %(south)s AND %(north)s
    UNION ALL
    SELECT r.id, r.lon, r.lat, FALSE, r.skills, r.days, r.since, r.until, r.member_id, r.account_id
    FROM emergency_responder r
    WHERE r.district = %(district)s AND r.left_at IS NULL AND r.rests_since IS NULL
      AND (r.now_at IS NULL OR r.now_at <= %(fresh)s)
      AND r.lon BETWEEN %(west)s AND %(east)s AND r.lat BETWEEN %(south)s AND %(north)s
)
SELECT n.id, n.lon, n.lat, n.reported, n.skills, n.days, n.since, n.until,
       CASE WHEN n.member_id IS NULL THEN NULL ELSE EXISTS (
           SELECT 1 FROM teams_shift s WHERE s.member_id = n.member_id AND s.cancelled_at IS NULL
             AND s.ends_at > %(now)s AND s.starts_at <= %(now)s AND s.starts_at > %(began)s
       ) END
FROM near n
WHERE (%(any)s OR n.skills && %(skills)s::varchar[])
  AND (n.account_id IS NULL OR n.account_id IS DISTINCT FROM %(opener)s::bigint)
  AND n.id <> ALL(%(alerted)s::bigint[])
ORDER BY ((n.lon - %(lon)s) * %(bend)s) ^ 2 + (n.lat - %(lat)s) ^ 2
LIMIT %(most)s
"""


def candidates_near(
    card: Emergency, metres: int, skills: Collection[str], now: datetime, most: int | None = None
) -> list[Candidate]:
    """Registered responders in the box around a card's point, who have one of the skills (any, where none is asked
    for), were not alerted for it yet and did not open it themselves; the nearest ``most`` of them, on flat ground.

    Whether they are within the circle and may be alerted now, rules say. Nobody where the card has no point.
    """
    if card.lon is None or card.lat is None:
        return []
    west, south, east, north = around(card.lon, card.lat, metres)
    bend = cos(radians(card.lat))
    told: dict[str, Any] = {
        "district": card.district, "alerted": alerted_for(card), "opener": card.opened_by_account,
        "west": west, "south": south, "east": east, "north": north,
        "skills": list(skills), "any": not skills, "now": now, "fresh": now - FRESH, "began": now - LONGEST,
        "lon": card.lon, "lat": card.lat, "bend": bend, "most": most,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, told)
        return [
            Candidate(number, x, y, reported, tuple(held), Hours(days, since, until), on_roster)
            for number, x, y, reported, held, days, since, until, on_roster in cursor.fetchall()
        ]


def alerted_for(card: Emergency) -> list[int]:
    """Who was alerted for a card already."""
    rows = Alert.objects.filter(district=card.district, emergency_id=card.id)
    return list(rows.values_list("responder_id", flat=True))
