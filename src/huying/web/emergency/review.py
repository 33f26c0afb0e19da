"""复盘: who was alerted when and how far away, what they did when, what was handed over, and what was learned."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huying.access.permissions import Permission as P
from huying.emergency.actions import write_review
from huying.emergency.queries import CardWhole, card_for
from huying.kernel.errors import Denied, HuyingError
from huying.web.admin.doing import pressed
from huying.web.emergency.cards import answering, shown
from huying.web.emergency.words import metres_words, seconds_words
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused
from huying.web.taking import ALERTED, address_of


class ReviewForm(forms.Form):
    """What was learned, and what is to be done."""

    lessons = forms.CharField(
        label=gettext_lazy("经验教训"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )
    measures = forms.CharField(
        label=gettext_lazy("改进措施"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("做什么、谁来做、什么时候前做完。"),
    )


@guarded(P.EMERGENCY_READ, P.EMERGENCY_OPEN)
@never_cache
@require_http_methods(["GET", "POST"])
def review(request: StaffRequest, number: int) -> HttpResponse:
    """The page; a POST writes lessons and measures."""
    found = card_for(request.actor, number)
    last = found.reviews[0] if found.reviews else None
    first = {"lessons": last.lessons, "measures": last.measures} if last else {}
    form = ReviewForm(request.POST if request.method == "POST" else None, initial=first, label_suffix="")
    status = 200
    if request.method == "POST":
        if not found.may_lead:
            raise Denied
        status = 400
        if form.is_valid():
            said = form.cleaned_data
            try:
                write_review(request.actor, number, said["lessons"], said["measures"], request.now)
            except HuyingError as error:
                refused(form, error)
                status = error.status
            else:
                return pressed(request, lambda: None, _("复盘已记下。"), "emergency:review", number)
    context: dict[str, Any] = shown(request, found) | {
        "form": form,
        "rings": _rings(found),
        "alerted": [answering(row, False, found.line.open) for row in found.alerts],
        "took": seconds_words(_took(found)),
        "export": address_of(ALERTED, request, {"card": str(number)}),
    }
    return render(request, "emergency/review.html", context, status=status)


def _rings(found: CardWhole) -> list[tuple[int, str, int, int, str]]:
    """(number, reach, people alerted, people who can go, first yes) of each ring that was alerted."""
    rows = []
    for number, ring in enumerate(found.plan.rings[: found.line.ring], 1):
        here = [row for row in found.alerts if row.ring == number]
        went = [row.seconds for row in here if row.answer == "accepted" and row.seconds is not None]
        first = seconds_words(min(went)) if went else "—"
        rows.append((number, metres_words(ring.metres), len(here), len(went), first))
    return rows


def _took(found: CardWhole) -> int | None:
    line = found.line
    return None if line.over_at is None else round((line.over_at - line.opened_at).total_seconds())
