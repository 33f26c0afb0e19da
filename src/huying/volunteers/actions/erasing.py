"""The volunteers' part of an erasure by law: who somebody was goes, that so many hours were given stays."""

from collections import Counter
from collections.abc import Collection

from huying.cases.rules.erasing import Going, Gone
from huying.volunteers.actions.leaving import forget, leave
from huying.volunteers.models import Volunteer


def erase(going: Going) -> Counter[Gone]:
    """Strike these callers off as volunteers; the numbers of their rows lead to nobody from then on."""
    rows = Volunteer.objects.filter(district=going.district, caller_id__in=going.callers)
    found = list(rows.order_by("id"))
    for row in found:
        if row.left_at is None:
            leave(going.district, row.caller_id, going.now)
        else:
            forget(row)
            row.save()
    return Counter({Gone.VOLUNTEER: len(found)})


def volunteering(district: int, callers: Collection[int]) -> set[int]:
    """Which of these callers are volunteers now."""
    rows = Volunteer.objects.filter(district=district, caller_id__in=callers, left_at=None)
    return set(rows.values_list("caller_id", flat=True))
