"""What is asked on a person's card about visits: a great change, a visit beside the plan, what was agreed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.visits.queries import ArrangementInfo
from huying.visits.rules.kinds import Slot, Upheaval
from huying.web.present.choices import put_choices
from huying.web.residents.forms import terms

WEEKDAYS: Final = (
    gettext_lazy("周一"), gettext_lazy("周二"), gettext_lazy("周三"), gettext_lazy("周四"), gettext_lazy("周五"),
    gettext_lazy("周六"), gettext_lazy("周日"),
)  # fmt: skip


class ChangeForm(forms.Form):
    """A great change in somebody's life."""

    kind = forms.ChoiceField(label=gettext_lazy("发生了什么"))
    words = forms.CharField(
        label=gettext_lazy("情况"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="", prefix="change")
        put_choices(self, "kind", terms(Upheaval))


class ExtraForm(forms.Form):
    """A visit beside the plan."""

    day = forms.DateField(
        label=gettext_lazy("哪天去"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, now: datetime, data: Any = None) -> None:
        first = {"day": timezone.localdate(now) + timedelta(days=1)}
        super().__init__(data, label_suffix="", prefix="extra", initial=first)


class ArrangementForm(forms.Form):
    """When somebody likes to be visited, and by whom."""

    weekdays = forms.MultipleChoiceField(
        label=gettext_lazy("哪几天方便"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("不选就是哪天都行。"),
    )  # fmt: skip
    slot = forms.ChoiceField(label=gettext_lazy("什么时候方便"))
    worker_id = forms.TypedChoiceField(
        label=gettext_lazy("固定谁去"), required=False, coerce=int, empty_value=None
    )

    def __init__(
        self, workers: Sequence[tuple[int, str]], held: ArrangementInfo | None = None, data: Any = None
    ) -> None:
        first = None
        if held is not None:
            first = {
                "weekdays": [str(one) for one in held.weekdays], "slot": held.slot.value, "worker_id": held.worker_id,
            }  # fmt: skip
        super().__init__(data, label_suffix="", prefix="arrangement", initial=first)
        weekdays = self.fields["weekdays"]
        assert isinstance(weekdays, forms.MultipleChoiceField)
        weekdays.choices = [(str(number), name) for number, name in enumerate(WEEKDAYS)]
        put_choices(self, "slot", terms(Slot))
        put_choices(self, "worker_id", [("", _("谁去都行")), *workers])
