"""Which district and month an address means."""

from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest

from huying.kernel.errors import NotFound
from huying.opendata.queries import MonthInfo, published_months
from huying.places.queries import DistrictRow


def district_asked(request: HttpRequest, known: Sequence[DistrictRow]) -> DistrictRow | None:
    """The district named, else the first. Raises NotFound for one that is none."""
    asked = request.GET.get("district", "")
    if not asked:
        return known[0] if known else None
    return one_district(known, asked)


def one_district(known: Sequence[DistrictRow], code: str) -> DistrictRow:
    """The district of a code. Raises NotFound."""
    found = next((one for one in known if str(one.code) == code), None)
    if found is None:
        raise NotFound
    return found


def month_asked(text: str) -> date:
    """``2026-03`` as its first day. Raises NotFound for what is no month."""
    try:
        if len(text) != 7 or not text.isascii():
            raise ValueError(text)
        return date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise NotFound from error


def one_month(district: int, text: str) -> MonthInfo:
    """A published month. Raises NotFound."""
    month = month_asked(text)
    found = next((one for one in published_months(district) if one.month == month), None)
    if found is None:
        raise NotFound
    return found
