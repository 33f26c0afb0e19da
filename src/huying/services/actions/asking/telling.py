"""Who hears of what was asked: the resident on their telephone, the centre in its pages; by the ways of ``notices``."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from huying.access.permissions import Permission
from huying.notices.actions.planning import ToPhone, ToStaff, write_for_phones, write_for_staff
from huying.notices.queries.wording import Happened
from huying.people.queries.reaching import posts_in
from huying.people.rules.phones import is_mobile
from huying.services.actions.entries.reporting import keepers_of
from huying.services.models import Ask, Facility, Service
from huying.services.queries.links import link_of, opened
from huying.services.rules.kinds import AskState
from huying.texts.rules.occasions import Occasion


def tell_asked(row: Ask, service: Service, centre: Facility, phone: str, now: datetime) -> None:
    """The centre hears of it; so does the resident where the place is theirs already."""
    people = keepers_of(centre, posts_in(row.district, now), Permission.SERVICE_RUN)
    told = Happened(
        row.district, Occasion.SERVICE_ASKED, title=service.name, area=centre.area, words=centre.name,
        path=reverse("service:ask", args=[row.id]),
    )  # fmt: skip
    write_for_staff(row.district, [ToStaff(told, 0, now, people, once=f"service:{row.id}")], now)
    if row.state == AskState.ARRANGED.value:
        _to_resident(row, Occasion.SERVICE_ARRANGED, service.name, centre.name, phone, "arranged", now)


def tell_arranged(row: Ask, now: datetime) -> None:
    """When and where. Told anew when it is moved."""
    words = row.told or _centre(row).name
    stamp = f"arranged:{now.timestamp():.0f}"
    _to_resident(row, Occasion.SERVICE_ARRANGED, _service(row).name, words, _phone(row), stamp, now)


def tell_cancelled(row: Ask, now: datetime, *, by_resident: bool) -> None:
    """Each side hears of what the other took back."""
    service, centre = _service(row), _centre(row)
    if not by_resident:
        _to_resident(row, Occasion.SERVICE_OFF, service.name, row.told, _phone(row), "off", now)
        return
    people = keepers_of(centre, posts_in(row.district, now), Permission.SERVICE_RUN)
    told = Happened(
        row.district, Occasion.SERVICE_TAKEN_BACK, title=service.name, area=centre.area, words=centre.name,
        path=reverse("service:ask", args=[row.id]),
    )  # fmt: skip
    write_for_staff(row.district, [ToStaff(told, 0, now, people, once=f"service:{row.id}:back")], now)


def tell_moved(service: Service, rows: Sequence[Ask], was: datetime, now: datetime) -> None:
    """The slot is no more; the centre arranges another time."""
    for row in rows:
        words = "原来的时段取消了，中心会另约时间"
        _to_resident(
            row, Occasion.SERVICE_OFF, service.name, words, _phone(row), f"moved:{was.timestamp():.0f}", now
        )


def tell_soon(rows: Sequence[Ask], now: datetime) -> None:
    """It is tomorrow, or today."""
    for row in rows:
        stamp = f"soon:{row.starts_at.timestamp():.0f}" if row.starts_at else "soon"
        _to_resident(
            row, Occasion.SERVICE_SOON, _service(row).name, _centre(row).name, _phone(row), stamp, now
        )


def _to_resident(
    row: Ask, occasion: Occasion, title: str, words: str, phone: str, stamp: str, now: datetime
) -> None:
    if not is_mobile(phone):
        return
    link = reverse("nearby:ask", args=[link_of(row.district, row.id)])
    told = Happened(row.district, occasion, title=title, words=words, due_at=row.starts_at, path=link)
    write_for_phones(row.district, [ToPhone(told, phone, f"service:{row.id}:{stamp}")], now)


def _phone(row: Ask) -> str:
    return opened(row.district, "phone", row.phone_sealed)


def _service(row: Ask) -> Service:
    return Service.objects.get(district=row.district, id=row.service_id)


def _centre(row: Ask) -> Facility:
    return Facility.objects.get(district=row.district, id=row.facility_id)
