"""Forms of people and posts."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Final

from django import forms
from django.core.validators import MaxValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy

from huying.access.roles import Role
from huying.people.actions import NewPost
from huying.web.admin.wheres import area_choices, body_choices, role_choices
from huying.web.guard import StaffRequest

_LAST: Final = date(2199, 12, 31)


def _day_field(label: Any, hint: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        help_text=hint,
        # Until the end of a day means until the next begins, which the last day of all has not.
        validators=[MaxValueValidator(_LAST)],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class PostForm(forms.Form):
    """A role within an area, for handling roles within a unit, from a day to a day."""

    role = forms.ChoiceField(label=gettext_lazy("岗位"))
    area = forms.ChoiceField(label=gettext_lazy("管哪里"))
    body = forms.TypedChoiceField(
        label=gettext_lazy("代表单位"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=gettext_lazy("经办、网格、社区岗位要选"),
    )
    since = _day_field(gettext_lazy("从哪天起"), gettext_lazy("不填就是现在"))
    until = _day_field(gettext_lazy("到哪天止"), gettext_lazy("这一天过完就结束；不填就一直有效"))

    def __init__(
        self, request: StaffRequest, data: Any = None, initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, label_suffix="", initial=dict(initial or {}))
        self.now = request.now
        district = request.actor.district
        choices: dict[str, Any] = {
            "role": role_choices(),
            "area": area_choices(district),
            "body": [("", "—"), *body_choices(district, request.now)],
        }
        for name, pairs in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = pairs

    def post(self) -> NewPost:
        """The post of a valid form."""
        said = self.cleaned_data
        since, until = said["since"], said["until"]
        starts = midnight(since) if since and since > timezone.localdate(self.now) else None
        ends = midnight(date.fromordinal(until.toordinal() + 1)) if until else None
        return NewPost(Role(said["role"]), said["area"], said["body"], starts, ends)


class AccountForm(PostForm):
    """A new person with a first post."""

    name = forms.CharField(label=gettext_lazy("姓名"), max_length=40)
    login = forms.CharField(label=gettext_lazy("登录名"), max_length=40)
    phone = forms.CharField(label=gettext_lazy("电话"), max_length=30, required=False)
    field_order = ("name", "login", "phone", "role", "area", "body", "since", "until")


class PersonForm(forms.Form):
    """A person's name and phone; the phone held is not shown, so nothing typed keeps it."""

    name = forms.CharField(label=gettext_lazy("姓名"), max_length=40)
    phone = forms.CharField(
        label=gettext_lazy("新电话"), max_length=30, required=False, help_text=gettext_lazy("不填就不改")
    )


def midnight(day: date) -> datetime:
    """The first moment of a day in the platform's zone."""
    return timezone.make_aware(datetime.combine(day, time()))
