"""填报问题: what residents are asked about an item; in force at once, whichever edition is looked at."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.catalogue.actions.questions import end_question, write_question
from huying.catalogue.queries import content_for, edition_for
from huying.catalogue.queries.questions import questions_of
from huying.catalogue.rules.lines import ItemLine
from huying.catalogue.rules.questions import Datatype, Question
from huying.kernel.errors import Denied, HuyingError, NotFound
from huying.web.admin.catalogue.table import about
from huying.web.admin.doing import pressed
from huying.web.guard import StaffRequest, guarded
from huying.web.present.choices import put_choices
from huying.web.present.refused import refused


class QuestionForm(forms.Form):
    """One question as it is written; the choices one a line, key first."""

    code = forms.CharField(
        label=gettext_lazy("代码"),
        max_length=40,
        help_text=gettext_lazy("给程序用，英文字母和数字，例如 POLE"),
    )
    description = forms.CharField(label=gettext_lazy("问什么"), max_length=300)
    datatype = forms.ChoiceField(label=gettext_lazy("怎么答"))
    choices = forms.CharField(
        label=gettext_lazy("选项"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("单选、多选才填，每行一个：代码 空格 名称"),
    )  # fmt: skip
    hint = forms.CharField(label=gettext_lazy("填写提示"), max_length=300, required=False)
    order = forms.IntegerField(label=gettext_lazy("顺序"), min_value=1, max_value=999, initial=1)
    required = forms.BooleanField(label=gettext_lazy("必填"), required=False)
    tells = forms.BooleanField(label=gettext_lazy("只提示，不用填"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        put_choices(self, "datatype", [(kind.value, _(kind.zh)) for kind in Datatype])

    def question(self) -> Question:
        """The question of a valid form."""
        said = self.cleaned_data
        lines = [line.split(None, 1) for line in said["choices"].splitlines() if line.strip()]
        pairs = tuple((parts[0], parts[1].strip() if len(parts) > 1 else parts[0]) for parts in lines)
        return Question(
            said["code"].strip(), Datatype(said["datatype"]), said["description"], said["hint"], said["required"],
            not said["tells"], said["order"], pairs,
        )  # fmt: skip


@guarded(P.CATALOGUE_READ)
@never_cache
@require_http_methods(["GET", "POST"])
def index(request: StaffRequest, number: int, code: str) -> HttpResponse:
    """The item's questions in their order, and one to be written; ``?edit=`` begins with one that stands."""
    line = _item(request, number, code)
    standing = questions_of(request.actor.district, code)
    if request.method == "GET":
        edited = next((one for one in standing if one.code == request.GET.get("edit", "")), None)
        form, status = QuestionForm(initial=_held(edited, len(standing))), 200
        return _page(request, number, line, standing, form, status)
    if not request.actor.may(P.CATALOGUE_EDIT):
        raise Denied
    form, status = QuestionForm(request.POST), 400
    if form.is_valid():
        try:
            write_question(request.actor, code, form.question(), request.now)
            messages.success(request, _("已保存，从现在起这样问。"))
            return redirect("catalogue:questions", number, code)
        except HuyingError as error:
            refused(form, error)
            status = error.status
    return _page(request, number, line, standing, form, status)


@guarded(P.CATALOGUE_EDIT)
@require_POST
def end(request: StaffRequest, number: int, code: str, question: str) -> HttpResponse:
    """Ask this no more; what was answered stays with its appeal."""
    act = lambda: end_question(request.actor, code, question, request.now)  # noqa: E731
    return pressed(request, act, _("不再问了。"), "catalogue:questions", number, code)


def _page(
    request: StaffRequest,
    number: int,
    line: ItemLine,
    standing: list[Question],
    form: QuestionForm,
    status: int,
) -> HttpResponse:
    rows = [
        {"one": one, "datatype": _(one.datatype.zh), "choices": "、".join(name for _key, name in one.choices)}
        for one in standing
    ]
    context = {
        **about(request, edition_for(request.actor, number)), "item": line, "rows": rows, "form": form,
        "may_edit": request.actor.may(P.CATALOGUE_EDIT),
    }  # fmt: skip
    return render(request, "catalogue/questions.html", context, status=status)


def _held(one: Question | None, count: int) -> dict[str, Any]:
    if one is None:
        return {"order": count + 1}
    return {
        "code": one.code, "description": one.description, "datatype": one.datatype.value, "hint": one.hint,
        "order": one.order, "required": one.required, "tells": not one.answered,
        "choices": "\n".join(f"{key} {name}" for key, name in one.choices),
    }  # fmt: skip


def _item(request: StaffRequest, number: int, code: str) -> ItemLine:
    line = next((one for one in content_for(request.actor, number).items if one.code == code), None)
    if line is None:
        raise NotFound
    return line
