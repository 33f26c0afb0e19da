"""What a published day root covers, whether it still holds, and the way from one entry to it (R404)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.db.models import Min

from huying.cases.ledger import merkle_path, merkle_root
from huying.cases.models import Case, DayRoot, Entry
from huying.cases.queries.horizon import horizon
from huying.cases.queries.settings.timing import timing_of
from huying.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class EntryProof:
    """The neighbours ("left" or "right", hex) by which an entry's seal leads to the published root of its day."""

    day: date
    algorithm: str
    seal: str
    path: tuple[tuple[str, str], ...]
    root: str


@dataclass(frozen=True, slots=True)
class LostDay:
    """A day whose entries no longer give the root that was published."""

    district: int
    day: date
    entries: int
    found: int


def day_of(district: int, at: datetime) -> date:
    """The day of the district's own time zone on which something happened."""
    return at.astimezone(timing_of(district).calendar.zone).date()


def first_day(district: int) -> date | None:
    """The day of the district's first entry; None where there is none."""
    first = Entry.objects.filter(district=district).aggregate(at=Min("at"))["at"]
    return day_of(district, first) if first else None


def seals_of_day(district: int, day: date, most: int | None = None) -> list[bytes]:
    """The seals of a day's entries in the order in which they were written, the first ``most`` of them.

    Entries of a transaction that may still be under way are left out, so none can come before another later.
    History that is brought in afterwards follows behind, so what a published root covers stays the beginning.
    """
    zone = timing_of(district).calendar.zone
    since = datetime.combine(day, time.min, zone)
    until = datetime.combine(day + timedelta(days=1), time.min, zone)
    settled = horizon()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seal FROM cases_entry WHERE district = %s AND at >= %s AND at < %s "
            "AND position < %s ORDER BY position, case_id, seq LIMIT %s",
            [district, since, until, settled, most],
        )
        return [bytes(row[0]) for row in cursor.fetchall()]


def lost_days(district: int | None = None) -> Iterator[LostDay]:
    """Every published day whose root can no longer be reached."""
    rows = DayRoot.objects.order_by("district", "day")
    for row in rows.filter(district=district) if district else rows:
        seals = seals_of_day(row.district, row.day, row.entries)
        if len(seals) != row.entries or merkle_root(seals, row.algorithm) != bytes(row.root):
            yield LostDay(row.district, row.day, row.entries, len(seals))


def prove_entry(district: int, case_id: int, seq: int) -> EntryProof:
    """The way from an entry to the root of its day. Raises NotFound where none is published that covers it."""
    entry = Entry.objects.filter(district=district, case_id=case_id, seq=seq).first()
    if entry is None:
        raise NotFound
    row = DayRoot.objects.filter(district=district, day=day_of(district, entry.at)).first()
    seals = seals_of_day(district, row.day, row.entries) if row else []
    mine = bytes(entry.seal)
    if row is None or mine not in seals:
        raise NotFound("这一天的总摘要还没有公布。")
    path = merkle_path(seals, seals.index(mine), row.algorithm)
    return EntryProof(
        row.day,
        row.algorithm,
        mine.hex(),
        tuple((side, other.hex()) for side, other in path),
        bytes(row.root).hex(),
    )


def districts_with_entries() -> list[int]:
    """Every district that has a ledger."""
    return list(Case.objects.order_by("district").values_list("district", flat=True).distinct())
