"""Whom a ring alerts: of those who may be alerted now, the nearest."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import numpy as np

from huying.emergency.rules.hours import Hours
from huying.emergency.rules.plans import Ring
from huying.geo.measure import distances

#: How long a reported position is believed, and kept.
FRESH: Final = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A registered responder near enough to be asked about. ``lon`` and ``lat``: the position reported last if it is
    still believed (``reported``), else where they are based. ``on_roster``: None where no roster says when."""

    id: int
    lon: float
    lat: float
    reported: bool
    skills: tuple[str, ...]
    hours: Hours
    on_roster: bool | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """One to be alerted, and how many metres away."""

    candidate: Candidate
    metres: int


def choose(
    ring: Ring,
    lon: float,
    lat: float,
    candidates: Iterable[Candidate],
    wanted: Collection[str],
    local: datetime,
) -> list[Chosen]:
    """The nearest of a ring, nearest first; of equal distance the lower number. ``local``: by the district's clock."""
    fit = [one for one in candidates if _may(one, ring, wanted, local)]
    if not fit:
        return []
    metres = distances(
        lon,
        lat,
        np.array([one.lon for one in fit], np.float64),
        np.array([one.lat for one in fit], np.float64),
    )
    near = sorted(
        (round(float(far)), one.id, one) for one, far in zip(fit, metres, strict=True) if far <= ring.metres
    )
    return [Chosen(one, far) for far, _id, one in near[: ring.most]]


def _may(one: Candidate, ring: Ring, wanted: Collection[str], local: datetime) -> bool:
    if ring.skilled and wanted and not set(wanted) & set(one.skills):
        return False
    return one.hours.hold(local) if one.on_roster is None else one.on_roster
