"""The notices' part of an erasure by law: messages go whole, sent or waiting."""

from collections import Counter

from django.db.models import Q

from huying.cases.rules.erasing import Going, Gone
from huying.notices.models import Notice, OptOut


def erase(going: Going) -> Counter[Gone]:
    """Strike what was told of these cases and to these callers, and the digests that told it again.

    What other callers of a shared case were told in their own words stays theirs.
    """
    of = Notice.objects.filter(district=going.district)
    about = Q(case_id__in=going.shared) & (Q(caller_id=None) | Q(caller_id__in=going.persons))
    meant = of.filter(Q(case_id__in=going.whole) | about | Q(caller_id__in=going.callers))
    digests = [one for one in meant.values_list("gathered_in", flat=True).distinct() if one is not None]
    gone = of.filter(id__in=digests).delete()[0] + meant.delete()[0]
    OptOut.objects.filter(district=going.district, caller_id__in=going.callers).delete()
    return Counter({Gone.NOTICE: gone})
