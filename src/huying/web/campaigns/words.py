"""Campaigns in words, marks and points of a map."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from huying.prevent.campaigns.queries.campaigns import CampaignLine, TaskLine
from huying.prevent.campaigns.rules.effect import LEAST, Counts, Effect
from huying.prevent.campaigns.rules.kinds import CampaignState, Finding, TaskState
from huying.web.campaigns.photos import shown
from huying.web.components import Chip, MapPoint, MapView, Tone

_TONES: Final[Mapping[TaskState, Tone]] = {
    TaskState.OPEN: Tone.PLAIN, TaskState.LATE: Tone.RED, TaskState.DONE: Tone.GREEN,
}  # fmt: skip


def campaign_row(line: CampaignLine) -> Mapping[str, Any]:
    """A line with its address and its mark."""
    tone = Tone.ACCENT if line.state is CampaignState.RUNNING else Tone.DONE
    return {
        "line": line, "href": reverse("campaign:one", args=[line.id]), "origin": _(line.origin.zh),
        "state": Chip(_(line.state.zh), tone, line.state.value),
    }  # fmt: skip


def task_row(line: TaskLine) -> Mapping[str, Any]:
    """A task with its mark and its photos; done with something found is said as such."""
    text = _(line.finding.zh) if line.finding else _(line.state.zh)
    tone = Tone.AMBER if line.finding is Finding.FOUND else _TONES[line.state]
    return {"line": line, "chip": Chip(text, tone, line.state.value), "photos": shown(line.id, line.photos)}


def map_of(lines: Sequence[TaskLine]) -> MapView:
    """Every grid at its place, by how far it is."""
    points = [
        MapPoint(line.lon, line.lat, line.grid_name, tone=_TONES[line.state], note=_(line.state.zh))
        for line in lines
        if line.lon is not None and line.lat is not None
    ]
    middle = (points[len(points) // 2].lon, points[len(points) // 2].lat) if points else None
    return MapView("campaign", _("各网格办得怎么样"), {}, points, middle, 13.0)


def effect_words(counts: Counts, found: Effect | None) -> str:
    """What it changed, or plainly that nothing can be said."""
    if found is None:
        given = {"least": LEAST, "now": counts.now, "before": counts.before}
        return (
            _("件数太少（去年同期 %(before)d 件，今年 %(now)d 件，至少要 %(least)d 件），看不出成效。")
            % given
        )
    given_all: dict[str, Any] = {
        "change": f"{abs(100 * found.change):.0f}", "low": f"{100 * found.low:.0f}", "high": f"{100 * found.high:.0f}"
    }  # fmt: skip
    against = _("与没有开展的街道相比") if found.compared else _("与去年同期相比（没有可比的街道）")
    if not found.certain:
        words = _("变化 %(low)s%% 到 %(high)s%% 之间，分不清是成效还是偶然。")
    elif found.change < 0:
        words = _("减少 %(change)s%%（%(low)s%% 到 %(high)s%%）。")
    else:
        words = _("增加 %(change)s%%（%(low)s%% 到 %(high)s%%）。")
    return f"{against}{_('，')}{words % given_all}"
