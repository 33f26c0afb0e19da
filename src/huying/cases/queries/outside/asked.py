"""What outside software asks for, and who it is."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from math import cos, radians
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import ExpressionWrapper, F, FloatField, Q
from django.db.models.lookups import LessThanOrEqual

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.policy import visible_to
from huying.geo.measure import METRES_PER_DEGREE, around

# What is told in confidence is not published, answered or not.
NOT_PUBLIC: Final = ("report",)
_COMMUNITY_DIGITS: Final = 12


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads one district's cases from outside: ``actor`` is None for everybody, and for keys that may not read
    cases. Times are told in ``zone``; ``media`` makes the address of a photo from its name."""

    district: int
    actor: Actor | None
    zone: ZoneInfo
    media: Callable[[str], str] = str

    def may_see(self) -> Q:
        """The cases there are for this reader: those that have an item, for what has none is no service request yet."""
        if self.actor is not None:
            return visible_to(self.actor, Permission.CASE_READ) & ~Q(item="")
        public = Q(district=self.district, erased_at__isnull=True) & ~Q(item="")
        return public & ~Q(kind__in=NOT_PUBLIC)

    def area(self, code: str) -> str:
        """The area as far as the reader may know it: everybody learns no more than the community."""
        return code if self.actor is not None else code[:_COMMUNITY_DIGITS]

    def time(self, at: datetime | None) -> str | None:
        """A moment as it is told, to the second, in the district's zone."""
        return at.astimezone(self.zone).isoformat(timespec="seconds") if at is not None else None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which requests: ``ids`` alone, or all that fits; times are aware, the later bound included.

    ``areas`` are code prefixes. ``near`` is (degrees east, degrees north, metres) around the true position, which is
    asked only for readers who may know it.
    """

    ids: Collection[int] | None = None
    items: Collection[str] = ()
    is_open: bool | None = None
    since: datetime | None = None
    until: datetime | None = None
    touched_since: datetime | None = None
    touched_until: datetime | None = None
    areas: Collection[str] | None = None
    near: tuple[float, float, float] | None = None
    offset: int = 0
    limit: int = 1000

    def fits(self) -> Q:
        if self.ids is not None:
            return Q(id__in=list(self.ids))
        found = Q(item__in=list(self.items)) if self.items else Q()
        if self.is_open is not None:
            found &= Q(closed_at__isnull=self.is_open)
        # A case is never closed later than it was touched last: the index of that narrows what is looked at.
        for bound, value in (
            ("opened_at__gte", self.since), ("opened_at__lte", self.until), ("touched_at__gte", self.touched_since),
        ):  # fmt: skip
            if value is not None:
                found &= Q(**{bound: value})
        if self.touched_since is not None or self.touched_until is not None:
            found &= _updated(self.touched_since, self.touched_until)
        if self.areas is not None:
            places = Q(pk__in=[])
            for code in self.areas:
                # As a range: codes are digits, and ":" comes after the last of them.
                places |= Q(area__gte=code, area__lt=f"{code}:")
            found &= places
        return found & _around(*self.near) if self.near else found


def _updated(since: datetime | None, until: datetime | None) -> Q:
    """By the moment that is told: of a closed case that of its closing."""
    found = Q()
    for bound, value in (("gte", since), ("lte", until)):
        if value is not None:
            found &= Q(closed_at__isnull=True, **{f"touched_at__{bound}": value}) | Q(
                **{f"closed_at__{bound}": value}
            )
    return found


def _around(lon: float, lat: float, metres: float) -> Q:
    west, south, east, north = around(lon, lat, metres)
    box = Q(lon__gte=west, lon__lte=east, lat__gte=south, lat__lte=north)
    over, up = (
        (F("lon") - lon) * (METRES_PER_DEGREE * cos(radians(lat))),
        (F("lat") - lat) * METRES_PER_DEGREE,
    )
    away = ExpressionWrapper(over * over + up * up, output_field=FloatField())
    return box & Q(LessThanOrEqual(away, metres * metres))
