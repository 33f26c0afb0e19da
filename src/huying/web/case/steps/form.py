"""The form of one step: a field for every fact the table names, and what the refusals of the heart say at them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from huying.cases.actions import StoredPhoto, store_photos
from huying.cases.lifecycle import FACTS, TABLE, Outcome, Part, Step, Verb
from huying.cases.queries.page import CaseView
from huying.kernel.errors import HuyingError, IllegalStep
from huying.kernel.saying import worded
from huying.web.case.steps import evidence, offers
from huying.web.case.steps.fields import Asking, field_for
from huying.web.citizen.writing import photos as waiting
from huying.web.components import Photo

# What the platform itself says about a dispatch, not the person.
_BY_US: Final = frozenset({"reasons", "source", "clock", "rung", "due_at", "basis"})
_BY_HAND: Final = "hand"
# As it is done on the spot: take the photos, say what was done, then write to the caller. Of a ruling, first whose it
# is, then why.
_ORDER: Final[Mapping[Verb, Sequence[str]]] = {
    Verb.RULE: ("body", "ruling", "reach", "covers"),
    Verb.REPORT: ("photos_before", "photos", "result", "solved", "unsolved_reason", "reply"),
    # As the caller is asked.
    Verb.FOLLOW_UP: (
        "appeal",
        "unreached_reason",
        "responded",
        "satisfaction",
        "reason",
        "speed",
        "effect",
        "service",
        "answer",
    ),
    Verb.CALL: ("situation", "called", "demand", "spot", "fallback"),
    Verb.KEEP_PROMISE: ("pledge", "photos", "progress", "result"),
}


def step_for(case: CaseView, verb: Verb, outcome: Outcome | None, order_id: int | None) -> Step:
    """The row of the table with the facts that this step asks for. Raises IllegalStep."""
    order = next((order for order in case.orders if order.id == order_id), None)
    part = Part(order.role.value) if order is not None else Part.LEAD
    every = [row for row in TABLE if row.verb is verb and row.outcome is outcome]
    # A called body's steps exist on its order alone, also where the address does not name it.
    rows = [row for row in every if row.part in {part, Part.CASE}] or every
    if not rows:
        raise IllegalStep
    return next((row for row in rows if case.line.state in row.sources), rows[0])


class StepForm(forms.Form):
    """``expected`` is the version that was on the screen, ``key`` makes sending twice one step.

    Photos wait under the key, so that nobody takes them again after a refusal. They stay there for their day when the
    step is taken: the form sent again after a lost answer must say the same to be known as the same step.
    """

    expected = forms.IntegerField(widget=forms.HiddenInput)
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, step: Step, asking: Asking, data: Any = None, files: Any = None) -> None:
        first = {"expected": asking.case.line.version, "key": str(uuid4())}
        super().__init__(data, files, initial=first, label_suffix="")
        self.step, self.asking = step, asking
        for name in (*step.asks, *step.takes):
            if name not in _BY_US:
                self.fields[name] = field_for(FACTS[name], asking, required=name in step.asks, verb=step.verb)
        self.order_fields(_ORDER.get(step.verb, ()))
        self._keep_photos()

    @property
    def shown(self) -> Sequence[Any]:
        """The fields a person fills in."""
        return [bound for bound in self if not bound.is_hidden]

    def facts(self) -> dict[str, Any]:
        """What the person gave, and what the platform adds to a filing or a dispatch."""
        names = [name for name in self.fields if name not in {"expected", "key"}]
        given = {name: self.cleaned_data.get(name) for name in names}
        facts = {name: value for name, value in given.items() if value not in (None, "", [])}
        for field in self._photo_fields:
            facts.pop(field, None)
            if photos := self._stored(field):
                facts[field] = photos
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

    @property
    def upload_key(self) -> str:
        """The key as photos wait under it: whatever was sent as a key, it names a place."""
        return evidence.key_of(str(self["key"].value()))

    @property
    def pictures(self) -> Mapping[str, list[tuple[str, Photo]]]:
        """What waits already of each field of photos."""
        number, key = self.asking.case.line.number, self.upload_key
        return {name: evidence.shown(number, key, name, self._names(name)) for name in self._photo_fields}

    @property
    def _photo_fields(self) -> list[str]:
        return [name for name in self.fields if name in evidence.FIELDS]

    def _place(self, field: str) -> UUID:
        return evidence.place(self.asking.actor.account_id, self.upload_key, field)

    def _names(self, field: str) -> list[str]:
        """Those that the form means, in the order they came: sent early, or just now with it."""
        if not isinstance(self.data, QueryDict):
            return []
        meant = {*self.data.getlist(evidence.sent_early(field)), *self._kept.get(field, ())}
        return [name for name in waiting.waiting(self._place(field)) if name in meant]

    def _keep_photos(self) -> None:
        """What came with the form waits with the rest, so that a refusal never asks for it again."""
        self._kept: dict[str, list[str]] = {}
        self._not_kept: dict[str, str] = {}
        for field in self._photo_fields if self.is_bound else ():
            given = [photo for photo in self.files.getlist(field) if photo]
            try:
                self.fields[field].clean(given)
            except forms.ValidationError:
                continue
            self._kept[field] = [name for photo in given if (name := self._keep(field, photo))]
            for photo in given:
                photo.seek(0)

    def _keep(self, field: str, photo: Any) -> str:
        """The name under which a photo waits; "" for one that cannot be read, which the form then says."""
        try:
            return waiting.keep(self._place(field), photo.read())
        except HuyingError as wrong:
            self._not_kept[field] = worded(wrong.message, _)
            return ""

    def clean(self) -> dict[str, Any] | None:
        for field, message in self._not_kept.items():
            self.add_error(field, message)
        return super().clean()

    def _stored(self, field: str) -> list[StoredPhoto]:
        contents = waiting.take(self._place(field), self._names(field))
        return store_photos(self.asking.case.line.district, contents)
