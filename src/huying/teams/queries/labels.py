"""How members are written in a square: by name, two of one name with the end of their phones."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count

from huying.teams.models import Member
from huying.teams.queries.members import near
from huying.teams.queries.phones import opened


def labels_of(district: int, area: str, members: Sequence[Member], now: datetime) -> dict[int, str]:
    """The label of each of these members at a post of an area; one query."""
    names = {one.name for one in members}
    if not names:
        return {}
    same = near(district, area, now).filter(name__in=names).values("name").annotate(n=Count("pk"))
    several = set(same.filter(n__gt=1).values_list("name", flat=True))
    return {one.pk: _label(one, one.name in several) for one in members}


def _label(one: Member, several: bool) -> str:
    tail = opened(one.district, one.phone_sealed)[-4:] if several else ""
    return f"{one.name} {tail}" if tail else one.name
