"""Units, their spellings and what they bear: the only writers."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from huying.people.models import Bearing, Body, BodyAlias, Register
from huying.people.queries.book import forget
from huying.people.rules.kinds import BodyKind
from huying.people.rules.names import normal_unit_name


@dataclass(frozen=True, slots=True)
class NewBody:
    """A unit to be made. ``parent`` is the code of another unit of the same district or of the same batch."""

    code: str
    name: str
    kind: BodyKind
    area: str
    short_name: str = ""
    parent: str = ""
    aliases: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class NewBearing:
    """``body_id`` bears ``duty`` within the area prefix; duty "" is the body of last resort (兜底)."""

    duty: str
    area: str
    body_id: int


@transaction.atomic
def create_bodies(by: Actor, bodies: Sequence[NewBody], now: datetime) -> dict[str, int]:
    """Make units in the actor's district; code → id. Units whose code is known are renewed.

    Raises ``Denied``; ``Invalid`` for a unit without code or name, or a parent that is nowhere;
    ``Conflict`` for two units of one name.
    """
    _must_edit(by)
    for given in bodies:
        if not given.code or not given.name or not given.area.startswith(str(by.district)):
            text = _("单位“%(name)s”缺少代码、名称，或不在本区。")
            raise Invalid(text % {"name": given.name or given.code})
    rows = [
        Body(
            district=by.district,
            code=given.code,
            name=given.name,
            short_name=given.short_name or given.name,
            kind=given.kind,
            area=given.area,
            active_from=localdate(now),
        )
        for given in bodies
    ]
    _save(rows)
    ids = dict(Body.objects.filter(district=by.district).values_list("code", "pk"))
    _set_parents(bodies, ids)
    _add_spellings(by.district, [(alias, ids[given.code]) for given in bodies for alias in given.aliases])
    _renew(by.district)
    return {given.code: ids[given.code] for given in bodies}


@transaction.atomic
def create_body(by: Actor, body: NewBody, now: datetime) -> int:
    """Make one unit; its id. Raises ``Conflict`` when its code or name is taken."""
    taken = Body.objects.filter(district=by.district)
    if taken.filter(code=body.code).exists() or taken.filter(name=body.name).exists():
        raise Conflict("已有相同代码或名称的单位。")
    return create_bodies(by, [body], now)[body.code]


@transaction.atomic
def close_body(by: Actor, body_id: int, now: datetime) -> None:
    """End a unit's life today: it gets no more orders and its bearings end; old orders keep its name."""
    _must_edit(by)
    today = localdate(now)
    if not Body.objects.filter(district=by.district, pk=body_id).update(active_to=today):
        raise NotFound
    Bearing.objects.filter(district=by.district, body_id=body_id, valid_to=None).update(valid_to=today)
    _renew(by.district)


@transaction.atomic
def add_aliases(by: Actor, aliases: Sequence[tuple[str, int]]) -> None:
    """Teach spellings: (as written, body id). A spelling known before now means the new body."""
    _must_edit(by)
    _add_spellings(by.district, aliases)
    _renew(by.district)


@transaction.atomic
def set_bearings(by: Actor, bearings: Sequence[NewBearing], now: datetime) -> None:
    """Say who bears what from today on; whoever bore it before is ended today. Unnamed duties stay.

    Raises ``Denied``; ``Invalid`` for an area outside the district; ``NotFound`` for an unknown body.
    """
    _must_edit(by)
    wanted = {(given.duty, given.area): given.body_id for given in bearings}
    if any(not area.startswith(str(by.district)) for _, area in wanted):
        raise Invalid("区域不在本区。")
    known = set(Body.objects.filter(district=by.district).values_list("pk", flat=True))
    if not known.issuperset(wanted.values()):
        raise NotFound("有的单位不存在。")
    today = localdate(now)
    held = Bearing.objects.filter(district=by.district, valid_to=None)
    ended = [row for row in held if wanted.get((row.duty, row.area), row.body_id) != row.body_id]
    _end(ended, today)
    kept = {(row.duty, row.area) for row in held.all()}
    Bearing.objects.bulk_create(
        Bearing(district=by.district, duty=duty, area=area, body_id=body_id, valid_from=today)
        for (duty, area), body_id in wanted.items()
        if (duty, area) not in kept
    )
    _renew(by.district)


def _save(rows: Sequence[Body]) -> None:
    try:
        with transaction.atomic():
            Body.objects.bulk_create(
                rows,
                update_conflicts=True,
                unique_fields=["district", "code"],
                update_fields=["name", "short_name", "kind", "area"],
            )
    except IntegrityError:
        raise Conflict("有两个单位的代码或名称相同。") from None


def _end(rows: Sequence[Bearing], today: date) -> None:
    # A bearing that began today never held for a whole day: it goes, so that no day has two bearers.
    new, old = [[r.pk for r in rows if (r.valid_from == today) is is_new] for is_new in (True, False)]
    Bearing.objects.filter(pk__in=new).delete()
    Bearing.objects.filter(pk__in=old).update(valid_to=today)


def _set_parents(bodies: Sequence[NewBody], ids: dict[str, int]) -> None:
    for given in bodies:
        if given.parent:
            if given.parent not in ids:
                raise Invalid(_("上级单位 %(code)s 不存在。") % {"code": given.parent})
            Body.objects.filter(pk=ids[given.code]).update(parent_id=ids[given.parent])


def _add_spellings(district: int, aliases: Sequence[tuple[str, int]]) -> None:
    spelt = {normal_unit_name(text): body_id for text, body_id in aliases}
    BodyAlias.objects.bulk_create(
        [BodyAlias(district=district, name=name, body_id=body_id) for name, body_id in spelt.items() if name],
        update_conflicts=True,
        unique_fields=["district", "name"],
        update_fields=["body"],
    )


def _must_edit(by: Actor) -> None:
    if not by.may_everywhere(Permission.BODY_EDIT):
        raise Denied


def _renew(district: int) -> None:
    Register.objects.update_or_create(pk=district, defaults={"revision": secrets.randbits(62)})
    forget(district)
    transaction.on_commit(lambda: forget(district))
