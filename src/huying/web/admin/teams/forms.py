"""What is asked of a member and of who joins a team."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.teams.actions import NewMember
from huying.teams.queries import kinds_of
from huying.teams.rules.kinds import Part
from huying.web.guard import StaffRequest


class MemberForm(forms.Form):
    """A person: the account's login name only where they sign in."""

    name = forms.CharField(label=gettext_lazy("姓名"), max_length=40)
    phone = forms.CharField(
        label=gettext_lazy("电话"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        help_text=gettext_lazy("加密保存，只显示头尾；每次查看都有记录。"),
    )
    job = forms.CharField(label=gettext_lazy("职务或单位"), max_length=40, required=False)
    login = forms.CharField(
        label=gettext_lazy("登录名"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("有账号的填，本人登录后能看到自己的值班、交接班。"),
    )

    def member(self, area: str) -> NewMember:
        """The person of a valid form, who belongs to an area."""
        said = self.cleaned_data
        return NewMember(said["name"], area, said["phone"], said["job"], said["login"])


class JoinForm(MemberForm):
    """Somebody taken into a grid's team from a day on."""

    kind = forms.TypedChoiceField(label=gettext_lazy("类别"), coerce=int)
    since = forms.DateField(
        label=gettext_lazy("从哪天起"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    field_order = ("name", "kind", "phone", "job", "login", "since")

    def __init__(self, request: StaffRequest, data: Any = None) -> None:
        super().__init__(data, label_suffix="", initial={"since": timezone.localdate(request.now)})
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        groups: dict[str, list[tuple[int, str]]] = {}
        for row in kinds_of(request.actor.district):
            groups.setdefault(_(row.part.zh), []).append((row.id, row.name))
        kind.choices = list(groups.items())


class KindForm(forms.Form):
    """A kind of member."""

    name = forms.CharField(label=gettext_lazy("名称"), max_length=20)
    part = forms.ChoiceField(label=gettext_lazy("属于"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="", initial={"part": Part.FORCE.value})
        part = self.fields["part"]
        assert isinstance(part, forms.ChoiceField)
        part.choices = [(one.value, _(one.zh)) for one in Part]
