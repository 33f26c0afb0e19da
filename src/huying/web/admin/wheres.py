"""Choices that several forms share: areas, units, roles."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from huying.access.roles import Role
from huying.people.queries import bodies
from huying.places.queries import Level, area_name, areas

Pairs = list[tuple[str, str]]
Groups = list[tuple[str, Pairs]]


def area_choices(code: int, depth: Level = Level.GRID) -> Groups:
    """The whole district first, then streets, communities and grids down to ``depth``."""
    levels: Sequence[Level] = (Level.STREET, Level.COMMUNITY, Level.GRID)
    groups: Groups = [(_("全区"), [(str(code), area_name(code, str(code)))])]
    for level in levels[: levels.index(depth) + 1]:
        found = [(area.code, area_name(code, area.code)) for area in areas(code, level)]
        if found:
            groups.append((_(level.zh), found))
    return groups


def body_choices(code: int, now: datetime) -> Groups:
    """Every active unit, by kind."""
    groups: dict[str, Pairs] = {}
    for body in bodies(code, now):
        groups.setdefault(_(body.kind.zh), []).append((str(body.id), body.short_name or body.name))
    return list(groups.items())


def role_choices() -> Pairs:
    """Every post a person may hold."""
    return [(role.value, _(role.zh)) for role in Role if role is not Role.RESIDENT]
