"""The notices' part of an erasure by law: messages go whole, sent or waiting."""

from collections import Counter

from django.db.models import Q

from huying.cases.rules.erasing import Going, Gone
from huying.notices.models import Notice, OptOut
from huying.notices.rules.kinds import Sending


def erase(going: Going) -> Counter[Gone]:
    """Strike what was told of these cases and to these callers, and the digests that told it again.

    What else stood in a digest that was not sent yet is gathered into another. What other callers of a shared case were
    told in their own words stays theirs.
    """
    of = Notice.objects.filter(district=going.district)
    about = Q(case_id__in=going.shared) & (Q(caller_id=None) | Q(caller_id__in=going.persons))
    meant = of.filter(Q(case_id__in=going.whole) | about | Q(caller_id__in=going.callers))
    digests = [one for one in meant.values_list("gathered_in", flat=True).distinct() if one is not None]
    unsent = list(of.filter(id__in=digests, state=Sending.WAITING).values_list("id", flat=True))
    gone = meant.delete()[0]
    of.filter(gathered_in__in=unsent).update(state=Sending.GATHERING, gathered_in=None, sent_at=None)
    gone += of.filter(id__in=digests).delete()[0]
    OptOut.objects.filter(district=going.district, caller_id__in=going.callers).delete()
    return Counter({Gone.NOTICE: gone})
