"""What is asked of a post, a turn and a rotation."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.access.permissions import Permission as P
from huying.teams.actions import NewMember
from huying.teams.policy import may_change
from huying.teams.queries import PostRow
from huying.teams.rules.kinds import DutyDays, DutyRole
from huying.teams.rules.turns import Hours, TurnPlan
from huying.web.admin.wheres import area_choices
from huying.web.guard import StaffRequest
from huying.web.present.choices import put_choices


class PostForm(forms.Form):
    """A place where duty is kept."""

    area = forms.ChoiceField(label=gettext_lazy("管哪里"))
    name = forms.CharField(
        label=gettext_lazy("名称"), max_length=60, help_text=gettext_lazy("例如：福坞街道指挥中心")
    )

    def __init__(self, request: StaffRequest, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        groups = area_choices(request.actor.district)
        mine = [
            (title, [pair for pair in pairs if may_change(request.actor, P.DUTY_EDIT, pair[0])])
            for title, pairs in groups
        ]
        put_choices(self, "area", [(title, pairs) for title, pairs in mine if pairs])


class TurnForm(forms.Form):
    """A turn by the wall clock."""

    name = forms.CharField(label=gettext_lazy("班次名称"), max_length=20)
    starts = forms.TimeField(label=gettext_lazy("从"), widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(
        label=gettext_lazy("到"),
        widget=forms.TimeInput(attrs={"type": "time"}),
        help_text=gettext_lazy("不晚于“从”的算第二天。"),
    )
    days = forms.ChoiceField(label=gettext_lazy("哪些天"))
    leads = forms.IntegerField(label=gettext_lazy("带班领导几人"), min_value=0, max_value=20, initial=0)
    officers = forms.IntegerField(label=gettext_lazy("值班员几人"), min_value=0, max_value=20, initial=1)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        put_choices(self, "days", [(one.value, _(one.zh)) for one in DutyDays])

    def plan(self) -> TurnPlan:
        """The turn of a valid form."""
        said = self.cleaned_data
        hours = Hours(said["starts"], said["ends"])
        return TurnPlan(said["name"], hours, DutyDays(said["days"]), said["leads"], said["officers"])


class RotationForm(forms.Form):
    """People who take turns."""

    turn = forms.TypedChoiceField(label=gettext_lazy("班次"), coerce=int)
    role = forms.ChoiceField(label=gettext_lazy("角色"))
    names = forms.CharField(
        label=gettext_lazy("轮值的人，按顺序"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "few"}),
        help_text=gettext_lazy("用顿号隔开。同名的在姓名后空一格写电话后四位。"),
    )
    each = forms.IntegerField(label=gettext_lazy("每人连值几天"), min_value=1, max_value=31, initial=1)
    first_day = forms.DateField(
        label=gettext_lazy("从哪天起"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, request: StaffRequest, post: PostRow, data: Any = None) -> None:
        super().__init__(data, label_suffix="", initial={"first_day": timezone.localdate(request.now)})
        put_choices(self, "turn", [(one.id, one.plan.name) for one in post.turns])
        put_choices(self, "role", [(one.value, _(one.zh)) for one in DutyRole])


class PersonForm(forms.Form):
    """Somebody who may be put on duty at a post."""

    name = forms.CharField(label=gettext_lazy("姓名"), max_length=40)
    phone = forms.CharField(label=gettext_lazy("电话"), max_length=30)
    job = forms.CharField(label=gettext_lazy("职务"), max_length=40, required=False)
    login = forms.CharField(label=gettext_lazy("登录名"), max_length=60, required=False)

    def member(self, area: str) -> NewMember:
        """The person of a valid form, who belongs to the post's area."""
        said = self.cleaned_data
        return NewMember(said["name"], area, said["phone"], said["job"], said["login"])
