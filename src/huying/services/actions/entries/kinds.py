"""Kinds of facilities: named, and whether the circle looks at them."""

from datetime import datetime

from django.db import transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.kernel.errors import Invalid, NotFound
from huying.services.models import Facility, FacilityKind
from huying.services.policy import must_everywhere
from huying.services.queries.kinds import kinds_of
from huying.services.rules.entries import wrong_in_kind
from huying.services.rules.kinds import FacilityKindInfo


@transaction.atomic
def put_kind(by: Actor, kind: FacilityKindInfo, now: datetime) -> None:
    """Add a kind, or let a known one be exactly this. Raises Denied, Invalid."""
    must_everywhere(by, Permission.FACILITY_EDIT)
    if wrong := wrong_in_kind(kind.code, kind.name, kind.minutes):
        raise Invalid(fields=wrong)
    before = next((one for one in kinds_of(by.district) if one.code == kind.code), None)
    FacilityKind.objects.update_or_create(
        district=by.district, code=kind.code,
        defaults={"name": kind.name.strip(), "circle": kind.circle, "minutes": kind.minutes, "rank": kind.rank,
                  "ended_at": None},
    )  # fmt: skip
    deed = Deed.CREATE if before is None else Deed.CHANGE
    change = NewChange(
        Subject.FACILITY, kind.code, kind.name, deed, _told(before) if before else {}, _told(kind)
    )
    note_change(by, change, now)


@transaction.atomic
def end_kind(by: Actor, code: str, now: datetime) -> None:
    """None is entered of this kind any more. Raises Denied, NotFound, Invalid while some are in use."""
    must_everywhere(by, Permission.FACILITY_EDIT)
    known = next((one for one in kinds_of(by.district) if one.code == code), None)
    if known is None:
        raise NotFound
    if Facility.objects.filter(district=by.district, kind=code, ended_at=None).exists():
        raise Invalid("还有这个类型的设施在用，请先改类型或撤下。")
    FacilityKind.objects.update_or_create(
        district=by.district, code=code,
        defaults={"name": known.name, "circle": False, "minutes": known.minutes, "rank": known.rank,
                  "ended_at": now},
    )  # fmt: skip
    note_change(by, NewChange(Subject.FACILITY, code, known.name, Deed.END, {}, {}), now)


def _told(kind: FacilityKindInfo) -> dict[str, str]:
    return {
        "名称": kind.name,
        "生活圈": "看" if kind.circle else "不看",
        "步行时间": f"{kind.minutes} 分钟",
        "次序": str(kind.rank),
    }
