"""Which unit bears which duty where: the only writer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from huying.access.actor import Actor
from huying.annals.actions import NewChange, note_changes
from huying.annals.rules import Deed, Subject
from huying.kernel.errors import Invalid, NotFound
from huying.people.actions.bodies import must_edit_bodies, renew_register
from huying.people.actions.telling import place_words
from huying.people.models import Bearing, Body


@dataclass(frozen=True, slots=True)
class NewBearing:
    """``body_id`` bears ``duty`` within the area prefix; duty "" is the body of last resort (兜底)."""

    duty: str
    area: str
    body_id: int


@transaction.atomic
def set_bearings(by: Actor, bearings: Sequence[NewBearing], now: datetime) -> None:
    """Say who bears what from today on; whoever bore it before is ended today. Unnamed duties stay.

    Raises ``Denied``; ``Invalid`` for an area outside the district; ``NotFound`` for a body that is none or closed.
    """
    must_edit_bodies(by)
    wanted = {(given.duty, given.area): given.body_id for given in bearings}
    if any(not area.startswith(str(by.district)) for _, area in wanted):
        raise Invalid("区域不在本区。")
    # Held until all is written: whoever closes one of them meanwhile then ends also what it is given here.
    open_ones = Body.objects.select_for_update().filter(district=by.district, active_to=None)
    known = set(open_ones.filter(pk__in=set(wanted.values())).order_by("pk").values_list("pk", flat=True))
    if not known.issuperset(wanted.values()):
        raise NotFound("有的单位不存在，或已停用。")
    today = localdate(now)
    held = Bearing.objects.filter(district=by.district, valid_to=None)
    ended = [row for row in held if wanted.get((row.duty, row.area), row.body_id) != row.body_id]
    _tell(by, wanted, held, now)
    _end(ended, today)
    kept = {(row.duty, row.area) for row in held.all()}
    Bearing.objects.bulk_create(
        Bearing(district=by.district, duty=duty, area=area, body_id=body_id, valid_from=today)
        for (duty, area), body_id in wanted.items()
        if (duty, area) not in kept
    )
    renew_register(by.district)


def _end(rows: Sequence[Bearing], today: date) -> None:
    # A bearing that began today never held for a whole day: it goes, so that no day has two bearers.
    new, old = [[r.pk for r in rows if (r.valid_from == today) is is_new] for is_new in (True, False)]
    Bearing.objects.filter(pk__in=new).delete()
    Bearing.objects.filter(pk__in=old).update(valid_to=today)


def _tell(by: Actor, wanted: Mapping[tuple[str, str], int], held: Iterable[Bearing], now: datetime) -> None:
    names = dict(Body.objects.filter(district=by.district).values_list("pk", "short_name"))
    was = {(row.duty, row.area): row.body_id for row in held}
    note_changes(
        by,
        [
            NewChange(
                Subject.BEARING, str(body_id), names[body_id], Deed.CHANGE,
                {"单位": names.get(was.get(key, 0), "")},
                {"职责": key[0] or "兜底", "管哪里": place_words(by.district, key[1]), "单位": names[body_id]},
            )
            for key, body_id in wanted.items()
            if was.get(key) != body_id
        ],
        now,
    )  # fmt: skip
