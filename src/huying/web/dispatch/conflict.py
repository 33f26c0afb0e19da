"""Two dispatchers decided on the same case: what one chose beside what the other did."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from huying.cases.queries.page import CaseView
from huying.web.case import showing
from huying.web.case.heading import names_of
from huying.web.components import TrackStep
from huying.web.dispatch import deciding
from huying.web.dispatch.judging import item_name
from huying.web.guard import StaffRequest


@dataclass(frozen=True, slots=True)
class Conflict:
    """``yours`` as (label, words); ``gone``: the case waits for no decision any more."""

    yours: Sequence[tuple[str, str]]
    meanwhile: Sequence[TrackStep]
    gone: bool


def conflict(request: StaffRequest, case: CaseView, form: deciding.DecideForm) -> Conflict:
    """What happened since the page was opened, beside what the form says."""
    seen = form["expected"].data
    since = int(seen) if str(seen).isdecimal() and len(str(seen)) < 10 else 0
    meanwhile = showing.happened(case, names_of(case, request.now), since=since)
    return Conflict(_yours(request, case, form), meanwhile, not deciding.may_decide(case))


def renewed(request: StaffRequest, case: CaseView, form: deciding.DecideForm) -> deciding.DecideForm | None:
    """The form as it was filled in, to be sent again knowing what happened; None where nothing is to be decided."""
    if not deciding.may_decide(case):
        return None
    data = request.POST.copy()
    data["expected"], data["key"] = str(case.line.version), str(uuid4())
    return deciding.DecideForm(form.asking, data)


def _yours(request: StaffRequest, case: CaseView, form: deciding.DecideForm) -> list[tuple[str, str]]:
    given: dict[str, Any] = {name: form.data.get(name, "") for name in ("item", "note")}
    body = str(form.cleaned_data.get("body") or form.data.get("body", ""))
    names = deciding.body_choices(form)
    told = [
        (_("事项"), item_name(case.line.district, given["item"])),
        (_("主办单位"), names.get(body, "")),
        (
            _("协办单位"),
            "、".join(names[one] for one in request.POST.getlist("assists") if one in names and one != body),
        ),
        (_("内部记录"), given["note"]),
    ]
    return [(label, text) for label, text in told if text]
