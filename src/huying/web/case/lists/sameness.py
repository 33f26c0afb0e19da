"""Why a case may be the same matter, in words a person can check."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _

from huying.cases.queries.lists.queue import CaseFilter, CaseLine, queue_for
from huying.loop.allocate.queries.alike import Match, ranked_like
from huying.loop.allocate.rules.sameness.likeness import Likeness
from huying.web.case import showing
from huying.web.components import Chip
from huying.web.guard import StaffRequest

_HERE: Final = 15
_MOST_WORDS: Final = 60
_LOOKED: Final = 12


@dataclass(frozen=True, slots=True)
class Alike:
    """One case that may be the same: its line, its state, why, and how likely in per cent."""

    line: CaseLine
    state: Chip
    why: str
    share: int


def shown(matches: Sequence[Match]) -> list[Alike]:
    """The matches as they are shown, in the order given."""
    return [
        Alike(
            one.line, showing.state_chip(one.line.state), why(one.likeness), round(one.likeness.score * 100)
        )
        for one in matches
    ]


def why(found: Likeness) -> str:
    """相距 30 米 · 2 小时前后 · 同一事项 · 都说“井盖”."""
    told = [_metres(found.metres), _time(found.apart), _("同一事项") if found.same_item else ""]
    if found.words:
        told.append(_("都说“%(words)s”") % {"words": "”“".join(found.words)})
    return " · ".join(part for part in told if part)


def _metres(metres: int | None) -> str:
    if metres is None:
        return ""
    return _("同一处") if metres <= _HERE else _("相距 %(metres)s 米") % {"metres": metres}


def _time(apart: timedelta) -> str:
    minutes = round(apart / timedelta(minutes=1))
    if minutes < 60:
        return _("前后 %(n)d 分钟") % {"n": max(1, minutes)}
    if minutes < 48 * 60:
        return _("前后 %(n)d 小时") % {"n": round(minutes / 60)}
    return _("前后 %(n)d 天") % {"n": round(minutes / 1440)}


def looked_up(request: StaffRequest, line: CaseLine, words: str) -> list[Alike]:
    """Open cases found by words or by a number, those that are most like the case first."""
    return shown(searched(request, line, words))


def searched(request: StaffRequest, line: CaseLine, words: str) -> list[Match]:
    """The open cases that hold the words, or bear the number, by how like the case they are."""
    words = words.strip()[:_MOST_WORDS]
    if not words:
        return []
    found = queue_for(request.actor, CaseFilter(text=words), request.now, limit=_LOOKED).lines
    return ranked_like(line, [one for one in found if one.id != line.id], request.now)
