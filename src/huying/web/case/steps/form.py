"""The form of one step: a field for every fact the table names, and what the refusals of the heart say at them."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import uuid4

from django import forms
from django.core import signing
from django.utils.translation import gettext as _

from huying.cases.actions import StoredPhoto, store_photos
from huying.cases.lifecycle import FACTS, TABLE, OrderRole, Outcome, Part, Step, Verb
from huying.cases.queries.page import CaseView
from huying.kernel.errors import HuyingError, IllegalStep
from huying.kernel.saying import worded
from huying.web.case.steps import offers
from huying.web.case.steps.fields import Asking, field_for

# What the platform itself says about a dispatch, not the person.
_BY_US: Final = frozenset({"reasons", "source", "clock", "rung", "due_at"})
_BY_HAND: Final = "hand"


def step_for(case: CaseView, verb: Verb, outcome: Outcome | None, order_id: int | None) -> Step:
    """The row of the table with the facts that this step asks for. Raises IllegalStep."""
    order = next((order for order in case.orders if order.id == order_id), None)
    part = Part.ASSIST if order is not None and order.role is OrderRole.ASSIST else Part.LEAD
    rows = [
        row for row in TABLE if row.verb is verb and row.outcome is outcome and row.part in {part, Part.CASE}
    ]
    if not rows:
        raise IllegalStep
    return next((row for row in rows if case.line.state in row.sources), rows[0])


class StepForm(forms.Form):
    """``expected`` is the version that was on the screen, ``key`` makes sending twice one step.

    ``kept`` carries photos that came with a refused sending, so that nobody takes them again.
    """

    expected = forms.IntegerField(widget=forms.HiddenInput)
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, step: Step, asking: Asking, data: Any = None, files: Any = None) -> None:
        first = {"expected": asking.case.line.version, "key": str(uuid4())}
        super().__init__(data, files, initial=first, label_suffix="")
        self.step, self.asking = step, asking
        for name in (*step.asks, *step.takes):
            if name not in _BY_US:
                self.fields[name] = field_for(FACTS[name], asking, required=name in step.asks, verb=step.verb)
        self._keep_photos()

    @property
    def shown(self) -> Sequence[Any]:
        """The fields a person fills in."""
        return [bound for bound in self if not bound.is_hidden]

    @property
    def photos_kept(self) -> int:
        """How many photos an earlier sending left behind."""
        return len(self._stored())

    def facts(self) -> dict[str, Any]:
        """What the person gave, and what the platform adds to a filing or a dispatch."""
        names = [name for name in self.fields if name not in {"expected", "key", "kept"}]
        given = {name: self.cleaned_data.get(name) for name in names}
        facts = {name: value for name, value in given.items() if value not in (None, "", [])}
        if "photos" in self.fields and (photos := self._stored()):
            facts["photos"] = photos
        if "condition" in self.fields:
            self._add_condition(facts)
        if self.step.verb is Verb.DISPATCH:
            self._add_reasons(facts)
        return facts

    def refuse(self, error: HuyingError) -> None:
        """Put a refusal of the heart at the fields it speaks of, else over the form."""
        known = {name: text for name, text in error.fields.items() if name in self.fields}
        for name, text in known.items():
            self.add_error(name, worded(text, _))
        if not known:
            self.add_error(None, worded(error.message, _))

    def _add_condition(self, facts: dict[str, Any]) -> None:
        case = self.asking.case
        picked = str(facts.pop("condition", "") or "")
        code = str(facts.get("item") or case.line.item)
        number = offers.condition_of(case, code, picked)
        changed = code != case.line.item or number != case.condition
        if number is not None and (picked or changed):
            facts["condition"] = str(number)

    def _add_reasons(self, facts: dict[str, Any]) -> None:
        ranked = offers.body_offers(self.asking.case, self.asking.now)
        chosen = next((one for one in ranked if one.value == str(facts.get("body", ""))), None)
        facts["source"] = chosen.source if chosen else _BY_HAND
        if chosen:
            facts["reasons"] = list(chosen.why)

    def _keep_photos(self) -> None:
        if not self.is_bound or "photos" not in self.fields:
            return
        given = [photo for photo in self.files.getlist("photos") if photo]
        if not given:
            return
        try:
            self.fields["photos"].clean(given)
            contents = [photo.read() for photo in given]
            stored = store_photos(self.asking.case.line.district, contents)
        except (HuyingError, forms.ValidationError):
            for photo in given:
                photo.seek(0)
            return
        rows = [[one.path, one.sha256, one.width, one.height, one.size] for one in [*self._stored(), *stored]]
        changed: Any = self.data
        changed = changed.copy()
        changed["kept"] = signing.dumps(rows, salt="photos")
        self.data = changed

    def _stored(self) -> list[StoredPhoto]:
        try:
            rows = signing.loads(self.data.get("kept") or "", salt="photos")
        except signing.BadSignature:
            return []
        return [StoredPhoto(*row) for row in {row[1]: row for row in rows}.values()]
