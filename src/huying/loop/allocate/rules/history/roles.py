"""What a body is to the place of a case: "this street's enforcement team" is one role in every street.

Experience is kept by role, so what was learned in one street serves all of them, and a community station
that has not yet had a single case is suggested as soon as any other station has.
"""

from collections.abc import Callable
from typing import Final

from huying.loop.allocate.rules.history.contexts import Features

Relate = Callable[[str, Features], str]

_SUFFIXES: Final = ("街道", "社区", "镇", "乡", "村")


def stem(area: str) -> str:
    """An area's name without its level: 龙田街道 and 龙田社区 are both 龙田 in units' names."""
    for suffix in _SUFFIXES:
        if area.endswith(suffix) and len(area) > len(suffix) + 1:
            return area[: -len(suffix)]
    return area


def role_by_name(body: str, features: Features) -> str:
    """The body's name with the case's own community and street taken out; others keep their names."""
    role = body
    if features.community:
        role = role.replace(features.community, "<社区>")
    if features.street:
        role = role.replace(features.street, "<街道>").replace(stem(features.street) + "(", "<街道>(")
    return role
