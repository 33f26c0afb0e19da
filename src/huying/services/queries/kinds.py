"""The kinds of facilities of a district: those it began with, and its own over them."""

from huying.services.models import FacilityKind
from huying.services.rules.kinds import STARTER, FacilityKindInfo


def kinds_of(district: int) -> list[FacilityKindInfo]:
    """The kinds in use, in their order; one query."""
    known = {one.code: one for one in STARTER}
    for row in FacilityKind.objects.filter(district=district):
        known[row.code] = FacilityKindInfo(row.code, row.name, row.circle, row.minutes, row.rank)
        if row.ended_at is not None:
            del known[row.code]
    return sorted(known.values(), key=lambda one: (one.rank, one.code))


def kind_names(district: int) -> dict[str, str]:
    """Code to name, also of kinds that ended: what was entered under them is still called so."""
    names = {one.code: one.name for one in STARTER}
    return names | dict(FacilityKind.objects.filter(district=district).values_list("code", "name"))
