"""Allocation's part of an erasure by law: what texts taught, and what rulings said of them."""

from collections import Counter

from huying.cases.rules.erasing import Going, Gone
from huying.loop.allocate.actions.teaching import unlearn
from huying.loop.allocate.models import ItemLesson, Precedent


def erase(going: Going) -> Counter[Gone]:
    """Take away the lessons of all cases, with the machine they taught, and the grounds of rulings on whole ones.

    A precedent goes on binding: it says what belongs to whom, and where. The machine is taught again without them.
    """
    lessons, _each = ItemLesson.objects.filter(district=going.district, case_id__in=going.cases).delete()
    if lessons:
        unlearn(going.district, going.now)
    ruled = Precedent.objects.filter(district=going.district, case_id__in=going.whole).exclude(grounds="")
    return Counter({Gone.LESSON: lessons, Gone.GROUNDS: ruled.update(grounds="")})
