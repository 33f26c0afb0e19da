"""Subscriptions made, changed and taken away; their secrets, each shown once."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db import transaction

from huying.access.actor import Actor
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.cases.lifecycle import Verb
from huying.catalogue.rules import AppealKind
from huying.kernel.errors import Conflict, Invalid, NotFound
from huying.kernel.outward import Outward, Resolver, resolved
from huying.kernel.saying import said
from huying.people.models.keyring import keyring
from huying.people.queries import unit_names
from huying.webhooks.models import Subscription
from huying.webhooks.policy import owner_of, theirs
from huying.webhooks.queries.outside import allowed_outside
from huying.webhooks.queries.sealed import secret_place
from huying.webhooks.queries.subscriptions import filters_of
from huying.webhooks.rules.filters import Filters
from huying.webhooks.rules.kinds import Field
from huying.webhooks.rules.signing import ROTATION, new_secret

# Each is one more row for every step of every case.
MOST: Final = 50
_LONGEST_LIST: Final = 100


@dataclass(frozen=True, slots=True)
class NewSubscription:
    """What is asked for: where to, of what, and within which area and body; ``area`` "" is the whole district."""

    name: str
    address: str
    area: str = ""
    body_id: int | None = None
    filters: Filters = field(default_factory=Filters)
    fields: tuple[str, ...] = ()


def create(by: Actor, new: NewSubscription, now: datetime, resolver: Resolver = resolved) -> tuple[int, str]:
    """Subscribe; (its number, the secret that signs, which is never shown again).

    It is told of what happens from now on. Raises Denied; Invalid for an address that may not be called, or filters
    that do not exist; Conflict for a twin, and beyond ``MOST`` of a district.
    """
    key = owner_of(by)
    clean = _checked(by, new, resolver)
    with transaction.atomic():
        _must_be_room(by, clean)
        secret = new_secret()
        row = Subscription(
            district=by.district, key_id=key, secret_sealed=_sealed(by.district, secret), made_at=now,
            made_by=by.name[:60], leased_until=now, **_columns(clean),
        )  # fmt: skip
        row.save()
        note_change(by, NewChange(Subject.WEBHOOK, str(row.pk), row.name, Deed.CREATE, {}, _told(row)), now)
    return row.pk, secret


def change(
    by: Actor, number: int, new: NewSubscription, now: datetime, resolver: Resolver = resolved
) -> None:
    """Other name, address, filters or fields from now on; what waits goes to the new address.

    Raises Denied, NotFound, Invalid.
    """
    owner_of(by)
    clean = _checked(by, new, resolver)
    with transaction.atomic():
        row = held(by, number)
        before = _told(row)
        for name, value in _columns(clean).items():
            setattr(row, name, value)
        row.rest_until = None
        row.save()
        told = NewChange(Subject.WEBHOOK, str(row.pk), row.name, Deed.CHANGE, before, _told(row))
        note_change(by, told, now)


@transaction.atomic
def new_secret_for(by: Actor, number: int, now: datetime) -> str:
    """Another secret, shown once; for a day the one before signs too, so that the receiver may change it meanwhile.

    Raises Denied, NotFound.
    """
    row = held(by, number)
    secret = new_secret()
    row.old_sealed, row.old_until = row.secret_sealed, now + ROTATION
    row.secret_sealed = _sealed(by.district, secret)
    row.save(update_fields=["old_sealed", "old_until", "secret_sealed"])
    note_change(by, NewChange(Subject.WEBHOOK, str(row.pk), row.name, Deed.RESET), now)
    return secret


@transaction.atomic
def remove(by: Actor, number: int, now: datetime) -> None:
    """Take a subscription away; what waits is not sent any more, the log stays for its time. Raises Denied, NotFound."""
    row = held(by, number)
    row.removed_at = now
    row.save(update_fields=["removed_at"])
    note_change(by, NewChange(Subject.WEBHOOK, str(row.pk), row.name, Deed.DELETE, _told(row)), now)


def held(by: Actor, number: int) -> Subscription:
    """One of somebody's subscriptions, locked. Raises Denied, NotFound. Must run in a transaction."""
    rows = Subscription.objects.select_for_update().filter(theirs(by), pk=number, removed_at=None)
    row = rows.first()
    if row is None:
        raise NotFound
    return row


def _sealed(district: int, secret: str) -> bytes:
    return keyring().seal(secret, secret_place(district)) or b""


def _must_be_room(by: Actor, new: NewSubscription) -> None:
    rows = Subscription.objects.filter(district=by.district, removed_at=None)
    found = list(rows.values_list("name", flat=True))
    if new.name in found:
        text = "已有同名的订阅。"
        raise Conflict(text, fields={"name": text})
    if len(found) >= MOST:
        raise Conflict(said("最多 %(most)s 个订阅，请先删掉不用的。", most=MOST))


def _checked(by: Actor, new: NewSubscription, resolver: Resolver) -> NewSubscription:
    """What was asked for, without blanks and doubles. Raises Invalid, naming the field."""
    name = new.name.strip()
    if not name or len(name) > 60:
        raise Invalid("请填写名称，最多 60 字。", fields={"name": "请填写名称，最多 60 字。"})
    outward = Outward(allowed_outside(), resolver)
    try:
        outward.check(new.address.strip())
    except Invalid as error:
        raise Invalid(error.message, fields={"address": error.message}) from error
    finally:
        outward.close()
    if new.area and not new.area.startswith(str(by.district)):
        raise Invalid("区域须在本区。", fields={"area": "区域须在本区。"})
    _must_exist("verbs", new.filters.verbs, {one.value for one in Verb}, "没有这样的步骤。")
    _must_exist("kinds", new.filters.kinds, {one.value for one in AppealKind}, "没有这样的诉求类型。")
    _must_exist("fields", new.fields, {one.value for one in Field}, "没有这样的字段。")
    bodies = {*new.filters.bodies, *({new.body_id} if new.body_id is not None else ())}
    _must_exist("bodies", bodies, set(unit_names(by.district)), "单位不存在。")
    return NewSubscription(
        name,
        new.address.strip(),
        new.area,
        new.body_id,
        _clean(by, new.filters),
        tuple(sorted(set(new.fields))),
    )


def _clean(by: Actor, given: Filters) -> Filters:
    lists = {
        "areas": sorted({one.strip() for one in given.areas} - {""}),
        "items": sorted({one.strip() for one in given.items} - {""}),
    }
    for name, most in (("areas", 15), ("items", 32)):
        if len(lists[name]) > _LONGEST_LIST or any(len(one) > most for one in lists[name]):
            raise Invalid("填得太长。", fields={name: "填得太长。"})
    if not all(one.startswith(str(by.district)) for one in lists["areas"]):
        raise Invalid("区域须在本区。", fields={"areas": "区域须在本区。"})
    return Filters(
        sorted(set(given.verbs)),
        lists["areas"],
        lists["items"],
        sorted(set(given.kinds)),
        sorted(set(given.bodies)),
    )


def _must_exist(name: str, given: Iterable[object], known: Collection[object], text: str) -> None:
    if not set(given).issubset(known):
        raise Invalid(text, fields={name: text})


def _columns(new: NewSubscription) -> dict[str, object]:
    asked = new.filters
    return {
        "name": new.name, "address": new.address, "area": new.area, "body_id": new.body_id, "verbs": list(asked.verbs),
        "areas": list(asked.areas), "items": list(asked.items), "kinds": list(asked.kinds),
        "bodies": list(asked.bodies), "fields": list(new.fields),
    }  # fmt: skip


def _told(row: Subscription) -> Mapping[str, str]:
    asked, units = filters_of(row), unit_names(row.district)
    return {
        "名称": row.name, "网址": row.address, "管哪里": row.area or str(row.district),
        "代表单位": units.get(row.body_id or 0, ""), "步骤": "，".join(Verb(one).zh for one in asked.verbs),
        "区域": "，".join(asked.areas), "事项": "，".join(asked.items), "诉求类型": "，".join(asked.kinds),
        "单位": "，".join(units.get(one, str(one)) for one in asked.bodies),
        "字段": "，".join(Field(one).zh for one in row.fields),
    }  # fmt: skip
