"""Adding named places to the gazetteer."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

import numpy as np
from django.db import transaction

from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.places.actions.districts import mark_changed
from huying.places.models import Place
from huying.places.queries.held import book
from huying.places.rules.book import AreaBook
from huying.places.rules.digests import place_id
from huying.places.rules.drafts import PlaceDraft

_BATCH: Final = 2000
_CONTENT: Final = ("name", "aliases", "kind", "lon", "lat", "area_code", "address", "geometry")


def add_places(district: int, drafts: Iterable[PlaceDraft]) -> int:
    """Add places or bring them up to date; returns how many were handed in.

    The same place (same key, or same kind, name and position) is kept once however often it comes. All
    are kept or none. Raises Invalid when a place has no name or no position on the globe, NotFound when
    there is no such district.
    """
    held, count = book(district), 0
    with transaction.atomic():
        for batch in _batches(iter(drafts)):
            count += len(batch)
            _write(held, batch)
        if count:
            mark_changed(district)
    return count


def _batches(drafts: Iterator[PlaceDraft]) -> Iterator[list[PlaceDraft]]:
    while batch := list(islice(drafts, _BATCH)):
        yield batch


def _write(held: AreaBook, batch: Sequence[PlaceDraft]) -> None:
    for draft in batch:
        if not draft.name.strip() or not (abs(draft.lon) <= 180 and abs(draft.lat) <= 90):
            raise Invalid(said("地名“%(name)s”缺少名称，或坐标不对。", name=draft.name))
    codes, _ = held.locate_many(np.array([d.lon for d in batch]), np.array([d.lat for d in batch]))
    rows = {}
    for draft, code in zip(batch, codes, strict=True):
        row = _row(held.district, draft, draft.area_code or code or "")
        rows[row.id] = row
    Place.objects.bulk_create(
        rows.values(), update_conflicts=True, update_fields=_CONTENT, unique_fields=("district", "id")
    )


def _row(district: int, draft: PlaceDraft, area_code: str) -> Place:
    return Place(
        district=district,
        id=place_id(draft.kind.value, draft.name, draft.lon, draft.lat, draft.key),
        name=draft.name.strip()[:80],
        aliases=list(draft.aliases),
        kind=draft.kind.value,
        lon=draft.lon,
        lat=draft.lat,
        area_code=area_code,
        address=draft.address[:160],
        geometry=dict(draft.geometry) if draft.geometry else None,
    )
