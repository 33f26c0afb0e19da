"""Which versions of areas hold at a moment, and whether a change already decided still waits for its day."""

from datetime import datetime

from django.db.models import Q

from huying.places.models import Area, AreaChange
from huying.places.rules.changes import ChangeState


def in_force(at: datetime) -> Q:
    """The versions of areas that hold at a moment."""
    return Q(valid_from__lte=at) & (Q(valid_to__isnull=True) | Q(valid_to__gt=at))


def next_turn(district: int, after: datetime) -> datetime | None:
    """The next moment at which an area begins; None when no change waits."""
    found = Area.objects.filter(district=district, valid_from__gt=after).order_by("valid_from")
    return found.values_list("valid_from", flat=True).first()


def waiting(district: int, now: datetime, parent: str = "") -> datetime | None:
    """When the next change that has been decided takes effect, below ``parent`` or anywhere; None for none."""
    decided = AreaChange.objects.filter(
        district=district, state=ChangeState.IN_FORCE, valid_from__gt=now, parent_code__startswith=parent
    )
    return decided.order_by("valid_from").values_list("valid_from", flat=True).first()


def redrawn_codes(district: int, now: datetime) -> set[str]:
    """Every area that a change has begun, redrawn or ended so far."""
    decided = AreaChange.objects.filter(
        district=district, state=ChangeState.IN_FORCE, valid_from__lte=now
    ).values_list("codes", flat=True)
    return {code for codes in decided for code in codes}
