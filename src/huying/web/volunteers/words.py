"""Musters, volunteers and projects in words and marks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.places.queries import Level, area_name, areas
from huying.volunteers.policy import may_at
from huying.volunteers.queries import MusterLine, VolunteerRow, skills
from huying.volunteers.rules.crediting import hours
from huying.volunteers.rules.kinds import Phase, ProjectState, Standing
from huying.web.components import Chip, Tone

_PHASES = {
    Phase.GATHERING: Tone.ACCENT, Phase.RUNNING: Tone.ACCENT, Phase.FULL: Tone.GREEN, Phase.OVER: Tone.AMBER,
    Phase.CLOSED: Tone.DONE,
}  # fmt: skip
_STANDINGS = {Standing.HELD: Tone.ACCENT, Standing.PRESENT: Tone.GREEN, Standing.DONE: Tone.DONE}
# What the platform brings along as data, so that it has its English.
_NAMED = (
    gettext_noop("环境清洁"), gettext_noop("秩序维护"), gettext_noop("探访陪伴"), gettext_noop("送餐送药"),
    gettext_noop("水电维修"), gettext_noop("家电维修"), gettext_noop("理发"), gettext_noop("开车接送"),
    gettext_noop("课业辅导"), gettext_noop("教用手机"), gettext_noop("法律咨询"), gettext_noop("邻里调解"),
    gettext_noop("文体活动"), gettext_noop("宣传写作"),
)  # fmt: skip
_STATES = {ProjectState.RUNNING: Tone.ACCENT, ProjectState.LATE: Tone.RED, ProjectState.DONE: Tone.DONE}


@dataclass(frozen=True, slots=True)
class MusterRow:
    """One muster of a list, in words."""

    row: MusterLine
    where: str
    phase: Chip
    came: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One volunteer of a list, in words."""

    row: VolunteerRow
    where: str
    skills: str
    days: str
    times: str
    hours: str


def phase_chip(phase: Phase) -> Chip:
    """How a muster stands."""
    return Chip(_(phase.zh), _PHASES.get(phase, Tone.PLAIN), phase.value)


def standing_chip(standing: Standing) -> Chip:
    """How somebody stands in a muster."""
    return Chip(_(standing.zh), _STANDINGS.get(standing, Tone.PLAIN), standing.value)


def state_chip(state: ProjectState) -> Chip:
    """How a project stands."""
    return Chip(_(state.zh), _STATES.get(state, Tone.PLAIN), state.value)


def muster_rows(district: int, rows: Iterable[MusterLine]) -> list[MusterRow]:
    """Musters in words."""
    return [
        MusterRow(row, area_name(district, row.area), phase_chip(row.phase), hours(row.minutes))
        for row in rows
    ]


def person_rows(district: int, rows: Iterable[VolunteerRow]) -> list[PersonRow]:
    """Volunteers in words."""
    names = skills(district)
    return [
        PersonRow(
            row, area_name(district, row.area), skill_words(names, row.skills), _(row.hours.words[0]),
            _(row.hours.words[1]), hours(row.minutes),
        )
        for row in rows
    ]  # fmt: skip


def skill_words(names: Mapping[str, str], codes: Iterable[str]) -> str:
    """Skills by name; ``names``: those of the district."""
    return "、".join(_(names.get(code, code)) for code in codes)


def skill_choices(district: int) -> list[tuple[str, str]]:
    """(code, name) of every skill."""
    return [(code, _(name)) for code, name in skills(district).items()]


def area_choices(actor: Actor, permission: Permission, levels: Iterable[Level]) -> list[tuple[str, str]]:
    """(code, name) of the areas of these levels in which the actor holds the permission."""
    return [
        (row.code, area_name(actor.district, row.code))
        for level in levels
        for row in areas(actor.district, level)
        if may_at(actor, permission, row.code)
    ]


def same_day(line: MusterLine) -> bool:
    """Whether it ends on the day it begins."""
    return localdate(line.starts_at) == localdate(line.ends_at)


def span_short(seconds: int | None) -> str:
    """How long something took; a dash for what did not happen."""
    if seconds is None:
        return "—"
    minutes = seconds // 60
    if minutes < 1:
        return _("不到 1 分钟")
    if minutes < 60:
        return _("%(minutes)d 分钟") % {"minutes": minutes}
    return _("%(hours)d 小时 %(minutes)d 分") % {"hours": minutes // 60, "minutes": minutes % 60}
