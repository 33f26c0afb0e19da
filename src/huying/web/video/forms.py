"""What is asked of who opens a picture, and of what follows from a kind of alarm."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.emergency.queries import plans_of
from huying.video.rules.checking import words_of
from huying.video.rules.kinds import AlarmFollow, AlarmKind, LookReason
from huying.video.rules.standing import Standing
from huying.web.devices.rule_form import item_choices
from huying.web.present.choices import put_choices


class LookForm(forms.Form):
    """Why somebody wants to see a picture as it was taken."""

    reason = forms.ChoiceField(label=gettext_lazy("为什么看原图"))
    why = forms.CharField(
        label=gettext_lazy("说明"), max_length=180, required=False,
        help_text=gettext_lazy("选“其他原因”时必须写。"),
    )  # fmt: skip

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        put_choices(self, "reason", [(one.value, _(one.zh)) for one in LookReason])


class StandingForm(forms.Form):
    """What follows from a kind of alarm."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    follow = forms.ChoiceField(label=gettext_lazy("报警后"))
    emergency = forms.ChoiceField(label=gettext_lazy("发起哪种应急"), required=False)
    item = forms.ChoiceField(
        label=gettext_lazy("转为诉求时的事项"), required=False, help_text=gettext_lazy("不选由中心判断。")
    )
    urgency = forms.IntegerField(label=gettext_lazy("紧急程度（0 到 3）"))
    window = forms.IntegerField(
        label=gettext_lazy("合并时间（分钟）"),
        help_text=gettext_lazy("同一台摄像机在这段时间里再报同一类，算同一件。"),
    )
    least = forms.IntegerField(
        label=gettext_lazy("把握至少（%）"),
        help_text=gettext_lazy("摄像机说明把握时，低于这个数只记录；0 表示都算。"),
    )
    keep_days = forms.IntegerField(
        label=gettext_lazy("截图保留（天）"), help_text=gettext_lazy("案件没办完的留到办完。")
    )
    words = forms.CharField(
        label=gettext_lazy("厂家叫法"), required=False, max_length=1800, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("一行一个。国标扩展编号写成 5-36（报警方式-报警类型）。"),
    )  # fmt: skip
    why = forms.CharField(label=gettext_lazy("为什么改"), max_length=200, required=False)

    def __init__(self, district: int, rule: Standing, data: Any = None) -> None:
        super().__init__(data, initial=_first(rule), label_suffix="")
        put_choices(self, "follow", [(one.value, _(one.zh)) for one in AlarmFollow])
        put_choices(self, "emergency", [("", "—"), *((one.code, _(one.name)) for one in plans_of(district))])
        put_choices(self, "item", item_choices(district))

    def standing(self, kind: AlarmKind) -> Standing:
        """The rule of a valid form."""
        said = self.cleaned_data
        return Standing(
            kind=kind, version=said["version"], follow=AlarmFollow(said["follow"]), emergency=said["emergency"],
            item=said["item"], urgency=said["urgency"], window=said["window"], least=said["least"],
            keep_days=said["keep_days"], words=words_of(said["words"]),
        )  # fmt: skip


def _first(rule: Standing) -> dict[str, Any]:
    names = ("version", "emergency", "item", "urgency", "window", "least", "keep_days")
    return {name: getattr(rule, name) for name in names} | {
        "follow": rule.follow.value,
        "words": "\n".join(rule.words),
    }
