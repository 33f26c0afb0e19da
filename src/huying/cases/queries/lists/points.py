"""Cases as points of a map, thousands at once: column by column, written by the database itself."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import orjson
import psycopg
from django.db import connection
from django.db.models import F

from huying.access.actor import Actor
from huying.cases.clocks import Lamp
from huying.cases.models import Case
from huying.cases.policy import visible_to
from huying.cases.queries.lists.filtering import CaseFilter, fits
from huying.cases.queries.lists.searching import matching
from huying.kernel.errors import Invalid

Box = tuple[float, float, float, float]
MOST: Final = 5000
_COLUMNS: Final = ("id", "lon", "lat", "urgency", "due_at", "warn_at", "closed_at")
_AS_JSON: Final = (
    "SELECT json_build_object('district', %s::int, 'lamps', %s::json, 'full', count(*) >= %s::int,"
    " 'id', coalesce(json_agg(id), '[]'),"
    " 'lon', coalesce(json_agg(round(lon * 100000) / 100000), '[]'),"
    " 'lat', coalesce(json_agg(round(lat * 100000) / 100000), '[]'),"
    " 'urgency', coalesce(json_agg(urgency), '[]'),"
    " 'lamp', coalesce(json_agg(CASE WHEN due_at IS NULL OR closed_at IS NOT NULL THEN 0"
    " WHEN due_at < %s THEN 3 WHEN warn_at <= %s THEN 2 ELSE 1 END), '[]'))::text FROM "
)
# What the numbers of the column "lamp" stand for.
LAMPS: Final[Sequence[Lamp]] = (Lamp.STILL, Lamp.GREEN, Lamp.YELLOW, Lamp.RED)


def points_for(actor: Actor, box: Box, wanted: CaseFilter, now: datetime, limit: int = MOST) -> bytes:
    """The actor's cases within (west, south, east, north), most urgent first, as one JSON object of columns.

    ``district``, ``lamps`` (the names of the lamp numbers), ``id``, ``lon``, ``lat`` (CGCS2000 degrees, 5
    decimals), ``urgency``, ``lamp``, and ``full``: whether ``limit`` was reached, so that there may be more.
    Columns are equally long. Raises Invalid for a box that is none.
    """
    west, south, east, north = box
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise Invalid("地图范围无效。", fields={"bbox": "地图范围无效。"})
    cases = Case.objects.filter(visible_to(actor), fits(wanted, now))
    cases = cases.filter(lon__gte=west, lon__lte=east, lat__gte=south, lat__lte=north)
    if wanted.text:
        cases = matching(cases, actor.district, wanted.text, closed=wanted.closed)
    ordered = cases.order_by("-opened_at") if wanted.closed else cases.order_by("-urgency", F("due_at").asc())
    inner, given = ordered.values(*_COLUMNS)[:limit].query.sql_with_params()
    lamps = orjson.dumps([lamp.value for lamp in LAMPS]).decode()
    # The box stands in the question itself: whether to walk the map or the queue depends on how much lies in it.
    connection.ensure_connection()
    asked = psycopg.ClientCursor(connection.connection).mogrify(
        f"{_AS_JSON} ({inner}) t", [actor.district, lamps, limit, now, now, *given]
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        row: tuple[str] | None = cursor.fetchone()
    return row[0].encode() if row else b"{}"
