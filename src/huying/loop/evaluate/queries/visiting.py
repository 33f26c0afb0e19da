"""Who visits callers: the community where the matter lies, unless it had a part in the work; then its street."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from huying.people.queries import bodies
from huying.people.rules.kinds import BodyKind

_COMMUNITY: Final = 12
_STREET: Final = 9


def visitor_of(district: int, area: str, worked: Collection[int], now: datetime) -> int | None:
    """The unit that goes there: the community's, its street's, or another community's of that street.

    None where all of them had a part in the work, or where the place is not known to a street.
    """
    community, street = area[:_COMMUNITY], area[:_STREET]
    free = [one for one in bodies(district, now) if one.id not in worked and one.area.startswith(street)]
    if len(area) < _STREET:
        return None
    own = [one.id for one in free if one.kind is BodyKind.COMMUNITY and one.area == community]
    above = [one.id for one in free if one.kind is BodyKind.STREET and one.area == street]
    beside = [one.id for one in free if one.kind is BodyKind.COMMUNITY]
    return next(iter([*own, *above, *beside]), None)
