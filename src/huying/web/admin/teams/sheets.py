"""A sheet of members into teams, or of shifts into a roster: looked at first, then written."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from huying.access.permissions import Permission as P
from huying.kernel.errors import HuyingError
from huying.kernel.saying import worded
from huying.teams.actions import SheetReport, import_teams
from huying.teams.rules.sheets import ALSO, TEAMS, empty_sheet
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused

_EXAMPLE = ("福坞街道 霞岗社区 第01网格", "楼栋长", "张小明", "13800000000", "3 号楼")
_MOST_SHOWN = 200


class FileForm(forms.Form):
    """A spreadsheet."""

    file = forms.FileField(
        label=gettext_lazy("Excel 或 CSV 文件"), widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"})
    )


@guarded(P.TEAM_EDIT)
@require_http_methods(["GET", "POST"])
def teams(request: StaffRequest) -> HttpResponse:
    """Members into their grids' teams; ``?sheet`` gives an empty sheet to fill in."""
    if "sheet" in request.GET:
        return sheet_of((*TEAMS, *ALSO), _EXAMPLE, "teams.csv")
    words = {
        "title": _("导入队伍"),
        "hint": _("网格写代码，或写成“街道 社区 网格”；类别用“队员类别”里的名称。有一行错就一行也不写。"),
        "back": "teams:index",
        "columns": [*TEAMS, *ALSO],
    }
    return brought_in(request, import_teams, words, "teams:index")


def sheet_of(columns: Sequence[str], example: Sequence[str], name: str) -> HttpResponse:
    """An empty sheet as a file."""
    response = HttpResponse(empty_sheet(columns, example), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def brought_in(
    request: StaffRequest, bring: Callable[..., SheetReport], words: dict[str, Any], home: str
) -> HttpResponse:
    """The form, what a file would do or what is wrong with it line by line, and writing it."""
    sent = request.method == "POST"
    form = FileForm(request.POST if sent else None, request.FILES if sent else None, label_suffix="")
    context: dict[str, Any] = {**words, "form": form}
    status = 200
    if sent:
        status = 400
        if form.is_valid():
            look = request.POST.get("do") != "apply"
            try:
                data = form.cleaned_data["file"].read()
                report = bring(request.actor, data, request.now, dry_run=look)
            except HuyingError as error:
                if error.status == 403:
                    raise
                refused(form, error)
            else:
                if report.applied:
                    messages.success(request, _("已导入 %(n)d 行。") % {"n": report.made})
                    return redirect(home)
                status = 400 if report.faults else 200
                context |= {"report": report, "faults": _faults(report)}
    return render(request, "admin/duty/import.html", context, status=status)


def _faults(report: SheetReport) -> list[str]:
    told = []
    for fault in report.faults[:_MOST_SHOWN]:
        why = worded(fault.why, _)
        line = _("第 %(n)d 行") % {"n": fault.number}
        told.append(f"{line} {fault.column}：{why}" if fault.column else f"{line}：{why}")
    return told
