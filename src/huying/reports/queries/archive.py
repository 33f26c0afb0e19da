"""The archive as its readers may see it: within their posts, newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import Max, Q, QuerySet

from huying.access.actor import Actor
from huying.figures.rules.periods import Period
from huying.kernel.errors import NotFound
from huying.places.queries import Level, areas, district
from huying.reports.models import Awaiting, Report
from huying.reports.policy import areas_of, must_see, signing_areas
from huying.reports.rules.doc import Json
from huying.reports.rules.kinds import Origin, ReportKind

PAGE: Final = 50
MOST_COUNTED: Final = 100


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One version in a list; ``signed_at`` None: nobody signed it. ``newest``: no further version stands beside it.
    ``sign_by``: until when the newest one is to be signed; None where nothing waits."""

    id: int
    kind: ReportKind
    area: str
    area_name: str
    period: Period
    number: int
    origin: Origin
    made_at: datetime
    made_by: str
    signed_at: datetime | None
    signed_by: str
    newest: bool = True
    sign_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeyNumber:
    """One number by which reports are compared: its name in each language, the number, and what opens it."""

    code: str
    names: Mapping[str, str]
    value: int
    to: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class ReportInfo:
    """A version whole: the document by language, the measures, the numbers, who made and who signed it."""

    line: ReportLine
    unit: str
    text: Mapping[str, Any]
    measures: Sequence[Json]
    numbers: Sequence[KeyNumber]
    post: str

    def title(self, language: str) -> str:
        return str(self.text[language]["title"])

    def blocks(self, language: str) -> list[Json]:
        return list(self.text[language]["blocks"])


def reports_for(
    actor: Actor,
    *,
    kind: ReportKind | None = None,
    area: str = "",
    signed: bool | None = None,
    before: int | None = None,
    limit: int = PAGE,
    day: date | None = None,
) -> tuple[list[ReportLine], int | None]:
    """Versions, those of the newest periods first, and the place of the next page; three queries.

    Narrowed to a kind, an area, to signed or unsigned ones, to periods that hold a ``day``.
    """  # fmt: skip
    rows = _visible(actor).select_related("signing").defer("text", "measures", "numbers")
    if kind is not None:
        rows = rows.filter(kind=kind.value)
    if area:
        rows = rows.filter(area=area)
    if signed is not None:
        rows = rows.filter(signing__isnull=not signed)
    if day is not None:
        rows = rows.filter(first__lte=day, last__gte=day)
    start = before or 0
    found = list(rows.order_by("-last", "-first", "area", "-number")[start : start + limit + 1])
    newest, waiting = _newest(actor.district, found), _waiting(actor.district, found)
    return [_line(row, newest, waiting) for row in found[:limit]], start + limit if len(
        found
    ) > limit else None


def report_for(actor: Actor, number: int) -> ReportInfo:
    """A version whole; three queries. Raises NotFound also for what lies outside the actor's posts."""
    row = Report.objects.select_related("signing").filter(district=actor.district, pk=number).first()
    if row is None:
        raise NotFound
    must_see(actor, row.area)
    signing = getattr(row, "signing", None)
    numbers = [KeyNumber(one["code"], one["names"], one["value"], one["to"]) for one in row.numbers]
    return ReportInfo(
        _line(row, _newest(actor.district, [row]), _waiting(actor.district, [row])), row.unit, row.text, row.measures,
        numbers, signing.post if signing else "",
    )  # fmt: skip


def neighbours_for(actor: Actor, one: ReportLine, limit: int = 12) -> list[ReportLine]:
    """What a report may be compared with: its other versions, and the newest version of other periods and areas."""
    rows = (
        _visible(actor)
        .filter(kind=one.kind.value)
        .select_related("signing")
        .defer("text", "measures", "numbers")
    )
    versions = rows.filter(area=one.area, first=one.period.first).exclude(pk=one.id).order_by("-number")
    others = (
        rows.filter(area=one.area).exclude(first=one.period.first).order_by("-first", "-number")[: 2 * limit]
    )
    elsewhere = (
        rows.filter(first=one.period.first).exclude(area=one.area).order_by("area", "-number")[: 2 * limit]
    )
    seen: set[tuple[str, date]] = set()
    found = list(versions)
    for row in [*others, *elsewhere]:
        if (row.area, row.first) not in seen:
            seen.add((row.area, row.first))
            found.append(row)
    return [_line(row, {}, {}) for row in found]


def to_sign_for(actor: Actor) -> int:
    """How many reports wait for the actor's signature, counted up to a hundred; no query for who signs none."""
    areas_signed = signing_areas(actor)
    if not areas_signed:
        return 0
    rows = Awaiting.objects.filter(district=actor.district, area__in=areas_signed)
    return rows.values("id")[:MOST_COUNTED].count()


def areas_for(actor: Actor) -> list[tuple[str, str]]:
    """(code, name) of the areas whose reports the actor may see: the district and its streets."""
    code = str(actor.district)
    every = [
        (code, district(actor.district).name),
        *((one.code, one.name) for one in areas(actor.district, Level.STREET)),
    ]
    held = areas_of(actor)
    return [(each, name) for each, name in every if any(each.startswith(prefix) for prefix in held)]


def _visible(actor: Actor) -> QuerySet[Report]:
    held = areas_of(actor)
    mine = reduce(or_, (Q(area__startswith=prefix) for prefix in held), Q(pk__in=[]))
    return Report.objects.filter(mine, district=actor.district)


_Key = tuple[str, str, date]


def _newest(district_code: int, rows: Sequence[Report]) -> Mapping[_Key, int]:
    """The number of the newest version beside each of these."""
    if not rows:
        return {}
    same = Report.objects.filter(
        district=district_code, first__in={row.first for row in rows}, area__in={row.area for row in rows}
    )
    found = same.values_list("kind", "area", "first").annotate(most=Max("number"))
    return {(kind, area, first): most for kind, area, first, most in found}


def _waiting(district_code: int, rows: Sequence[Report]) -> Mapping[_Key, datetime]:
    """Until when each of these that waits is to be signed."""
    if not rows:
        return {}
    found = Awaiting.objects.filter(
        district=district_code, first__in={row.first for row in rows}, area__in={row.area for row in rows}
    ).values_list("kind", "area", "first", "due_at")
    return {(kind, area, first): due_at for kind, area, first, due_at in found}


def _line(row: Report, newest: Mapping[_Key, int], waiting: Mapping[_Key, datetime]) -> ReportLine:
    key, signing = (row.kind, row.area, row.first), getattr(row, "signing", None)
    is_newest = newest.get(key, row.number) == row.number
    return ReportLine(
        row.pk, ReportKind(row.kind), row.area, row.area_name, Period(row.first, row.last), row.number,
        Origin(row.origin), row.made_at, row.made_by,
        signing.signed_at if signing else None, signing.signed_by if signing else "",
        is_newest, waiting.get(key) if is_newest and signing is None else None,
    )  # fmt: skip
