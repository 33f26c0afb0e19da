"""The whole report 办理情况报告 of a case on paper: facts, course, orders, limits, photos, replies, ratings."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.cases.lifecycle import Verb
from huying.cases.queries.page import CaseView, EntryView
from huying.people.actions import NewViewing, record_viewings
from huying.people.rules.kinds import ViewingKind
from huying.places.queries import area_path
from huying.web.case import finding, showing, words
from huying.web.case.page import context_of
from huying.web.guard import StaffRequest, guarded

_REPLIED = {Verb.REPORT, Verb.ANSWER, Verb.REJECT}


@guarded(P.CASE_READ)
@never_cache
@require_GET
def report(request: StaffRequest, number: str) -> HttpResponse:
    """One case from the first word to the last rating; callers masked; that it was printed stands in the audit."""
    case = finding.seen(request, number)
    shown = context_of(request, case, talking=False)
    printed = NewViewing(ViewingKind.EXPORT, "打印办理情况报告", None, case.line.id)
    record_viewings(request.actor, [printed], request.now)
    context: dict[str, Any] = {
        **shown,
        "district": area_path(case.line.district, str(case.line.district))[0],
        "replies": [told for entry in case.entries if entry.verb in _REPLIED for told in _told(entry)],
        "ratings": _ratings(case),
        "afterwards": [
            showing.photo(case.line.number, file.id, _("处置后照片 %(n)d") % {"n": n})
            for n, file in enumerate((one for one in case.photos if one.stage == "after"), 1)
        ],
        "printed_at": request.now,
        "printed_by": request.actor.name,
    }
    return render(request, "case/report.html", context)


def _ratings(case: CaseView) -> list[tuple[datetime, str, str, list[tuple[str, int]]]]:
    """(when, whether it is solved, how content, stars) of every caller who was reached, in the order of the callers."""
    found = [appeal.rating for appeal in case.appeals if appeal.rating is not None and appeal.rating.reached]
    return [
        (
            rating.at,
            "" if rating.solved is None else words.value_words("solved", rating.solved),
            words.value_words("satisfaction", rating.satisfaction) if rating.satisfaction else "",
            [
                (label, stars)
                for label, stars in (
                    (_("速度"), rating.speed), (_("效果"), rating.effect), (_("态度"), rating.service),
                    (_("答复"), rating.answer),
                )
                if stars
            ],
        )
        for rating in found
    ]  # fmt: skip


def _told(entry: EntryView) -> list[tuple[Any, str, str]]:
    """(entry, what it is called, the text) of whatever was said with a reply."""
    return [(entry, _(label), text) for _name, label, _public, text in entry.texts]
