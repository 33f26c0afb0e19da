"""处理依据: noted, and withdrawn by whoever gave it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.timezone import localdate

from huying.access.actor import Actor
from huying.kernel.errors import Invalid, NotFound
from huying.kernel.saying import said
from huying.places.queries import district as district_row
from huying.residents.models import Ground
from huying.residents.policy import EDIT, must_at
from huying.residents.queries.persons import person_row
from huying.residents.rules.kinds import ConsentForm, LegalBasis, Purpose

_LONGEST: Final = timedelta(days=366 * 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGround:
    """As typed. ``until``: the last day it holds, None while the purpose lasts."""

    purpose: Purpose = Purpose.CARE
    basis: LegalBasis = LegalBasis.CONSENT
    consent: ConsentForm | None = ConsentForm.WRITTEN
    detail: str = ""
    until: date | None = None


def wrong_in_ground(new: NewGround, now: datetime) -> Mapping[str, str]:
    """Field to what is wrong with it: consent says how it was given, duty says by which law."""
    wrong: dict[str, str] = {}
    if new.basis is LegalBasis.CONSENT and new.consent is None:
        wrong["consent"] = said("请选同意的方式。")
    if new.basis is not LegalBasis.CONSENT and not new.detail.strip():
        wrong["detail"] = said("请写明依据哪部法律、法规，或什么紧急情况。")
    if len(new.detail.strip()) > 200:
        wrong["detail"] = said("依据说明最多 200 字。")
    today = localdate(now)
    if new.until is not None and not today <= new.until <= today + _LONGEST:
        wrong["until"] = said("期限须在今天之后、十年之内。")
    return wrong


@transaction.atomic
def add_ground(by: Actor, person_id: int, new: NewGround, now: datetime) -> int:
    """Note a further ground; its id. Raises Denied, NotFound, Invalid."""
    row = person_row(by, person_id)
    must_at(by, EDIT, row.area)
    wrong = dict(wrong_in_ground(new, now))
    if wrong:
        raise Invalid(fields=wrong)
    return write(by, row.id, new, now)


@transaction.atomic
def withdraw_ground(by: Actor, person_id: int, ground_id: int, why: str, now: datetime) -> None:
    """It holds no more; with the last of them everything kept goes 30 days later. Twice changes nothing.

    Raises Denied, NotFound, Invalid without why.
    """
    row = person_row(by, person_id)
    must_at(by, EDIT, row.area)
    held = Ground.objects.select_for_update().filter(
        district=row.district, person_id=row.id, id=ground_id
    ).first()  # fmt: skip
    if held is None:
        raise NotFound
    if not 0 < len(why.strip()) <= 200:
        raise Invalid(fields={"why": said("请写明为什么撤回，最多 200 字。")})
    if held.withdrawn_at is None:
        _end(held, by, why.strip(), now)


def write(by: Actor, person_id: int, new: NewGround, now: datetime) -> int:
    """Keep one, in the caller's transaction."""
    zone = ZoneInfo(district_row(by.district).zone)
    until = datetime.combine(new.until + timedelta(days=1), time(), zone) if new.until else None
    row = Ground(
        district=by.district, person_id=person_id, purpose=new.purpose.value, basis=new.basis.value,
        consent=new.consent.value if new.consent and new.basis is LegalBasis.CONSENT else "",
        detail=new.detail.strip(), since=now, until=until, made_at=now, made_by=by.name[:60],
    )  # fmt: skip
    row.save(force_insert=True)
    return row.id


def end_all(by: Actor, person_id: int, why: str, now: datetime) -> None:
    """Every ground of somebody who is gone ends, in the caller's transaction."""
    Ground.objects.filter(district=by.district, person_id=person_id, withdrawn_at=None).update(
        withdrawn_at=now, withdrawn_by=by.name[:60], withdrawn_why=why[:200]
    )


def _end(row: Ground, by: Actor, why: str, now: datetime) -> None:
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_why = now, by.name[:60], why
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
