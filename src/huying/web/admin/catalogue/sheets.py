"""The list as an Excel file: out, in with a look at what would change first, and two editions compared."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.decorators.http import require_GET, require_http_methods

from huying.access.permissions import Permission as P
from huying.catalogue import queries
from huying.catalogue.actions import import_excel
from huying.catalogue.rules.comparing import Difference
from huying.catalogue.rules.limits import STAGES
from huying.catalogue.rules.sheets.columns import duty_zh
from huying.kernel.errors import HuyingError
from huying.web.admin.catalogue.table import about
from huying.web.admin.catalogue.what_if import limit_words
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused
from huying.worktime import Limit

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_SHOWN = 300
# What the fields of the list are called where two editions differ.
NAMES: Final = (
    gettext_noop("大类"), gettext_noop("中类"), gettext_noop("小类"), gettext_noop("类型"), gettext_noop("职责"),
    gettext_noop("关键词"), gettext_noop("标准"), gettext_noop("标准编码"), gettext_noop("立案条件"),
    gettext_noop("说法"), gettext_noop("主办职责"), gettext_noop("协办职责"), gettext_noop("签收时限"),
    gettext_noop("首次联系时限"), gettext_noop("处置时限"), gettext_noop("核实时限"), gettext_noop("核查时限"),
    gettext_noop("回访时限"), gettext_noop("结案标准"), gettext_noop("要件"), gettext_noop("首判层级"),
    gettext_noop("危险性"), gettext_noop("直观性"), gettext_noop("无序性"), gettext_noop("核实"),
)  # fmt: skip


class FileForm(forms.Form):
    """A workbook; ``apply`` writes it, otherwise it is only looked at."""

    file = forms.FileField(
        label=gettext_lazy("Excel 文件"), widget=forms.FileInput(attrs={"accept": ".xlsx"})
    )


@guarded(P.CATALOGUE_READ)
@require_GET
def export(request: StaffRequest, number: int) -> HttpResponse:
    """One edition to be edited in a spreadsheet and brought back."""
    response = HttpResponse(queries.export_excel_for(request.actor, number), content_type=_EXCEL)
    response["Content-Disposition"] = f'attachment; filename="list-{request.actor.district}-{number}.xlsx"'
    return response


@guarded(P.CATALOGUE_EDIT)
@require_http_methods(["GET", "POST"])
def bring_in(request: StaffRequest, number: int) -> HttpResponse:
    """A file into a draft: first what it would change, or line by line what is wrong with it."""
    info = queries.edition_for(request.actor, number)
    sent = request.method == "POST"
    form = FileForm(request.POST if sent else None, request.FILES if sent else None, label_suffix="")
    context: dict[str, Any] = {**about(request, info), "form": form}
    status = 200
    if sent:
        status = 400
        if form.is_valid():
            only_look = request.POST.get("do") != "apply"
            try:
                data = form.cleaned_data["file"].read()
                report = import_excel(request.actor, info.id, data, request.now, dry_run=only_look)
            except HuyingError as error:
                refused(form, error)
            else:
                if report.applied:
                    messages.success(request, _("已导入 %(n)d 个事项。") % {"n": report.items})
                    return redirect("catalogue:edition", number)
                status = 400 if report.faults else 200
                context |= {
                    "report": report,
                    "difference": _shown(report.difference, _names(request, number)),
                }
    return render(request, "catalogue/import.html", context, status=status)


@guarded(P.CATALOGUE_READ)
@require_GET
def compare(request: StaffRequest, number: int) -> HttpResponse:
    """From another edition (``?with=``) to this one, field by field."""
    info = queries.edition_for(request.actor, number)
    text = request.GET.get("with", "")
    other = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else info.based_on or number
    context = {
        **about(request, info),
        "other": queries.edition_for(request.actor, other),
        "difference": _shown(
            queries.compare_for(request.actor, other, number), _names(request, other, number)
        ),
        "others": [one for one in queries.editions_for(request.actor) if one.number != number],
    }
    return render(request, "catalogue/compare.html", context)


def _names(request: StaffRequest, *numbers: int) -> dict[str, str]:
    """What the items of these editions are called; the last edition's name counts."""
    held = (queries.content_for(request.actor, number).items for number in numbers)
    return {line.code: line.name for lines in held for line in lines}


def _shown(difference: Difference | None, names: Mapping[str, str]) -> dict[str, Any] | None:
    """What changed, counted in full and listed up to a screenful of hundreds."""
    if difference is None:
        return None
    return {
        "any": bool(difference),
        "added": difference.added[:_MOST_SHOWN],
        "removed": difference.removed[:_MOST_SHOWN],
        "added_conditions": difference.added_conditions[:_MOST_SHOWN],
        "removed_conditions": difference.removed_conditions[:_MOST_SHOWN],
        "changed": [
            (
                one,
                names.get(one.code, ""),
                _(one.field_zh),
                *(_value(one.field, text) for text in (one.before, one.after)),
            )
            for one in difference.changed[:_MOST_SHOWN]
        ],
        "kinds": [
            (_(one.kind.zh), _(one.stage_zh), *(_value("handle", text) for text in (one.before, one.after)))
            for one in difference.kinds
        ],
        "counts": [
            (_("新增事项"), len(difference.added)),
            (_("删除事项"), len(difference.removed)),
            (_("新增条件"), len(difference.added_conditions)),
            (_("删除条件"), len(difference.removed_conditions)),
            (_("改动"), len(difference.changed) + len(difference.kinds)),
        ],
    }


def _value(field: str, text: str) -> str:
    """A value of the list in the reader's language: limits, terms and duties; what was written stays as it is."""
    if not text:
        return ""
    if field in STAGES:
        return limit_words(Limit.parse(text))
    if field in ("lead", "duty", "assisting", "evidence", "level", "type"):
        return "、".join(_(duty_zh(part)) for part in text.split("、"))
    return text
