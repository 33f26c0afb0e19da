"""What somebody wants to try, and what they tried before."""

from datetime import date
from typing import Any, Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huying.access.permissions import Permission as P
from huying.catalogue.rules.what_if import Stage
from huying.kernel.errors import HuyingError
from huying.lab.channels import ask_run
from huying.lab.queries import runs_for
from huying.lab.rules.scenarios import LEAST_SHARE, MOST_SHARE, Scenario, months_before
from huying.people.queries import bodies
from huying.web.guard import StaffRequest, guarded
from huying.web.present.choices import put_choices
from huying.web.present.refused import refused

_ROWS: Final = 3
_MONTHS: Final = 6


def _percent(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=LEAST_SHARE, max_value=MOST_SHARE, initial=100)


class MonthForm(forms.Form):
    """Which month, and for which body."""

    month = forms.ChoiceField(label=gettext_lazy("哪个月"))
    body = forms.TypedChoiceField(
        label=gettext_lazy("哪个单位"), required=False, coerce=int, empty_value=None,
        help_text=gettext_lazy("不选就是全部单位。"),
    )  # fmt: skip

    def __init__(self, request: StaffRequest, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        first = timezone.localdate(request.now).replace(day=1)
        months = [months_before(first, number) for number in range(1, _MONTHS + 1)]
        put_choices(self, "month", [(one.isoformat(), one.strftime("%Y-%m")) for one in months])
        units = [(one.id, one.short_name or one.name) for one in bodies(request.actor.district, request.now)]
        put_choices(self, "body", [("", "—"), *units])


class ScenarioForm(forms.Form):
    """One way in which it might have been."""

    name = forms.CharField(label=gettext_lazy("方案名称"), max_length=40, required=False)
    sign = _percent(gettext_lazy("签收时限（%）"))
    contact = _percent(gettext_lazy("首次联系时限（%）"))
    handle = _percent(gettext_lazy("处置时限（%）"))
    staff = _percent(gettext_lazy("人手（%）"))

    def scenario(self, body: int | None) -> Scenario:
        """The scenario of a valid form."""
        said = self.cleaned_data
        shares = {stage: said[stage.value] for stage in Stage}
        return Scenario(said["name"].strip(), shares, said["staff"], body)


@guarded(P.LAB_RUN)
@never_cache
@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """The form, and one's own runs; a POST asks for another."""
    data = request.POST if request.method == "POST" else None
    head = MonthForm(request, data)
    rows = [_row(number, data) for number in range(_ROWS)]
    status = 200
    if data is not None:
        status = 400
        wanted = [row for row in rows if data.get(f"s{rows.index(row)}-name", "").strip()]
        if head.is_valid() and all(row.is_valid() for row in wanted):
            said = head.cleaned_data
            try:
                number = ask_run(
                    request.actor, date.fromisoformat(said["month"]), [row.scenario(said["body"]) for row in wanted],
                    request.now, timezone.localdate(request.now),
                )  # fmt: skip
            except HuyingError as error:
                if error.status == 403:
                    raise
                refused(head, error)
                status = error.status
            else:
                return redirect("lab:one", number)
    context = {"form": head, "rows": rows, "runs": runs_for(request.actor)}
    return render(request, "lab/index.html", context, status=status)


def _row(number: int, data: Any) -> ScenarioForm:
    names = (_("处置时限缩短两成"), _("人手减两成"), "")
    form = ScenarioForm(data, prefix=f"s{number}", label_suffix="")
    form.fields["name"].initial = names[number]
    if number == 0:
        form.fields["handle"].initial = 80
    if number == 1:
        form.fields["staff"].initial = 80
    return form
