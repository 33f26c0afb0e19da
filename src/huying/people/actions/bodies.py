"""Units, their spellings and what they bear: the only writers."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from huying.kernel.saying import said
from huying.people.actions.telling import place_words
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


@transaction.atomic
def create_bodies(by: Actor, bodies: Sequence[NewBody], now: datetime) -> dict[str, int]:
    """Make units in the actor's district; code → id. Units whose code is known are renewed.

    Raises ``Denied``; ``Invalid`` for a unit without code or name, or a parent that is nowhere;
    ``Conflict`` for two units of one name.
    """
    must_edit_bodies(by)
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
    renew_register(by.district)
    return {given.code: ids[given.code] for given in bodies}


@transaction.atomic
def create_body(by: Actor, body: NewBody, now: datetime) -> int:
    """Make one unit; its id. Raises ``Conflict`` when its code or name is taken."""
    taken = Body.objects.filter(district=by.district)
    if taken.filter(code=body.code).exists() or taken.filter(name=body.name).exists():
        raise Conflict("已有相同代码或名称的单位。")
    made = create_bodies(by, [body], now)[body.code]
    note_change(by, _change(Body.objects.get(pk=made), Deed.CREATE, {}), now)
    return made


@transaction.atomic
def rename_body(by: Actor, body_id: int, name: str, short_name: str, kind: BodyKind, now: datetime) -> None:
    """Let a unit be called otherwise; its old names stay spellings of it, so that old orders and imports find it.

    Raises ``Denied``, ``NotFound``, ``Invalid`` without a name, ``Conflict`` for a name that is taken.
    """
    row = _held(by, body_id)
    name, short_name = name.strip(), short_name.strip() or name.strip()
    if not name:
        raise Invalid("名称要填。", fields={"name": _("名称要填。")})
    if Body.objects.filter(district=by.district, name=name).exclude(pk=body_id).exists():
        raise Conflict("已有同名的单位。", fields={"name": _("已有同名的单位。")})
    before, old = _words(row), (row.name, row.short_name)
    row.name, row.short_name, row.kind = name, short_name, kind.value
    row.save(update_fields=["name", "short_name", "kind"])
    _add_spellings(by.district, [(one, body_id) for one in old if one not in (name, short_name)])
    note_change(by, _change(row, Deed.CHANGE, before), now)
    renew_register(by.district)


@transaction.atomic
def close_body(by: Actor, body_id: int, now: datetime) -> None:
    """End a unit's life today: it gets no more orders and its bearings end; old orders keep its name."""
    row = _held(by, body_id)
    if row.active_to is not None:
        return
    today = localdate(now)
    note_change(by, _change(row, Deed.STOP, _words(row)), now)
    row.active_to = today
    row.save(update_fields=["active_to"])
    Bearing.objects.filter(district=by.district, body_id=body_id, valid_to=None).update(valid_to=today)
    renew_register(by.district)


@transaction.atomic
def reopen_body(by: Actor, body_id: int, now: datetime) -> None:
    """Let a closed unit get orders again. What it bore stays ended: by now another may bear it."""
    row = _held(by, body_id)
    if row.active_to is None:
        return
    row.active_to = None
    row.save(update_fields=["active_to"])
    note_change(by, _change(row, Deed.START, {}), now)
    renew_register(by.district)


@transaction.atomic
def add_aliases(by: Actor, aliases: Sequence[tuple[str, int]]) -> None:
    """Teach spellings: (as written, body id). A spelling known before now means the new body."""
    must_edit_bodies(by)
    _add_spellings(by.district, aliases)
    renew_register(by.district)


def _held(by: Actor, body_id: int) -> Body:
    """A unit of the actor's district, held until the end of the transaction. Raises ``Denied``, ``NotFound``."""
    must_edit_bodies(by)
    row = Body.objects.select_for_update().filter(district=by.district, pk=body_id).first()
    if row is None:
        raise NotFound
    return row


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


def _set_parents(bodies: Sequence[NewBody], ids: dict[str, int]) -> None:
    for given in bodies:
        if given.parent:
            if given.parent not in ids:
                raise Invalid(said("上级单位 %(code)s 不存在。", code=given.parent))
            Body.objects.filter(pk=ids[given.code]).update(parent_id=ids[given.parent])


def _add_spellings(district: int, aliases: Sequence[tuple[str, int]]) -> None:
    spelt = {normal_unit_name(text): body_id for text, body_id in aliases}
    BodyAlias.objects.bulk_create(
        [BodyAlias(district=district, name=name, body_id=body_id) for name, body_id in spelt.items() if name],
        update_conflicts=True,
        unique_fields=["district", "name"],
        update_fields=["body"],
    )


def _words(row: Body) -> dict[str, str]:
    return {
        "全称": row.name,
        "简称": row.short_name,
        "类别": BodyKind(row.kind).zh,
        "管哪里": place_words(row.district, row.area),
    }


def _change(row: Body, deed: Deed, before: Mapping[str, str]) -> NewChange:
    after = {} if deed is Deed.STOP else _words(row)
    return NewChange(Subject.BODY, str(row.pk), row.name, deed, before, after)


def must_edit_bodies(by: Actor) -> None:
    """Raises ``Denied`` for who does not keep the units."""
    if not by.may_everywhere(Permission.BODY_EDIT):
        raise Denied


def renew_register(district: int) -> None:
    """Units, spellings or bearings have changed: whoever holds them reads them anew."""
    Register.objects.update_or_create(pk=district, defaults={"revision": secrets.randbits(62)})
    forget(district)
    transaction.on_commit(lambda: forget(district))
