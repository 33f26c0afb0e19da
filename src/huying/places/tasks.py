"""Back-office work: bringing in area outlines and named places from files."""

from datetime import datetime
from pathlib import Path

from huying.geo.datums import Datum
from huying.geo.shapes import read_features
from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.places.actions import add_places, put_areas
from huying.places.queries import district as district_row
from huying.places.rules.drafts import Report
from huying.places.rules.levels import Level
from huying.places.rules.placefiles import read_places
from huying.places.rules.sources import drafts_of, of_district
from huying.places.rules.wayfiles import read_ways

_GEOJSON = {".geojson", ".json"}


def import_areas(
    path: Path,
    district: int,
    level: Level,
    datum: Datum,
    now: datetime,
    dry_run: bool = False,
    retire_missing: bool = False,
) -> Report:
    """Import the areas of one level from a GeoJSON file whose positions are in ``datum``.

    Of a file for a whole city only this district's features are taken. Areas keep their codes: from the
    file where it has them, else from the area of that name, else the next free number. Importing the
    same file again changes nothing. Raises Invalid when the file cannot be read as GeoJSON, NotFound
    when there is no such district.
    """
    row = district_row(district)
    features, others = of_district(read_features(_content(path)), level, row.name)
    drafts, problems = drafts_of(features, level, datum, f"{district:06d}")
    report = put_areas(
        district, drafts, now=now, source=path.name, dry_run=dry_run, retire_missing=retire_missing
    )
    report.skipped = others
    report.problems[:0] = problems
    return report


def import_places(path: Path, district: int, datum: Datum, dry_run: bool = False) -> tuple[int, list[str]]:
    """Import named places from a CSV table, or roads, water and places from GeoJSON, with positions in ``datum``.

    Returns how many places the file gave, and in Chinese what was wrong with which line or feature; the others
    are kept. Importing the same file again changes nothing. Raises Invalid when the file cannot be read, NotFound
    when there is no such district.
    """
    district_row(district)
    read = read_ways if path.suffix.lower() in _GEOJSON else read_places
    drafts, problems = read(_content(path), datum)
    if not dry_run:
        add_places(district, drafts)
    return len(drafts), problems


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Invalid(said("读不了文件 %(name)s：%(why)s。", name=path.name, why=error.strerror)) from error
