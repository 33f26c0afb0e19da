"""How a person and a building stand, in words for a page."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from huying.access.actor import Actor
from huying.places.queries import Level, area_words, areas
from huying.residents.queries import BuildingInfo, PersonLine
from huying.residents.rules.kinds import CareLevel, Sex
from huying.web.components import Chip, Tone

TONES = {CareLevel.HIGH: Tone.AMBER, CareLevel.KEY: Tone.ACCENT, CareLevel.GENERAL: Tone.PLAIN}


@dataclass(frozen=True, slots=True)
class Line:
    """One person of a list."""

    row: PersonLine
    who: str
    grid: str
    chips: list[Chip]
    level: Chip | None


def line_of(actor: Actor, row: PersonLine) -> Line:
    """A person in words."""
    return Line(row, who_of(row), area_words(actor.district, row.area), chips_of(row), level_of(row))


def who_of(row: PersonLine) -> str:
    """女，84 岁."""
    sex = _(Sex(row.sex).zh) if row.sex else ""
    age = _("%(n)d 岁") % {"n": row.age} if row.age is not None else ""
    return "，".join(part for part in (sex, age) if part)


def chips_of(row: PersonLine) -> list[Chip]:
    """Their kinds; what the reader may not be told stands as hidden."""
    return [Chip(_(one.name)) for one in row.labels]


def level_of(row: PersonLine) -> Chip | None:
    """How urgent; None for who is no key person."""
    return Chip(_(row.level.zh), TONES[row.level], row.level.value) if row.level else None


def places_of(actor: Actor, permission: object, deepest: Level = Level.GRID) -> list[tuple[str, str]]:
    """The communities and grids within the actor's posts of a permission, as answers of a filter."""
    scopes = tuple(grant.area for grant in actor.grants if grant.may(permission))  # type: ignore[arg-type]
    levels = (Level.COMMUNITY, Level.GRID) if deepest is Level.GRID else (Level.STREET, Level.COMMUNITY)
    return [
        (one.code, area_words(actor.district, one.code))
        for level in levels
        for one in areas(actor.district, level)
        if one.code.startswith(scopes)
    ]


def building_words(actor: Actor, row: BuildingInfo) -> str:
    """Where it stands."""
    return area_words(actor.district, row.area)
