"""Every case of a stretch of time as bare facts: what about, where and when, for counting by thousands."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q

from huying.cases.models import Case

Came = tuple[int, datetime, str, str, str, float | None, float | None]


def came_within(district: int, first: datetime, until: datetime) -> Iterator[Came]:
    """(id, opened at, item, area, channel, lon, lat) of each case opened from ``first`` until before ``until``.

    For the platform's own reckoning: it asks nobody's posts. A case split off another one did not come in by itself.
    """
    rows = Case.objects.filter(
        district=district, opened_at__gte=first, opened_at__lt=until, split_from__isnull=True
    ).exclude(item="")
    columns = rows.values_list("id", "opened_at", "item", "area", "channel", "lon", "lat")
    yield from columns.iterator(chunk_size=20_000)


def whereabouts(district: int, ids: Iterable[int]) -> list[tuple[str, float | None, float | None]]:
    """(area, lon, lat) of these cases, in no order; one query. For the platform's own reckoning."""
    return list(Case.objects.filter(district=district, id__in=list(ids)).values_list("area", "lon", "lat"))


def count_came(
    district: int, first: datetime, until: datetime, items: Sequence[str], areas: Sequence[str]
) -> int:
    """How many cases of these items (beginnings of codes, none: all) were opened in these areas; one query."""
    rows = Case.objects.filter(
        district=district, opened_at__gte=first, opened_at__lt=until, split_from__isnull=True
    )
    about = reduce(or_, (Q(item__startswith=code) for code in items), Q())
    where = reduce(or_, (Q(area__startswith=code) for code in areas), Q())
    return rows.filter(about & where).count()
