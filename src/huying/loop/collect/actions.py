"""Taking in appeals, from whichever door: checked, placed, their callers known, then given to the heart."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
from django.db import transaction

from huying.access.actor import Actor
from huying.cases.actions import NewAppeal, Receipt, receive
from huying.geo.datums import Datum, convert_many
from huying.kernel.errors import HuyingError, Invalid, NotFound, OutsideDistrict
from huying.loop.collect.rules import AppealForm, Wrong, clean, scoped_key
from huying.people.actions import ensure_callers
from huying.places.queries import area, area_path, locate_points, placed

_CGCS2000 = Datum.CGCS2000.value


def collect(
    district: int,
    forms: Sequence[AppealForm],
    by: Actor,
    now: datetime,
) -> list[Receipt | HuyingError]:
    """Take in all that can be taken in, in one transaction; one answer for each form, in their order.

    A form that is wrong or lies outside the district is answered with its refusal and hinders no other.
    Raises NotFound for an unknown district, Unavailable when the store refuses again and again.
    """
    # An appeal without a point asks the map nothing else, and must not open a district that nobody runs.
    area_path(district, str(district))
    answers: list[Receipt | HuyingError | None] = [None] * len(forms)
    ready: dict[int, AppealForm] = {}
    for number, form in enumerate(forms):
        try:
            ready[number] = clean(form)
        except HuyingError as error:
            answers[number] = error
    areas = _areas(district, ready)
    for number, found in areas.items():
        if isinstance(found, HuyingError):
            answers[number] = found
            del ready[number]
    for number, receipt in zip(ready, _keep(district, ready, areas, by, now), strict=True):
        answers[number] = receipt
    return [answer for answer in answers if answer is not None]


def tried(district: int, form: AppealForm) -> tuple[AppealForm, str]:
    """What would be kept of a form, in CGCS2000, and in which area; nothing is. Raises as it would be refused."""
    area_path(district, str(district))
    ready = {0: clean(form)}
    found = _areas(district, ready).get(0, "")
    if isinstance(found, HuyingError):
        raise found
    return ready[0], found


def _areas(district: int, ready: dict[int, AppealForm]) -> dict[int, str | HuyingError]:
    """The area of each form that has a point, whose position becomes CGCS2000, or names an area; or its refusal."""
    named = _named_areas(district, ready)
    with_point = [number for number, form in ready.items() if form.lon is not None]
    for datum in {ready[number].datum for number in with_point} - {_CGCS2000}:
        same = [number for number in with_point if ready[number].datum == datum]
        lons = np.array([ready[number].lon for number in same], np.float64)
        lats = np.array([ready[number].lat for number in same], np.float64)
        if datum != Datum.WGS84:
            lons, lats = convert_many(lons, lats, Datum(datum))
        for number, lon, lat in zip(same, lons.tolist(), lats.tolist(), strict=True):
            ready[number] = replace(ready[number], lon=lon, lat=lat, datum=_CGCS2000)
    points = [(ready[number].lon or 0.0, ready[number].lat or 0.0) for number in with_point]
    if not points:
        return named
    codes = locate_points(district, [lon for lon, _ in points], [lat for _, lat in points])
    return named | {
        number: code or _whole(district, *point)
        for number, code, point in zip(with_point, codes, points, strict=True)
    }


def _named_areas(district: int, ready: dict[int, AppealForm]) -> dict[int, str | HuyingError]:
    named: dict[int, str | HuyingError] = {}
    for number, form in ready.items():
        if form.area and form.lon is None:
            try:
                named[number] = area(district, form.area).code
            except NotFound:
                named[number] = Invalid(fields={"area": Wrong.AREA.zh})
    return named


def _whole(district: int, lon: float, lat: float) -> str | HuyingError:
    try:
        return placed(district, lon, lat).code
    except OutsideDistrict:
        return OutsideDistrict(fields={"lon": Wrong.OUTSIDE.zh})


def _keep(
    district: int,
    ready: dict[int, AppealForm],
    areas: dict[int, str | HuyingError],
    by: Actor,
    now: datetime,
) -> list[Receipt]:
    named = [(form.name, form.phone) for form in ready.values()]
    emails = [form.email for form in ready.values()]
    known = [form.caller_id for form in ready.values()]
    if not any(name or phone for name, phone in named) and not any(emails):
        return receive(district, _new(ready, areas, by, known), by=by, now=now)
    # A caller without an appeal would be a person's data kept for nothing.
    with transaction.atomic():
        found = ensure_callers(district, named, now, emails)
        callers = [known_one or new_one for known_one, new_one in zip(known, found, strict=True)]
        return receive(district, _new(ready, areas, by, callers), by=by, now=now)


def _new(
    ready: dict[int, AppealForm],
    areas: dict[int, str | HuyingError],
    by: Actor,
    callers: Sequence[int | None],
) -> list[NewAppeal]:
    return [
        NewAppeal(
            text=form.text, channel=form.channel, kind=form.kind, caller_id=caller, place_text=form.place_text,
            lon=form.lon, lat=form.lat, area=str(areas.get(number, "")), source=form.source,
            external_number=form.external_number or None, idempotency_key=scoped_key(by, form), item=form.item,
            answers=form.answers, photos=form.pictures,
        )
        for (number, form), caller in zip(ready.items(), callers, strict=True)
    ]  # fmt: skip
