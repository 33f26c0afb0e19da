"""Rulings become precedents; a district sets its thresholds."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.kernel.errors import Denied, Invalid, NotFound
from huying.loop.allocate.models import DispatchRule, Precedent
from huying.loop.allocate.queries.precedents import thresholds
from huying.loop.allocate.rules.weighing import Thresholds


@dataclass(frozen=True, slots=True)
class NewPrecedent:
    """What a ruling settles; ``case_id`` and ``seq`` name the ruling's ledger entry. See ``Precedent``."""

    item: str
    area: str
    body_id: int
    case_id: int
    seq: int
    case_number: str
    grounds: str
    condition: int | None = None


def record_precedent(new: NewPrecedent, *, by: Actor, now: datetime) -> int:
    """From ``now`` on like cases go to the ruled body; the precedent's id, the same one when told again.

    Raises Denied without dispute:rule, Invalid for an area outside the actor's district.
    """
    _may(by, Permission.DISPUTE_RULE)
    if not new.area.startswith(str(by.district)):
        raise Invalid("先例的适用范围不在本区。", fields={"area": new.area})
    named = {"case_id": new.case_id, "seq": new.seq}
    values = {name: value for name, value in asdict(new).items() if name not in named}
    row, _ = Precedent.objects.get_or_create(
        district=by.district, **named, defaults={**values, "ruled_by": by.name, "valid_from": now}
    )
    return row.pk


@transaction.atomic
def revoke_precedent(precedent_id: int, *, by: Actor, now: datetime) -> None:
    """The precedent binds no longer. Raises Denied, or NotFound when it is not in force in the district."""
    _may(by, Permission.DISPUTE_RULE)
    rows = Precedent.objects.filter(pk=precedent_id, district=by.district, revoked_at=None)
    row = rows.first()
    if row is None or not rows.update(revoked_at=now, revoked_by=by.name):
        raise NotFound
    told = {"事项": row.item, "管哪里": row.area}
    note_change(by, NewChange(Subject.PRECEDENT, str(precedent_id), row.item, Deed.STOP, told), now)


@transaction.atomic
def set_thresholds(chosen: Thresholds, *, by: Actor, now: datetime) -> None:
    """From now on these thresholds hold in the actor's district. Raises Denied, Invalid."""
    if not by.may_everywhere(Permission.CATALOGUE_EDIT):
        raise Denied
    wrong = {
        name: "请填写 0.5 到 1.01 之间的数；大于 1 表示从不自动派单"
        for name in ("automatic_above", "item_above")
        if not 0.5 <= getattr(chosen, name) <= 1.01
    }
    if not 0 <= chosen.list_weight <= 1000:
        wrong["list_weight"] = "请填写 0 到 1000 之间的数"
    if wrong:
        raise Invalid(fields=wrong)
    before = thresholds(by.district)
    DispatchRule.objects.create(district=by.district, made_by=by.name, made_at=now, **asdict(chosen))
    told = NewChange(
        Subject.DISPATCH,
        "thresholds",
        "自动分拨",
        Deed.CHANGE,
        _threshold_words(before),
        _threshold_words(chosen),
    )
    note_change(by, told, now)


def _threshold_words(held: Thresholds) -> dict[str, str]:
    return {
        "单位把握到多少自动派出": f"{held.automatic_above:.0%}",
        "事项把握到多少自动立案": f"{held.item_above:.0%}",
    }


def _may(actor: Actor, permission: Permission) -> None:
    if not actor.may(permission):
        raise Denied
