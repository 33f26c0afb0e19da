"""What the case counts for where work is judged: its score line by line, and what was applied not to count."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huying.access.permissions import Permission as P
from huying.cases.lifecycle import CLOSED_STATES
from huying.cases.queries.page import CaseView
from huying.figures.queries import ExemptionInfo, exemptions_of_case, matter_of, offers_for
from huying.figures.queries.matters import LineWorth
from huying.web.components import Chip, Tone
from huying.web.guard import StaffRequest
from huying.web.present.formulas import spoken


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One line of the sheet: its name, what it was worth of how many points, and how it is reckoned."""

    name: str
    worth: str
    most: int
    reckoned: str
    whole: bool


def assessed_of(request: StaffRequest, case: CaseView) -> dict[str, Any] | None:
    """The panel of a case's page; None for who reads no figures, and where there is nothing to show or to apply for."""
    if not request.actor.may(P.FIGURE_READ):
        return None
    matter = matter_of(request.actor, case.line.id) if case.line.state in CLOSED_STATES else None
    asked = exemptions_of_case(request.actor, case.line.id)
    may_ask = request.actor.may(P.EXEMPTION_ASK) and bool(offers_for(request.actor, case.line.id))
    if matter is None and not asked and not may_ask:
        return None
    return {
        "score": f"{matter.score:.2f}" if matter else "",
        "version": matter.version if matter else 0,
        "lines": [_line(one) for one in matter.lines] if matter else [],
        "counts": [(_(measure.zh), number) for measure, number in matter.counts] if matter else [],
        "exemptions": [_exemption(one) for one in asked],
        "ask": reverse("assessment:ask", args=[case.line.number]) if may_ask else "",
    }


def _line(one: LineWorth) -> ScoreRow:
    name = one.line.en if get_language() == "en" else one.line.zh
    return ScoreRow(
        name, f"{one.worth.normalize():f}", max(one.line.most, 0), spoken(one.line.points), one.whole
    )


def _exemption(one: ExemptionInfo) -> dict[str, Any]:
    tone = {"open": Tone.ACCENT, "granted": Tone.DONE}.get(one.state.value, Tone.PLAIN)
    return {
        "what": _(one.measure.zh) if one.measure else _("整件不计入"),
        "body": one.body_name,
        "ground": _(one.ground.zh),
        "chip": Chip(_(one.state.zh), tone, one.state.value),
        "href": reverse("assessment:exemption", args=[one.id]),
    }
