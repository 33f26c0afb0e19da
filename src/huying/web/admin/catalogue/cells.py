"""The cells of one line as a form: written and read exactly as the spreadsheet's columns are."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huying.catalogue.rules.duties import Duty
from huying.catalogue.rules.kinds import Evidence, ItemType, Level
from huying.catalogue.rules.sheets.columns import Column
from huying.kernel.errors import HuyingError, Invalid
from huying.kernel.saying import worded
from huying.people.queries import bearing
from huying.web.guard import StaffRequest

_LONG: Final = {"text", "closing_standard", "cues", "keywords"}
_EMPTY: Final = {
    "cues",
    "assisting",
    "sign",
    "contact",
    "handle",
    "evidence",
    "keywords",
    "standard",
    "standard_code",
}
_CHOICES: Final = {"level": Level, "type": ItemType}
_MARKS: Final = {"danger", "visibility", "disorder"}
_HINTS: Final = {
    "sign": gettext_noop("不填按诉求类型的时限"),
    "contact": gettext_noop("不填按诉求类型的时限"),
    "handle": gettext_noop("例如 2工作时、1个工作日、4紧急工作时；不填按诉求类型"),
    "assisting": gettext_noop("几个职责用顿号隔开"),
    "lead": gettext_noop("职责名称，例如 水务"),
}


class CellsForm(forms.Form):
    """One field for each column. ``was`` is a digest of the line as it stood when the form was opened."""

    seen_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, columns: Sequence[Column], line: Any, data: Any, seen_at: datetime) -> None:
        super().__init__(data, label_suffix="", initial={"seen_at": seen_at.isoformat()})
        self.columns = columns
        written = {
            column.field: column.write(getattr(line, column.field))
            if line is not None
            else _usual(column.field)
            for column in columns
        }
        self.was = hashlib.sha256("\0".join(written.values()).encode()).hexdigest()[:32]
        for column in columns:
            self.fields[column.field] = _field(column)
            self.initial[column.field] = written[column.field]

    @property
    def shown(self) -> list[Any]:
        """The cells a person fills in."""
        return [bound for bound in self if not bound.is_hidden]

    def clean(self) -> dict[str, Any]:
        for column in self.columns:
            text = self.cleaned_data.get(column.field)
            if text is not None:
                try:
                    self.cleaned_data[column.field] = column.read(_text(column.field, text))
                except Invalid as wrong:
                    self.add_error(column.field, worded(wrong.message, _))
        return self.cleaned_data

    def read(self) -> dict[str, Any]:
        """The values of a valid form, as a line holds them."""
        return {column.field: self.cleaned_data[column.field] for column in self.columns}

    def refuse(self, error: HuyingError) -> None:
        """Put a refusal at the cells it speaks of (``2.text`` means the condition's own), else over the form."""
        known = {name.rpartition(".")[2]: text for name, text in error.fields.items()}
        placed = {name: text for name, text in known.items() if name in self.fields}
        for name, text in placed.items():
            self.add_error(name, worded(text, _))
        if not placed:
            self.add_error(None, worded(error.message, _))


def _field(column: Column) -> forms.Field:
    name, label = column.field, _(column.heading)
    if name in _CHOICES:
        return forms.ChoiceField(label=label, choices=[(one.zh, _(one.zh)) for one in _CHOICES[name]])
    if name in _MARKS:
        return forms.ChoiceField(
            label=label, choices=[(str(n), str(n)) for n in range(4)], widget=forms.RadioSelect
        )
    if name == "evidence":
        pairs = [(one.zh, _(one.zh)) for one in Evidence]
        return _Many(label=label, choices=pairs, required=False, widget=forms.CheckboxSelectMultiple)
    attributes = {"rows": 2} if name in _LONG else {"list": "duties"} if name in {"lead", "duty"} else {}
    widget = forms.Textarea(attrs=attributes) if name in _LONG else forms.TextInput(attrs=attributes)
    hint = _(_HINTS[name]) if name in _HINTS else ""
    return forms.CharField(label=label, required=name not in _EMPTY, help_text=hint, widget=widget)


class _Many(forms.MultipleChoiceField):
    """Several of a closed list; shown from the text a column writes."""

    def prepare_value(self, value: Any) -> Any:
        return [part for part in value.split("、") if part] if isinstance(value, str) else value


def _text(name: str, value: Any) -> str:
    return "、".join(value) if isinstance(value, list) else str(value).replace("\r\n", "\n").strip()


def _usual(name: str) -> str:
    return {"level": Level.STREET.zh, "type": ItemType.EVENT.zh}.get(name, "1" if name in _MARKS else "")


def duties_known(request: StaffRequest) -> list[str]:
    """Names of duties to choose from: the platform's and the district's own."""
    own = {duty for duty, _area in bearing(request.actor.district, request.now) if duty}
    return [*(one.zh for one in Duty), *sorted(own - {one.value for one in Duty})]


def instant_of(text: str) -> datetime | None:
    """When the editor saw the edition; None for what is no time."""
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
