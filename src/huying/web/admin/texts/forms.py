"""The forms of a notice's text and of a template of a reply."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huying.texts.rules.filling import MOST_REPLY, MOST_TITLE
from huying.texts.rules.kinds import ReplyFor
from huying.texts.rules.starter import Wording

_CASE = gettext_lazy("用哪件案件试看（编号）")


class TextForm(forms.Form):
    """Title and text of a notice; ``seen`` is the version that was on the screen."""

    title = forms.CharField(label=gettext_lazy("标题"), max_length=MOST_TITLE)
    body = forms.CharField(label=gettext_lazy("正文"), widget=forms.Textarea(attrs={"rows": 4}))
    note = forms.CharField(label=gettext_lazy("为什么改"), max_length=200, required=False)
    case = forms.CharField(label=_CASE, max_length=24, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial, label_suffix="")

    def wording(self) -> Wording:
        """What was typed."""
        return Wording(" ".join(self.cleaned_data["title"].split()), _body(self.cleaned_data["body"]))


class ReplyForm(TextForm):
    """A template of a reply: for which items and outcomes it is offered. ``key`` makes sending twice one template."""

    body = forms.CharField(
        label=gettext_lazy("正文"),
        max_length=MOST_REPLY,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=gettext_lazy("要经办人写的地方用【填：写什么】，没填完不能送出。"),
    )
    item = forms.CharField(
        label=gettext_lazy("事项代码或开头"),
        max_length=32,
        required=False,
        help_text=gettext_lazy("例如 03 是全部环境卫生，030102 是一个事项；不填就都可用。"),
    )
    fits = forms.ChoiceField(label=gettext_lazy("什么结果时用"))
    key = forms.CharField(max_length=32, widget=forms.HiddenInput, required=False)
    field_order = ("title", "item", "fits", "body", "note", "case")

    def __init__(self, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial)
        field = self.fields["fits"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.value, _(one.zh)) for one in ReplyFor]

    def wording(self) -> Wording:
        """What was typed."""
        said = self.cleaned_data
        title = " ".join(said["title"].split())
        return Wording(title, _body(said["body"]), said["item"].strip(), ReplyFor(said["fits"]))


def initial_of(wording: Wording, number: int) -> dict[str, Any]:
    """A form begun from a text that stands."""
    return {
        "title": wording.title, "body": wording.body, "item": wording.item, "fits": wording.fits.value,
        "seen": number, "key": uuid4().hex,
    }  # fmt: skip


def _body(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\x00", "").strip()
