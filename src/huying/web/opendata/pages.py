"""The page of open data, and the page on which it is switched on."""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from huying.access.permissions import Permission as P
from huying.annals.rules import Subject
from huying.kernel.errors import HuyingError
from huying.opendata.actions import set_rule
from huying.opendata.queries import MonthInfo, RuleInfo, published_months, rule_of
from huying.opendata.rules.files import COLUMNS
from huying.opendata.rules.ladder import LEAST_K
from huying.places.queries import districts
from huying.web.admin.annals import beside
from huying.web.guard import StaffRequest, guarded, public
from huying.web.opendata.asked import district_asked
from huying.web.opendata.corrected import changed_words
from huying.web.present.refused import refused

# What the columns of the files say, as ``rules.files`` words it.
COLUMN_WORDS = (
    gettext_noop("结案的月份"), gettext_noop("街道或社区的代码，空为不细分"), gettext_noop("街道或社区"),
    gettext_noop("事项的代码，或它所在中类的名称；空为不细分"), gettext_noop("事项或中类的名称"),
    gettext_noop("来源渠道，空为不细分"), gettext_noop("从受理到结案的天数段，空为不细分"),
    gettext_noop("怎样结案：handled 单位办结，answered 直接答复，空为不细分"),
    gettext_noop("结案的里面每个处置时限都没有超的几件；空为不公布"),
    gettext_noop("这样的案件有几件，不少于 k"), gettext_noop("许可"), gettext_noop("日期"),
    gettext_noop("街道的代码，全区的为区划代码"), gettext_noop("街道"), gettext_noop("受理几件；空为不公布"),
    gettext_noop("结案几件；空为不公布"), gettext_noop("街道或社区的代码"), gettext_noop("名称"),
    gettext_noop("cases.csv 里属于这里的案件数之和"),
)  # fmt: skip


@public
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every published month with its files, and what their columns say."""
    known = districts()
    chosen = district_asked(request, known)
    context = {
        "chosen": chosen,
        "districts": known,
        "months": [(one, _changes(one)) for one in published_months(chosen.code)] if chosen else [],
        "columns": [
            (name, [(column, _(zh)) for column, _kind, zh in held]) for name, held in COLUMNS.items()
        ],
    }
    return render(request, "opendata/index.html", context)


def _changes(one: MonthInfo) -> list[tuple[datetime, list[str]]]:
    return [(change.at, list(changed_words(change))) for change in one.corrections]


class RuleForm(forms.Form):
    """Whether to publish, and how."""

    on = forms.BooleanField(label=gettext_lazy("公布开放数据"), required=False)
    k = forms.IntegerField(
        label=gettext_lazy("每行至少几件相同的案件（k）"), min_value=LEAST_K, max_value=1000,
        help_text=gettext_lazy("越大越认不出人，也越粗"),
    )  # fmt: skip
    licence = forms.CharField(label=gettext_lazy("许可"), max_length=200)
    licence_url = forms.CharField(label=gettext_lazy("许可的网址"), max_length=300)


@guarded(P.OPENDATA_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def setting(request: StaffRequest) -> HttpResponse:
    """What holds; POST lets something else hold from the next month published."""
    held = rule_of(request.actor.district)
    initial = {"on": held.on, "k": held.k, "licence": held.licence, "licence_url": held.licence_url}
    form, status = RuleForm(initial=initial, label_suffix=""), 200
    if request.method == "POST":
        form, status = RuleForm(request.POST, label_suffix=""), 400
        if form.is_valid():
            try:
                set_rule(request.actor, RuleInfo(**form.cleaned_data), request.now)
                messages.success(request, _("已保存，从下一个公布的月份起生效。"))
                return redirect("opendata_admin")
            except HuyingError as error:
                refused(form, error)
                status = error.status
    context = {
        "form": form, "held": held, "months": published_months(request.actor.district),
        "changes": beside(request, Subject.OPEN_DATA),
    }  # fmt: skip
    return render(request, "opendata/setting.html", context, status=status)
