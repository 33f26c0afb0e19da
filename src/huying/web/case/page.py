"""The case page: what was said, where it stands and why, who has it, what may be done, what happened."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huying.access.permissions import Permission as P
from huying.cases.lifecycle import Channel, Verb
from huying.cases.queries.lists.earlier import earlier_here
from huying.cases.queries.page import CaseView
from huying.cases.queries.proofs.proving import prove as chain_of
from huying.catalogue.rules.kinds import AppealKind
from huying.kernel.numbers import case_number
from huying.notices.actions.reading import mark_case_read
from huying.web.case import called, finding, showing, words
from huying.web.case.buttons import actions
from huying.web.case.drafts import shown_drafts
from huying.web.case.drawn.assessed import assessed_of
from huying.web.case.drawn.patrolled import patrolled
from huying.web.case.heading import names_of, summary
from huying.web.case.talk import talk_for
from huying.web.case.waiting import before_report
from huying.web.guard import StaffRequest, guarded
from huying.web.present.filmed import of_case


@guarded(P.CASE_READ)
@never_cache
@require_GET
def page(request: StaffRequest, number: str) -> HttpResponse:
    """Everything on one page, for whoever may see the case."""
    case = finding.seen(request, number)
    return render(request, "case/page.html", context_of(request, case))


@guarded(P.LEDGER_VERIFY)
@require_POST
def prove(request: StaffRequest, number: str) -> HttpResponse:
    """Follow the chain of the case and say whether it holds (R404)."""
    district, case_id = finding.reference(request, number)
    finding.seen(request, number)
    proof = chain_of(district, case_id)
    if proof.broken_at is None:
        messages.success(request, _("办理链完整，共 %(n)d 条，没有改动过。") % {"n": proof.entries})
    else:
        messages.error(
            request, _("办理链从第 %(n)d 条起对不上，请保留现场并报告审计。") % {"n": proof.broken_at}
        )
    return redirect("case:page", number)


def context_of(
    request: StaffRequest, case: CaseView, back: str = "", *, talking: bool = True, stay: str = ""
) -> dict[str, Any]:
    """What the case's page and the desks' side pane draw. ``back`` is where a step returns to.

    With ``back`` it lies beside a list, and its steps have letters. A step that decides nothing leads to ``stay``.
    Without ``talking`` the conversation is left out, and so neither it nor what was told of the case is noted as read.
    """
    first, more = actions(case, back, stay, keyed=bool(back))
    if talking:
        mark_case_read(request.actor, case.line.id, request.now)
    return {
        **summary(case, request.now),
        **called.shown(case, request.now),
        "case": case,
        "callers": _callers(case),
        "first": first,
        "more": more,
        "waiting": before_report(request.actor, case),
        "drafts": shown_drafts(request, case, back),
        "back": back,
        "track": showing.happened(case, names_of(case, request.now)),
        "talk": talk_for(request, case) if talking else None,
        "photos": _photos(case),
        "videos": of_case(request.actor, case.line.id) if _by_device(case) else [],
        "handled": showing.before_and_after(case) if _shows_work(case) else None,
        "may_alarm": request.actor.may(P.EMERGENCY_OPEN) and case.line.closed_at is None,
        "may_muster": request.actor.may(P.MUSTER_RUN) and case.line.closed_at is None,
        "may_prove": request.actor.may(P.LEDGER_VERIFY),
        "may_take_bundle": request.actor.may(P.LEDGER_EXPORT),
        "seal": case.entries[-1].seal if case.entries else "",
        "relations": _relations(case),
        "assessed": assessed_of(request, case),
        "earlier": earlier_here(request.actor, case.line, request.now),
        "patrolled": patrolled(request, case),
    }


def _callers(case: CaseView) -> list[dict[str, Any]]:
    return [
        {
            "appeal": appeal,
            "channel": words.channel_words(appeal.channel),
            "kind": words.kind_words(appeal.kind) if appeal.kind != AppealKind.OTHER else "",
            "may_unmask": case.may_unmask and appeal.caller is not None and not appeal.caller.erased,
        }
        for appeal in case.appeals
    ]


def _by_device(case: CaseView) -> bool:
    return any(appeal.channel == Channel.DEVICE for appeal in case.appeals)


def _photos(case: CaseView) -> list[Any]:
    """The callers' own; those of the handling stand at their step of the track."""
    return [
        showing.photo(case.line.number, file.id, _("诉求人照片 %(n)d") % {"n": number})
        for number, file in enumerate((one for one in case.photos if one.by_caller), 1)
    ]


def _shows_work(case: CaseView) -> bool:
    """Whether a body has sent photos of what it found or did."""
    return any(not file.by_caller and file.stage in {"before", "after"} for file in case.photos)


def _relations(case: CaseView) -> list[tuple[str, str]]:
    parts = [
        (_("拆出"), part) for entry in case.entries if entry.verb is Verb.SPLIT for part in entry.said["into"]
    ]
    pairs = [(_("已并入"), case.merged_into), (_("拆分自"), case.split_from), *parts]
    return [(label, case_number(case.line.district, other)) for label, other in pairs if other]
