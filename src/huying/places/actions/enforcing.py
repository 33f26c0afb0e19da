"""Writing a decided change as versions of areas, and taking it away again before its day."""

from datetime import datetime
from typing import Any

from huying.geo.shapes import label_point, to_geojson
from huying.places.actions.districts import mark_changed
from huying.places.models import Area, AreaChange
from huying.places.queries.standing import in_force
from huying.places.rules.digests import area_digest
from huying.places.rules.redrawing import Piece, Sheet

# Corners made by cutting lie on a neighbour's border only when they are kept to the last digit that counts.
_DECIMALS = 13


def put_in_force(change: AreaChange, before: Sheet, after: Sheet) -> list[str]:
    """End and begin the versions that differ at ``change.valid_from``; returns their codes."""
    at = _moment(change)
    begun = [piece for code, piece in sorted(after.pieces.items()) if before.pieces.get(code) != piece]
    ended = sorted(set(before.pieces) - set(after.pieces))
    codes = sorted({*ended, *(piece.code for piece in begun)})
    _end(change.district, codes, at)
    Area.objects.bulk_create([_version(change, after, piece, at) for piece in begun])
    mark_changed(change.district)
    return codes


def lift(change: AreaChange) -> None:
    """Take away the versions of a change that has not begun, and let those before it go on."""
    rows = Area.objects.filter(district=change.district, code__in=change.codes)
    rows.filter(valid_from=_moment(change)).delete()
    rows.filter(valid_to=_moment(change)).update(valid_to=None)
    mark_changed(change.district)


def _moment(change: AreaChange) -> datetime:
    if change.valid_from is None:
        raise ValueError("a decided change has its moment")
    return change.valid_from


def _end(district: int, codes: list[str], at: datetime) -> None:
    standing = Area.objects.filter(in_force(at), district=district, code__in=codes)
    # A version that began this very moment was never in force for anybody: it gives way without a trace.
    standing.filter(valid_from__gte=at).delete()
    standing.update(valid_to=at)


def _version(change: AreaChange, sheet: Sheet, piece: Piece, at: datetime) -> Area:
    geometry: dict[str, Any] = to_geojson(piece.outline, _DECIMALS)
    lon, lat = label_point(piece.outline)
    return Area(
        district=change.district,
        code=piece.code,
        level=sheet.level.value,
        name=piece.name,
        parent_code=sheet.parent,
        geometry=geometry,
        lon=lon,
        lat=lat,
        source=f"区划变更{change.pk}：{change.reason}"[:120],
        digest=area_digest(piece.name, sheet.parent, geometry),
        valid_from=at,
    )
