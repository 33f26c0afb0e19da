"""What is asked when somebody subscribes, and when something is told once more."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.cases.lifecycle import Verb
from huying.catalogue.rules import AppealKind
from huying.places.queries import Level
from huying.web.admin.wheres import area_choices, body_choices
from huying.web.guard import StaffRequest
from huying.webhooks.actions import NewSubscription
from huying.webhooks.queries import SubscriptionInfo
from huying.webhooks.rules.filters import Filters
from huying.webhooks.rules.kinds import Field

_BOXES = forms.CheckboxSelectMultiple
NARROWING = ("verbs", "areas", "bodies", "kinds", "items")


class SubscriptionForm(forms.Form):
    """A receiver; what is left empty of the filters narrows nothing."""

    name = forms.CharField(label=gettext_lazy("名称"), max_length=60)
    address = forms.CharField(
        label=gettext_lazy("接收网址"), max_length=500, help_text=gettext_lazy("以 https:// 开头"),
        widget=forms.URLInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )  # fmt: skip
    area = forms.ChoiceField(
        label=gettext_lazy("能看哪里的案件"), help_text=gettext_lazy("推送的内容不超出这个范围")
    )
    body = forms.TypedChoiceField(
        label=gettext_lazy("只看一个单位经办的"), required=False, coerce=int, empty_value=None
    )
    verbs = forms.MultipleChoiceField(label=gettext_lazy("步骤"), required=False, widget=_BOXES)
    areas = forms.MultipleChoiceField(
        label=gettext_lazy("区域"), required=False, widget=forms.SelectMultiple(attrs={"size": "6"})
    )
    bodies = forms.TypedMultipleChoiceField(
        label=gettext_lazy("经办单位"),
        required=False,
        coerce=int,
        widget=forms.SelectMultiple(attrs={"size": "6"}),
    )
    kinds = forms.MultipleChoiceField(label=gettext_lazy("诉求类型"), required=False, widget=_BOXES)
    items = forms.CharField(
        label=gettext_lazy("事项编码"), required=False, max_length=2000,
        help_text=gettext_lazy("写编码或编码的开头，用空格隔开"),
    )  # fmt: skip
    fields_told = forms.MultipleChoiceField(
        label=gettext_lazy("除编号、步骤和状态外还推送"), required=False, widget=_BOXES,
        help_text=gettext_lazy("都不含诉求人的信息和任何人写的文字"),
    )  # fmt: skip

    def __init__(self, request: StaffRequest, data: Any = None, held: SubscriptionInfo | None = None) -> None:
        super().__init__(data, initial=_initial(held, request.actor.district), label_suffix="")
        district = request.actor.district
        units = body_choices(district, request.now)
        choices: dict[str, Any] = {
            "area": area_choices(district, Level.COMMUNITY),
            "body": [("", _("不限")), *units],
            "verbs": [(one.value, _(one.zh)) for one in Verb],
            "areas": area_choices(district, Level.COMMUNITY)[1:],
            "bodies": units,
            "kinds": [(one.value, _(one.zh)) for one in AppealKind],
            "fields_told": [(one.value, _(one.zh)) for one in Field],
        }
        for name, pairs in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = pairs

    @property
    def narrows(self) -> bool:
        """Whether the part of the filters stands open."""
        return any(self[name].errors or self[name].value() for name in NARROWING)

    def asked(self) -> NewSubscription:
        """What was typed, once it is valid."""
        said = self.cleaned_data
        filters = Filters(said["verbs"], said["areas"], said["items"].split(), said["kinds"], said["bodies"])
        return NewSubscription(
            said["name"], said["address"], said["area"], said["body"], filters, tuple(said["fields_told"])
        )


class ReplayForm(forms.Form):
    """From when on it is told once more."""

    since = forms.DateTimeField(
        label=gettext_lazy("从什么时间起"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )


def _initial(held: SubscriptionInfo | None, district: int) -> dict[str, Any]:
    if held is None:
        return {"area": str(district)}
    asked = held.filters
    return {
        "name": held.name, "address": held.address, "area": held.area or str(district), "body": held.body_id or "",
        "verbs": list(asked.verbs), "areas": list(asked.areas), "bodies": list(asked.bodies),
        "kinds": list(asked.kinds), "items": " ".join(asked.items), "fields_told": list(held.fields),
    }  # fmt: skip


def replay_from(request: StaffRequest) -> ReplayForm:
    """The form as it stands before anybody typed: since this morning."""
    morning = timezone.localtime(request.now).replace(hour=0, minute=0, second=0, microsecond=0)
    return ReplayForm(initial={"since": morning}, label_suffix="")
