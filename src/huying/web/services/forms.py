"""What is asked of a service, of its slots, of an arrangement."""

from datetime import datetime, time
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.services.actions import Arrangement
from huying.services.queries import ServiceInfo, SlotInfo
from huying.services.rules.slots import NewService, Pattern
from huying.web.present.choices import put_choices
from huying.web.services.words import WEEKDAYS, moment_words

_MOMENT: Final = "%Y-%m-%dT%H:%M"


class ServiceForm(forms.Form):
    """What a centre offers."""

    name = forms.CharField(label=gettext_lazy("服务名称"), max_length=40)
    category = forms.CharField(
        label=gettext_lazy("类别"), max_length=12, required=False,
        help_text=gettext_lazy("如助餐、助浴、托管、代办；供需按类别比。"),
    )  # fmt: skip
    words = forms.CharField(
        label=gettext_lazy("说明"), max_length=500, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("居民看得到：要带什么、收不收费、限什么人。"),
    )  # fmt: skip
    minutes = forms.IntegerField(label=gettext_lazy("每次多少分钟"), initial=60)
    notice = forms.IntegerField(label=gettext_lazy("至少提前几小时约"), initial=2)
    confirms = forms.BooleanField(
        label=gettext_lazy("由中心安排（不勾：约到即定）"), required=False, initial=True
    )
    at_home = forms.BooleanField(label=gettext_lazy("上门服务"), required=False)

    def __init__(self, data: Any = None, row: ServiceInfo | None = None) -> None:
        names = ("name", "category", "words", "minutes", "notice", "confirms", "at_home")
        first = {name: getattr(row, name) for name in names} if row else None
        super().__init__(data, initial=first, label_suffix="")

    def service(self) -> NewService:
        """The service of a valid form."""
        return NewService(**self.cleaned_data)


class SlotsForm(forms.Form):
    """Slots by a weekly pattern."""

    first = forms.DateField(
        label=gettext_lazy("从"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=gettext_lazy("到"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("星期几"), widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("节假日、临时关门的日子自动跳过，调休上班的自动排上。"),
    )  # fmt: skip
    times = forms.CharField(label=gettext_lazy("开始时间"), help_text=gettext_lazy("如 09:00 10:00 14:30"))
    capacity = forms.IntegerField(label=gettext_lazy("每个时段几个人"), initial=1)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        put_choices(self, "weekdays", [(str(day), _(name)) for day, name in enumerate(WEEKDAYS)])

    def clean_times(self) -> tuple[time, ...]:
        words = self.cleaned_data["times"].replace("，", " ").replace("、", " ").replace(",", " ").split()
        try:
            return tuple(time.fromisoformat(word.replace("：", ":")) for word in words)
        except ValueError as error:
            raise forms.ValidationError(_("时间写成 09:00 这样，几个之间空一格。")) from error

    def pattern(self) -> Pattern:
        """The pattern of a valid form."""
        said = self.cleaned_data
        weekdays = frozenset(int(day) for day in said["weekdays"])
        return Pattern(said["first"], said["last"], weekdays, said["times"], said["capacity"])


class ArrangeForm(forms.Form):
    """When and by whom."""

    slot = forms.TypedChoiceField(label=gettext_lazy("时段"), coerce=int, empty_value=None, required=False)
    starts_at = forms.DateTimeField(
        label=gettext_lazy("或另约时间"), required=False, input_formats=[_MOMENT, "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput({"type": "datetime-local"}, format=_MOMENT),
    )  # fmt: skip
    worker = forms.CharField(label=gettext_lazy("谁来办"), max_length=40, required=False)
    told = forms.CharField(
        label=gettext_lazy("告诉居民"), max_length=200, required=False,
        help_text=gettext_lazy("写进短信，例如“带身份证，到二楼 3 号窗口”。"),
    )  # fmt: skip

    def __init__(
        self, slots: list[SlotInfo], data: Any = None, chosen: int | None = None, at: datetime | None = None
    ) -> None:
        super().__init__(data, initial={"slot": chosen or "", "starts_at": at}, label_suffix="")
        told = [(str(one.id), f"{moment_words(one.starts_at)}（{_('余')} {one.left}）") for one in slots]
        if chosen is not None and str(chosen) not in dict(told):
            told.insert(0, (str(chosen), _("现在的时段")))
        put_choices(self, "slot", [("", "—"), *told])

    def arrangement(self) -> Arrangement:
        """The arrangement of a valid form; a time of its own goes before a slot."""
        said = self.cleaned_data
        own = said["starts_at"]
        if own is not None and timezone.is_naive(own):
            own = timezone.make_aware(own)
        return Arrangement(None if own else said["slot"], own, said["worker"], said["told"])
