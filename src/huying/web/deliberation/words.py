"""Meetings and proposals in words and marks."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from huying.access.actor import Actor
from huying.deliberation.policy import RUN, may_run
from huying.deliberation.queries.proposals import ProposalView
from huying.deliberation.rules.kinds import ENDED, Choice, Phase
from huying.deliberation.rules.majority import Count, Rule, Share, Tally
from huying.places.queries import Level, area_name, areas
from huying.web.components import Chip, Tone

_TONES = {Phase.VOTING: Tone.ACCENT, Phase.COUNTING: Tone.ACCENT, Phase.PASSED: Tone.ACCENT}


def phase_chip(phase: Phase) -> Chip:
    """The phase in its word."""
    return Chip(_(phase.zh), _TONES.get(phase, Tone.DONE if phase in ENDED else Tone.PLAIN), phase.value)


def areas_run_by(actor: Actor) -> list[tuple[str, str]]:
    """(code, name) of every area in which the actor may keep meetings and votes, the widest first."""
    own = {grant.area[:12] for grant in actor.grants_for(RUN)}
    drawn = {row.code for level in (Level.STREET, Level.COMMUNITY) for row in areas(actor.district, level)}
    codes = own | {code for code in drawn if may_run(actor, code)}
    return [(code, area_name(actor.district, code)) for code in sorted(codes)]


def share_words(share: Share) -> str:
    """A share as the law says it: 过 1/2, 2/3 以上."""
    return (_("过 %(n)s") if share.over else _("%(n)s 以上")) % {"n": share.of}


def rule_words(rule: Rule) -> str:
    """What is needed, in one sentence."""
    given = {"quorum": share_words(rule.quorum), "majority": share_words(rule.majority)}
    if rule.by_area:
        told = _("户数和面积都要有%(quorum)s参与，参与的户数和面积都要有%(majority)s同意。")
    else:
        told = _("要有%(quorum)s的户参与，参与的户里%(majority)s同意。")
    return told % given


def count_rows(tally: Tally, rule: Rule) -> Sequence[dict[str, Any]]:
    """(name, households, their percent, area, its percent) of each choice."""
    voted = tally.voted
    return [
        {"name": _(choice.zh), **_shares(tally.of(choice), voted, by_area=rule.by_area)} for choice in Choice
    ]


def turnout_row(tally: Tally, rule: Rule) -> dict[str, Any]:
    """How many took part of those who may."""
    return _shares(tally.voted, tally.entitled, by_area=rule.by_area)


def outcome_words(view: ProposalView) -> str:
    """What the count came to, in one sentence; "" before."""
    if view.line.passed is None:
        return ""
    if view.line.passed:
        return _("表决通过。")
    return (
        _("参与的户够数，同意的没有达到要求，没有通过。") if view.quorate else _("参与的户不够数，没有通过。")
    )


def _shares(part: Count, whole: Count, *, by_area: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "households": part.households,
        "share": _percent(part.households, whole.households),
    }
    if by_area:
        told |= {"area": part.area, "area_share": _percent(part.area, whole.area)}
    return told


def _percent(part: Any, whole: Any) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "—"
