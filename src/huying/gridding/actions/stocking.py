"""Keeping what stands on the ground: brought in from files, the same file again changes nothing."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Final

from django.db import transaction

from huying.access.actor import Actor
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.geo.datums import Datum
from huying.gridding.models import Site
from huying.gridding.policy import must_stock
from huying.gridding.rules.drafts import SiteDraft
from huying.gridding.rules.kinds import SiteKind
from huying.gridding.rules.reading import read_sites
from huying.kernel.errors import Invalid

_BATCH: Final = 2000
_CONTENT: Final = (
    "key", "kind", "name", "estate", "lon", "lat", "outline", "homes", "people", "buildings", "shops", "changed_at",
    "changed_by",
)  # fmt: skip
_WHAT: Final = "网格底数"


def import_sites(
    actor: Actor, file_name: str, content: bytes, datum: Datum, now: datetime
) -> tuple[int, list[str]]:
    """Bring in a CSV table or GeoJSON file: how many rows were kept, and what was wrong with the others.

    Raises Denied; Invalid for a file that cannot be read or gives nothing.
    """
    must_stock(actor)
    drafts, problems = read_sites(content, datum)
    put_sites(actor, drafts, now, source=file_name)
    return len(drafts), problems


@transaction.atomic
def put_sites(actor: Actor, drafts: Iterable[SiteDraft], now: datetime, source: str = "") -> int:
    """Keep these sites, or bring them up to date by their keys; how many. All are kept or none. Raises Denied."""
    must_stock(actor)
    count = 0
    for batch in _batches(iter(drafts)):
        rows = {draft.id: _row(actor, draft, now) for draft in batch}
        Site.objects.bulk_create(
            rows.values(), update_conflicts=True, update_fields=_CONTENT, unique_fields=("district", "id")
        )
        count += len(rows)
    if count:
        told = {"来源": source[:100], "条数": str(count)}
        note_change(actor, NewChange(Subject.AREA, "sites", _WHAT, Deed.CHANGE, {}, told), now)
    return count


@transaction.atomic
def clear_sites(actor: Actor, kind: SiteKind, now: datetime) -> int:
    """Take away all sites of a kind, before another file brings them anew; how many there were. Raises Denied."""
    must_stock(actor)
    count, _by_model = Site.objects.filter(district=actor.district, kind=kind.value).delete()
    if count:
        told = {"类型": kind.zh, "条数": str(count)}
        note_change(actor, NewChange(Subject.AREA, "sites", _WHAT, Deed.DELETE, told, {}), now)
    return count


def _batches(drafts: Iterator[SiteDraft]) -> Iterator[Sequence[SiteDraft]]:
    while batch := list(islice(drafts, _BATCH)):
        yield batch


def _row(actor: Actor, draft: SiteDraft, now: datetime) -> Site:
    if not (abs(draft.lon) <= 180 and abs(draft.lat) <= 90):
        raise Invalid("坐标超出经纬度范围。")
    return Site(
        district=actor.district, id=draft.id, key=draft.key, kind=draft.kind.value, name=draft.name,
        estate=draft.estate, lon=draft.lon, lat=draft.lat, outline=dict(draft.outline) if draft.outline else None,
        homes=draft.homes, people=draft.people, buildings=draft.buildings, shops=draft.shops,
        changed_at=now, changed_by=actor.name[:60],
    )  # fmt: skip
