"""The campaigns' part of an erasure by law."""

from collections import Counter

from huying.cases.rules.erasing import Going, Gone
from huying.prevent.campaigns.models import Task


def erase(going: Going) -> Counter[Gone]:
    """Take away what a grid worker wrote of a finding that became one of the cases; that it was found stays."""
    rows = Task.objects.filter(district=going.district, case_id__in=going.whole).exclude(words="")
    return Counter({Gone.TASK: rows.update(words="")})
