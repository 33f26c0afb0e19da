"""治理项目: begun on a recurrence, edited, finished, and what came of it beside places without one."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from huying.access.permissions import Permission as P
from huying.annals.rules import Subject
from huying.kernel.errors import HuyingError
from huying.people.queries import bodies
from huying.prevent.recurring.actions import NewProject, begin_project, edit_project, finish_project
from huying.prevent.recurring.queries import (
    ProjectWhole,
    may_run,
    project_for,
    projects_for,
    recurrence_for,
)
from huying.prevent.recurring.rules.states import ProjectState
from huying.web.admin.annals import beside
from huying.web.case.lists.lines import row_of
from huying.web.guard import StaffRequest, guarded
from huying.web.present.choices import put_choices
from huying.web.present.refused import refused
from huying.web.recurring.listing import chip_of, months_of
from huying.web.taking import PROJECTS, address_of

_DAY = {"type": "date"}


class ProjectForm(forms.Form):
    """What is written of a project."""

    name = forms.CharField(label=gettext_lazy("名称"), max_length=60)
    body_id = forms.TypedChoiceField(label=gettext_lazy("牵头单位"), coerce=int)
    owner = forms.CharField(label=gettext_lazy("负责人"), max_length=20)
    cause = forms.CharField(
        label=gettext_lazy("原因"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("为什么结案以后还会再来。"),
    )  # fmt: skip
    measure = forms.CharField(
        label=gettext_lazy("措施"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    cost = forms.CharField(label=gettext_lazy("经费说明"), max_length=200, required=False)
    starts_on = forms.DateField(
        label=gettext_lazy("开始"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )
    ends_on = forms.DateField(
        label=gettext_lazy("计划完成"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )

    def __init__(self, request: StaffRequest, initial: dict[str, Any]) -> None:
        super().__init__(request.POST if request.method == "POST" else None, initial=initial, label_suffix="")
        known = bodies(request.actor.district, request.now)
        put_choices(self, "body_id", [(body.id, body.short_name or body.name) for body in known])

    def project(self) -> NewProject:
        """What was typed, once it is valid."""
        return NewProject(**self.cleaned_data)


class FinishForm(forms.Form):
    """Since when it is done, and what was done."""

    on = forms.DateField(
        label=gettext_lazy("完成日期"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d")
    )
    outcome = forms.CharField(
        label=gettext_lazy("做成了什么"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


@guarded(P.INSIGHT_READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The projects, newest first."""
    rows = [
        {"one": row, "body": body, "chip": chip_of(ProjectState(row.state))}
        for row, body in projects_for(request.actor)
    ]
    return render(request, "recurring/projects.html", {"rows": rows, "export": address_of(PROJECTS, request)})


@guarded(P.INSIGHT_READ)
@never_cache
@require_GET
def one(request: StaffRequest, number: int) -> HttpResponse:
    """One project with its cases and its effect."""
    found = project_for(request.actor, number, request.now)
    running = found.state is ProjectState.RUNNING
    context = {
        "one": found.project,
        "found": found,
        "chip": chip_of(found.state),
        "rows": [row_of(case, request) for case in found.cases],
        "curve": months_of(found.cases),
        "may_edit": running and may_run(request.actor, found.project.area),
        "said": said_of(found),
        "changes": beside(request, Subject.PROJECT, about=str(number), limit=30),
    }
    return render(request, "recurring/project.html", context)


@guarded(P.PROJECT_RUN)
@never_cache
@require_http_methods(["GET", "POST"])
def begin(request: StaffRequest, number: int) -> HttpResponse:
    """A new project on a recurrence that the reader sees."""
    line = recurrence_for(request.actor, number, request.now).line
    today = timezone.localdate(request.now)
    form = ProjectForm(request, {"name": line.title[:60], "starts_on": today})

    def keep(new: NewProject) -> int:
        return begin_project(request.actor, number, new, request.now)

    return _asked(request, form, keep, {"line": line})


@guarded(P.PROJECT_RUN)
@never_cache
@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, number: int) -> HttpResponse:
    """A running project written anew."""
    project = project_for(request.actor, number, request.now).project
    form = ProjectForm(request, {name: getattr(project, name) for name in ProjectForm.base_fields})

    def keep(new: NewProject) -> int:
        edit_project(request.actor, number, new, request.now)
        return number

    return _asked(request, form, keep, {"project": project})


@guarded(P.PROJECT_RUN)
@never_cache
@require_http_methods(["GET", "POST"])
def finish(request: StaffRequest, number: int) -> HttpResponse:
    """Say that it is done."""
    project = project_for(request.actor, number, request.now).project
    form = FinishForm(
        request.POST if request.method == "POST" else None, initial={"on": timezone.localdate(request.now)}
    )
    form.label_suffix = ""
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            said = form.cleaned_data
            try:
                finish_project(request.actor, number, said["on"], said["outcome"], request.now)
            except HuyingError as error:
                status = _refused(form, error)
            else:
                messages.success(request, _("已记为完成。一周以后开始算效果。"))
                return redirect("recurring:project", number)
    return render(request, "recurring/finish.html", {"form": form, "project": project}, status=status)


def said_of(found: ProjectWhole) -> str:
    """The effect in one sentence; "" while there is none to speak of."""
    effect = found.effect
    if effect is None:
        return ""
    words = _(effect.finding.zh)
    if effect.ratio is None or effect.low is None or effect.high is None:
        return words
    shown = {"words": words, "n": round((effect.ratio - 1) * 100), "low": round((effect.low - 1) * 100),
             "high": round((effect.high - 1) * 100)}  # fmt: skip
    return _("%(words)s：%(n)+d%%（95%% 区间 %(low)+d%% 到 %(high)+d%%）") % shown


def _asked(
    request: StaffRequest, form: ProjectForm, keep: Callable[[NewProject], int], about: dict[str, Any]
) -> HttpResponse:
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                made = keep(form.project())
            except HuyingError as error:
                status = _refused(form, error)
            else:
                messages.success(request, _("已保存。"))
                return redirect("recurring:project", made)
    return render(request, "recurring/form.html", {"form": form, **about}, status=status)


def _refused(form: forms.Form, error: HuyingError) -> int:
    if error.status in (403, 404):
        raise error
    refused(form, error)
    return error.status
