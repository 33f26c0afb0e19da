"""Keeping areas in versions: what changed ends, what is new begins, what is the same stays untouched."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from huying.geo.shapes import geometry_of
from huying.kernel.errors import Conflict, NotFound
from huying.kernel.saying import said
from huying.places.actions.districts import mark_changed
from huying.places.models import Area, District
from huying.places.queries.standing import waiting
from huying.places.rules.book import AreaBook, AreaRow
from huying.places.rules.drafts import AreaDraft, Report
from huying.places.rules.levels import Level
from huying.places.rules.planning import Plan, plan


def put_areas(
    district: int,
    drafts: Iterable[AreaDraft],
    *,
    now: datetime,
    source: str = "",
    dry_run: bool = False,
    retire_missing: bool = False,
) -> Report:
    """Bring the areas of a district to what the drafts say; the same drafts again change nothing.

    Drafts may be of several levels: parents are taken before their children. With ``retire_missing``,
    areas of these levels that no draft names come to an end at ``now``. A draft that cannot be used is
    named in the report and the others are kept. Raises NotFound when there is no such district, Conflict while a
    change to areas that has been decided waits for its day.
    """
    with transaction.atomic():
        row = District.objects.select_for_update().filter(code=district).first()
        if row is None:
            raise NotFound(said("没有代码为 %(district)s 的区。", district=district))
        standing = list(Area.objects.filter(district=district, valid_to__isnull=True))
        used = Area.objects.filter(district=district).values_list("code", flat=True).distinct()
        book = AreaBook(district, row.name, [_row(area) for area in standing], row.city)
        digests = {area.code: area.digest for area in standing}
        made = plan(book, digests, set(used), drafts, retire_missing=retire_missing)
        made.report.dry_run = dry_run
        if made.report.touched and not dry_run:
            _nothing_waits(district, now)
            _write(district, made, now, source)
            mark_changed(district)
    return made.report


def _nothing_waits(district: int, now: datetime) -> None:
    at = waiting(district, now)
    if at is not None:
        raise Conflict(
            said(
                "有一项区划变更定于 %(at)s 生效，请等它生效或先撤回，再导入。",
                at=at.isoformat(timespec="minutes"),
            )
        )


def _write(district: int, made: Plan, now: datetime, source: str) -> None:
    ending = [version.area.code for version in made.versions if version.replaces] + made.ended
    standing = Area.objects.filter(district=district, valid_to__isnull=True, code__in=ending)
    # A version that began this very moment was never in force for anybody: it gives way without a trace.
    standing.filter(valid_from__gte=now).delete()
    standing.update(valid_to=now)
    Area.objects.bulk_create(
        [
            Area(
                district=district,
                code=version.area.code,
                level=version.area.level.value,
                name=version.area.name,
                parent_code=version.area.parent_code,
                geometry=version.geometry,
                lon=version.area.lon,
                lat=version.area.lat,
                source=source[:120],
                digest=version.digest,
                valid_from=now,
            )
            for version in made.versions
        ],
        batch_size=500,
    )
    _centre(district, made)


def _centre(district: int, made: Plan) -> None:
    """A district without a known middle takes that of its outline."""
    for version in made.versions:
        if version.area.level is Level.DISTRICT and version.area.lon is not None:
            District.objects.filter(code=district, lon__isnull=True).update(
                lon=version.area.lon, lat=version.area.lat
            )


def _row(area: Area) -> AreaRow:
    shape = geometry_of(area.geometry) if area.geometry else None
    return AreaRow(area.code, Level(area.level), area.name, area.parent_code, area.lon, area.lat, shape)
