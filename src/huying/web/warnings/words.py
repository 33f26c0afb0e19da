"""Warnings in words: how sure, how many against how many, where and since when."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from huying.prevent.warnings.queries.lists import WarningLine
from huying.prevent.warnings.rules.kinds import Verdict, WarningState
from huying.prevent.warnings.rules.space import Reach
from huying.web.components import Chip, MapPoint, MapView, Tone

_HARDLY: Final = 0.1
_TONES: Mapping[WarningState, Tone] = {
    WarningState.NEW: Tone.AMBER,
    WarningState.ACKNOWLEDGED: Tone.ACCENT,
    WarningState.CAMPAIGN: Tone.ACCENT,
    WarningState.MUTED: Tone.PAUSED,
    WarningState.SETTLED: Tone.DONE,
}


def row_of(line: WarningLine) -> Mapping[str, Any]:
    """A line with its address and its words."""
    return {
        "line": line, "href": reverse("warning:one", args=[line.id]), "state": state_chip(line), "sure": sure(line),
        "count": count(line), "where": where(line),
    }  # fmt: skip


def state_chip(line: WarningLine) -> Chip:
    """How it stands; once settled, what it was."""
    if line.verdict is not None:
        return Chip(
            _(line.verdict.zh), Tone.DONE if line.verdict is Verdict.TRUE else Tone.PLAIN, line.verdict.value
        )
    return Chip(_(line.state.zh), _TONES[line.state], line.state.value)


def sure(line: WarningLine) -> str:
    """How seldom quiet months bring so strong a rise."""
    if line.chance >= 1:
        return _("平静的月份也会有 %(n).0f 次这样的起伏") % {"n": line.chance}
    seldom = 1 / max(line.chance, 1e-6)
    if seldom >= 120:
        return _("平静时十年也难遇一次")
    if seldom >= 12:
        return _("平静时约 %(n).0f 年一次") % {"n": seldom / 12}
    return _("平静时约 %(n).1f 个月一次") % {"n": seldom}


def count(line: WarningLine) -> str:
    """How many against how many."""
    if line.expected < _HARDLY:
        return _("%(days)d 天 %(seen)d 件，往常几乎没有") % {"days": line.days, "seen": line.seen}
    given = {"days": line.days, "seen": line.seen, "usual": f"{line.expected:.1f}"}
    return _("%(days)d 天 %(seen)d 件，往常约 %(usual)s 件") % given


def where(line: WarningLine) -> str:
    """The area by name; of a neighbourhood that crosses borders, that it is one."""
    return (
        _("%(area)s 一片（约 800 米）") % {"area": line.area_name}
        if line.reach is Reach.AROUND
        else line.area_name
    )


def window(line: WarningLine) -> tuple[str, str]:
    """The first and last day of what is counted."""
    return (line.last_day - timedelta(days=line.days - 1)).isoformat(), line.last_day.isoformat()


def map_of(lines: Sequence[WarningLine]) -> MapView:
    """Every warning that has a place, as a point that opens it."""
    points = [
        MapPoint(
            line.lon, line.lat, f"{line.item_name} · {where(line)}", reverse("warning:one", args=[line.id]),
            Tone.AMBER if line.state is WarningState.NEW else Tone.ACCENT, count(line),
        )
        for line in lines
        if line.lon is not None and line.lat is not None
    ]  # fmt: skip
    middle = (points[0].lon, points[0].lat) if points else None
    return MapView("warnings", _("预警在哪里"), {}, points, middle, 12.5)
