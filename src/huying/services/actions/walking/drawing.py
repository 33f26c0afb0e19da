"""The ways on foot of a district, and where its people live: brought in whole, in place of what was there."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.services.actions.marking import mark_roads
from huying.services.models import PeopleSpot, WalkEdge, WalkNode
from huying.services.policy import must_everywhere
from huying.services.rules.homes import Spot
from huying.services.rules.walking import Ways


@transaction.atomic
def put_roads(by: Actor, ways: Ways, source: str, now: datetime) -> None:
    """Let the district's ways on foot be these. Raises Denied for who does not edit in the whole district."""
    must_everywhere(by, Permission.FACILITY_EDIT)
    district = by.district
    # Two imports at once would leave the nodes of both.
    mark_roads(
        district, nodes=len(ways.lons), edges=len(ways.starts), source=source.strip()[:120], drawn_at=now,
        drawn_by=by.name[:60],
    )  # fmt: skip
    WalkEdge.objects.filter(district=district).delete()
    WalkNode.objects.filter(district=district).delete()
    nodes = zip(ways.lons.tolist(), ways.lats.tolist(), strict=True)
    edges = zip(ways.starts.tolist(), ways.ends.tolist(), ways.metres.tolist(), strict=True)
    _copied("services_walknode", "id, lon, lat", ((district, at, *one) for at, one in enumerate(nodes)))
    _copied(
        "services_walkedge", 'id, start, "end", metres',
        ((district, at, *one) for at, one in enumerate(edges)),
    )  # fmt: skip
    after = {"路口": str(len(ways.lons)), "路段": str(len(ways.starts)), "来源": source.strip()[:120]}
    note_change(by, NewChange(Subject.FACILITY, "roads", "步行路网", Deed.CHANGE, {}, after), now)


@transaction.atomic
def put_homes(by: Actor, spots: Sequence[Spot], source: str, now: datetime) -> None:
    """Let these be where the district's people live. Raises Denied."""
    must_everywhere(by, Permission.FACILITY_EDIT)
    PeopleSpot.objects.filter(district=by.district).delete()
    _copied(
        "services_peoplespot", "id, name, lon, lat, people, area",
        ((by.district, at, one.name, one.lon, one.lat, one.people, one.area) for at, one in enumerate(spots)),
    )  # fmt: skip
    whole = sum(one.people for one in spots)
    after = {"居住点": str(len(spots)), "人口": f"{whole:.0f}", "来源": source.strip()[:120]}
    note_change(by, NewChange(Subject.FACILITY, "homes", "居住人口", Deed.CHANGE, {}, after), now)


def _copied(table: str, columns: str, rows: Iterator[tuple[Any, ...]]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} (district, {columns}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)
