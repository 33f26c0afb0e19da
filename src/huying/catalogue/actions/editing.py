"""Changing a draft line by line. Each function says the wanted end, so that doing it twice changes nothing more."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from huying.access.actor import Actor
from huying.catalogue.actions.writing import (
    condition_columns,
    draft_locked,
    item_columns,
    kind_columns,
    touch,
)
from huying.catalogue.models import Condition, Edition, Item, KindLimit
from huying.catalogue.rules import AppealKind
from huying.catalogue.rules.checking import condition_faults, item_faults, must_be_sound
from huying.catalogue.rules.limits import Limits
from huying.catalogue.rules.lines import ConditionLine, ItemLine
from huying.kernel.errors import NotFound
from huying.kernel.saying import said


@transaction.atomic
def put_item(
    by: Actor, edition_id: int, line: ItemLine, now: datetime, seen_at: datetime | None = None
) -> None:
    """Add an item with its conditions, or make the item of this code say exactly ``line``.

    ``seen_at`` is the edition's ``edited_at`` the editor saw. Raises Invalid (fields named), Denied, NotFound,
    Conflict when the edition is no draft, StaleVersion.
    """
    must_be_sound(item_faults(line))
    edition = draft_locked(by, edition_id, seen_at)
    item, _ = Item.objects.update_or_create(edition=edition, code=line.code, defaults=item_columns(line))
    item.conditions.all().delete()
    Condition.objects.bulk_create(
        [Condition(item=item, number=each.number, **condition_columns(each)) for each in line.conditions]
    )
    touch(edition, now)


@transaction.atomic
def put_items(by: Actor, edition_id: int, lines: Iterable[ItemLine], now: datetime) -> None:
    """Several items, all of them or none. Raises as ``put_item``."""
    for line in lines:
        put_item(by, edition_id, line, now)


@transaction.atomic
def remove_item(
    by: Actor, edition_id: int, code: str, now: datetime, seen_at: datetime | None = None
) -> None:
    """Take an item out of a draft; one that is not there is no error. Raises as ``put_item``."""
    edition = draft_locked(by, edition_id, seen_at)
    edition.items.filter(code=code).delete()
    touch(edition, now)


@transaction.atomic
def put_condition(
    by: Actor,
    edition_id: int,
    code: str,
    line: ConditionLine,
    now: datetime,
    seen_at: datetime | None = None,
) -> None:
    """Add a condition to an item, or make the one of this number say exactly ``line``. Raises as ``put_item``."""
    must_be_sound(condition_faults(line))
    edition = draft_locked(by, edition_id, seen_at)
    Condition.objects.update_or_create(
        item=_item(edition, code), number=line.number, defaults=condition_columns(line)
    )
    touch(edition, now)


@transaction.atomic
def add_condition(by: Actor, edition_id: int, code: str, line: ConditionLine, now: datetime) -> int:
    """Add a condition under the next free number, whatever number ``line`` has; return it. Raises as ``put_item``."""
    edition = draft_locked(by, edition_id)
    numbers = _item(edition, code).conditions.values_list("number", flat=True)
    number = max(numbers, default=0) + 1
    put_condition(by, edition_id, code, replace(line, number=number), now)
    return number


@transaction.atomic
def remove_condition(
    by: Actor, edition_id: int, code: str, number: int, now: datetime, seen_at: datetime | None = None
) -> None:
    """Take a condition out; the others keep their numbers, which cases refer to. Raises as ``put_item``."""
    edition = draft_locked(by, edition_id, seen_at)
    _item(edition, code).conditions.filter(number=number).delete()
    touch(edition, now)


@transaction.atomic
def put_kind_limits(
    by: Actor,
    edition_id: int,
    kind: AppealKind,
    limits: Limits,
    now: datetime,
    seen_at: datetime | None = None,
) -> None:
    """Set the limits of one kind of appeal. Raises as ``put_item``."""
    edition = draft_locked(by, edition_id, seen_at)
    KindLimit.objects.update_or_create(edition=edition, kind=kind, defaults=kind_columns(limits))
    touch(edition, now)


def _item(edition: Edition, code: str) -> Item:
    item = edition.items.filter(code=code).first()
    if item is None:
        raise NotFound(said("这份草稿里没有事项 %(code)s。", code=code))
    return item
