"""What is typed about a warning and about the promise."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huying.prevent.warnings.rules.kinds import LEAST_PROMISE, MOST_PROMISE, MOST_WORDS, Verdict


def _words(label: Any, needed: bool) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=MOST_WORDS, required=needed, widget=forms.Textarea(attrs={"rows": 2})
    )


class AcknowledgeForm(forms.Form):
    """Somebody knows of it."""

    words = _words(_("打算怎么办"), needed=False)


class MuteForm(forms.Form):
    """No more of it until a day."""

    until = forms.DateField(label=_("静音到哪一天"), widget=forms.DateInput(attrs={"type": "date"}))
    words = _words(_("为什么静音"), needed=True)


class SettleForm(forms.Form):
    """What it was."""

    verdict = forms.ChoiceField(label=_("是不是真有事"), widget=forms.RadioSelect)
    cause = _words(_("什么原因"), needed=True)

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        field = self.fields["verdict"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.value, _(one.zh)) for one in Verdict]


class PromiseForm(forms.Form):
    """False warnings a month at most."""

    promise = forms.IntegerField(label=_("每月误报最多几条"), min_value=LEAST_PROMISE, max_value=MOST_PROMISE)
