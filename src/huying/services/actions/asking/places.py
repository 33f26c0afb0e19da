"""A place in a slot: taken by one statement that the row itself bounds, and given back."""

from datetime import datetime

from django.db.models import F

from huying.kernel.errors import Conflict
from huying.services.models import Slot


def take_place(district: int, slot_id: int, service_id: int, since: datetime) -> Slot:
    """Take one of the places that are left in a slot that begins at ``since`` or later; in the caller's transaction.

    However many take at once, no more are taken than there are: the row is changed only while one is left. Raises
    Conflict where none is, or the slot is no more.
    """
    taken = Slot.objects.filter(
        district=district, id=slot_id, service_id=service_id, cancelled_at=None, starts_at__gte=since,
        taken__lt=F("capacity"),
    ).update(taken=F("taken") + 1)  # fmt: skip
    if not taken:
        raise Conflict("这个时段刚刚约满或已取消，请另选一个。", fields={"slot": "请另选一个时段"})
    return Slot.objects.get(district=district, id=slot_id)


def give_back(district: int, slot_id: int | None) -> None:
    """Somebody else may have the place; in the caller's transaction."""
    if slot_id is not None:
        Slot.objects.filter(district=district, id=slot_id, taken__gt=0).update(taken=F("taken") - 1)
