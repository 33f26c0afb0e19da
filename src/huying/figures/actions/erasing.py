"""The figures' part of an erasure by law: numbers stay, what was written about a case goes."""

from collections import Counter

from huying.cases.rules.erasing import ERASED, Going, Gone
from huying.figures.models import Exemption


def erase(going: Going) -> Counter[Gone]:
    """Take away why cases were left out of assessment, in whose words ever; that they were, and the ground, stays."""
    rows = Exemption.objects.filter(district=going.district, case_id__in=going.whole).exclude(words=ERASED)
    return Counter({Gone.EXEMPTION: rows.update(words=ERASED, reason="")})
