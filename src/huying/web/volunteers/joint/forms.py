"""What is asked of a unit, of an entry of the lists, and of a project."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.access.permissions import Permission as P
from huying.people.queries import bodies
from huying.places.queries import Level
from huying.volunteers.queries import ListingRow, Suggestion, UnitRow, unit_choices
from huying.volunteers.rules.kinds import Matter, Sheet, UnitKind
from huying.volunteers.rules.units import NewListing, NewProject, NewUnit
from huying.web.guard import StaffRequest
from huying.web.present.choices import put_choices
from huying.web.volunteers.words import area_choices


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more
    )


def _text(label: Any, most: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": 3}), **more)


class UnitForm(forms.Form):
    """A unit of the joint meeting. The phone, left empty later, stays."""

    name = forms.CharField(label=gettext_lazy("单位名称"), max_length=60)
    kind = forms.ChoiceField(label=gettext_lazy("单位类型"))
    area = forms.ChoiceField(label=gettext_lazy("在哪里报到"))
    contact = forms.CharField(label=gettext_lazy("联系人"), max_length=40, required=False)
    phone = forms.CharField(
        label=gettext_lazy("联系电话"), max_length=30, required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        help_text=gettext_lazy("加密保存，只显示头尾；每次查看都有记录。"),
    )  # fmt: skip
    body_id = forms.TypedChoiceField(
        label=gettext_lazy("也是承办单位"), required=False, coerce=int, empty_value=None,
        help_text=gettext_lazy("物业公司等也接工单的，选一下。"),
    )  # fmt: skip
    words = _text(gettext_lazy("简介"), 500, required=False)

    def __init__(self, request: StaffRequest, data: Any = None, row: UnitRow | None = None) -> None:
        super().__init__(data, initial=_unit(row) if row else None, label_suffix="")
        put_choices(self, "kind", [(one.value, _(one.zh)) for one in UnitKind])
        put_choices(self, "area", _areas(request))
        known = [(one.id, one.short_name or one.name) for one in bodies(request.actor.district, request.now)]
        put_choices(self, "body_id", [("", "—"), *known])

    def unit(self) -> NewUnit:
        """The unit of a valid form."""
        said = dict(self.cleaned_data)
        return NewUnit(kind=UnitKind(said.pop("kind")), **said)


class ListingForm(forms.Form):
    """An entry of a list."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    sheet = forms.ChoiceField(label=gettext_lazy("放进哪张清单"))
    matter = forms.ChoiceField(label=gettext_lazy("类别"))
    title = forms.CharField(
        label=gettext_lazy("一句话"), max_length=60, help_text=gettext_lazy("例如：周末可借 80 人会议室")
    )
    area = forms.ChoiceField(label=gettext_lazy("在哪里"))
    unit_id = forms.TypedChoiceField(
        label=gettext_lazy("哪个单位的"), required=False, coerce=int, empty_value=None,
        help_text=gettext_lazy("社区自己的需求可以不选。"),
    )  # fmt: skip
    since = _day(gettext_lazy("从哪天起"), required=False)
    until = _day(gettext_lazy("到哪天止"), required=False)
    words = _text(gettext_lazy("详细情况"), 500, required=False)

    def __init__(self, request: StaffRequest, *args: Any, **more: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **more})
        put_choices(self, "sheet", [(one.value, _(one.zh)) for one in Sheet])
        put_choices(self, "matter", [(one.value, _(one.zh)) for one in Matter])
        put_choices(self, "area", _areas(request))
        put_choices(self, "unit_id", [("", "—"), *unit_choices(request.actor.district)])

    def listing(self) -> NewListing:
        """The entry of a valid form."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        return NewListing(sheet=Sheet(said.pop("sheet")), matter=Matter(said.pop("matter")), **said)


class ProjectForm(forms.Form):
    """A need taken up: with which resource, by whom, what is promised, until when."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(label=gettext_lazy("项目名称"), max_length=60)
    unit_id = forms.TypedChoiceField(label=gettext_lazy("认领单位"), coerce=int)
    resource_id = forms.TypedChoiceField(
        label=gettext_lazy("用哪条资源"), required=False, coerce=int, empty_value=None
    )
    who = forms.CharField(label=gettext_lazy("负责人"), max_length=40)
    promise = _text(gettext_lazy("承诺做到什么"), 300)
    due_on = _day(gettext_lazy("哪天前做到"))

    def __init__(
        self, district: int, need: ListingRow, offered: list[Suggestion], data: Any = None, **more: Any
    ) -> None:
        super().__init__(data, label_suffix="", **more)
        self.need_id = need.id
        put_choices(self, "unit_id", unit_choices(district))
        found = [(one.row.id, f"{one.row.unit_name}：{one.row.title}") for one in offered]
        put_choices(self, "resource_id", [("", _("不用清单上的资源")), *found])

    def project(self) -> NewProject:
        """The project of a valid form."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        return NewProject(need_id=self.need_id, **said)


def _areas(request: StaffRequest) -> list[tuple[str, str]]:
    return area_choices(request.actor, P.UNIT_EDIT, [Level.STREET, Level.COMMUNITY])


def _unit(row: UnitRow) -> dict[str, Any]:
    return {
        "name": row.name, "kind": row.kind.value, "area": row.area, "contact": row.contact, "body_id": row.body_id,
        "words": row.words,
    }  # fmt: skip
