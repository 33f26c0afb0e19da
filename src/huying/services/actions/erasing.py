"""This package's part of an erasure by law: who asked for a service; that it was asked for stays as a number."""

from collections import Counter
from collections.abc import Collection

from huying.cases.rules.erasing import Going, Gone
from huying.kernel.errors import Conflict
from huying.services.actions.asking.reminding import SEALED
from huying.services.models import Ask, FacilityPhoto
from huying.services.rules.kinds import WAITING


def erase(going: Going) -> Counter[Gone]:
    """Take names, numbers, addresses, words and reviews from what these callers asked for.

    Raises Conflict for what still waits: it could not be done for nobody.
    """
    rows = Ask.objects.filter(district=going.district, caller_id__in=going.callers)
    if rows.filter(state__in=[one.value for one in WAITING]).exists():
        raise Conflict("这个人还有没办完的服务点单，办完或取消后才能删除。")
    gone = rows.update(cleared_at=going.now, caller_id=None, **dict.fromkeys(SEALED))
    return Counter({Gone.SERVICE: gone})


def held(district: int, paths: Collection[str]) -> set[str]:
    """Which of these files are photos of facilities."""
    rows = FacilityPhoto.objects.filter(district=district, path__in=paths)
    return set(rows.values_list("path", flat=True))
