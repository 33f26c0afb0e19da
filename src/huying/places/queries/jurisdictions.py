"""How outside software names a district, and whom it may ask."""

from dataclasses import dataclass
from datetime import datetime

from huying.kernel.errors import Invalid, NotFound
from huying.places.models import District, Jurisdiction


@dataclass(frozen=True, slots=True)
class Outside:
    """One district as it is known outside: its domain names, whom to ask, where keys are had, when that was said."""

    district: int
    names: tuple[str, ...]
    contact: str
    key_service: str
    changed_at: datetime


class NoJurisdiction(NotFound):
    """没有这个 jurisdiction_id。"""

    code = "no_jurisdiction"


class WhichJurisdiction(Invalid):
    """这里有几个区，请给出 jurisdiction_id。"""

    code = "which_jurisdiction"


def jurisdiction(name: str) -> int:
    """The district of that code or domain name; the only one there is where none is named.

    Raises NoJurisdiction, WhichJurisdiction. One or two small queries.
    """
    given = name.strip().lower()
    codes = list(District.objects.order_by("code").values_list("code", flat=True))
    if not given:
        if len(codes) != 1:
            raise WhichJurisdiction
        return int(codes[0])
    if given.isascii() and given.isdigit() and len(given) == 6 and int(given) in codes:
        return int(given)
    named = Jurisdiction.objects.filter(names__contains=[given]).values_list("district", flat=True).first()
    if named is None or named not in codes:
        raise NoJurisdiction
    return int(named)


def outside(district: int) -> Outside | None:
    """What was said of one district; None where nothing was."""
    row = Jurisdiction.objects.filter(district=district).first()
    if row is None:
        return None
    return Outside(row.district, tuple(row.names), row.contact, row.key_service, row.changed_at)
