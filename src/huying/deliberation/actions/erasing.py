"""The deliberation's part of an erasure by law."""

from collections import Counter
from collections.abc import Collection

from huying.cases.rules.erasing import Going, Gone
from huying.deliberation.models import Follower, StepPhoto


def erase(going: Going) -> Counter[Gone]:
    """Strike these callers from those who wait to hear of a proposal. Who may vote stands on a register of its own."""
    rows = Follower.objects.filter(district=going.district, caller_id__in=going.callers)
    return Counter({Gone.FOLLOWER: rows.delete()[0]})


def following(district: int, callers: Collection[int]) -> set[int]:
    """Which of these callers wait to hear of a proposal."""
    rows = Follower.objects.filter(district=district, caller_id__in=callers)
    return set(rows.values_list("caller_id", flat=True))


def held(district: int, paths: Collection[str]) -> set[str]:
    """Which of these files are a photo of work that was decided."""
    rows = StepPhoto.objects.filter(step__proposal__district=district, path__in=paths)
    return set(rows.values_list("path", flat=True))
