"""One decision on one case: which item it is and who gets it, taken as filing and dispatch together."""

from typing import Any
from uuid import uuid4

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from huying.cases.actions import Move, advance_many
from huying.cases.lifecycle import FACTS, Outcome, State, Verb
from huying.cases.queries.page import CaseView
from huying.kernel.errors import HuyingError
from huying.kernel.saying import worded
from huying.web.case.buttons import find
from huying.web.case.steps import offers
from huying.web.case.steps.fields import Asking, field_for
from huying.web.guard import StaffRequest

_FILING = ("item", "condition", "kind", "area")
_SENDING = ("body", "assists", "note")


class DecideForm(forms.Form):
    """The facts of filing and dispatch in one form, the suggestion chosen already."""

    expected = forms.IntegerField(widget=forms.HiddenInput)
    key = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, asking: Asking, data: Any = None) -> None:
        super().__init__(
            data, initial={"expected": asking.case.line.version, "key": str(uuid4())}, label_suffix=""
        )
        self.asking = asking
        filing = _FILING if asking.case.line.state is State.RECEIVED else ()
        for name in (*filing, *_SENDING):
            self.fields[name] = field_for(FACTS[name], asking, required=name in {"item", "body"})

    @property
    def filing(self) -> bool:
        return "item" in self.fields

    @property
    def late(self) -> bool:
        """Whether the case has moved on since this form was opened."""
        return str(self["expected"].data) != str(self.asking.case.line.version)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if not given.get("body"):
            ranked = offers.body_offers(self.asking.case, self.asking.now, item_code=given.get("item") or "")
            if ranked and not self["body"].data:
                # The item was changed without the page asking anew: the suggestion for the new one is meant.
                self.errors.pop("body", None)
                given["body"] = int(ranked[0].value)
        # What was ticked to assist and is now picked to lead does not assist itself.
        given["assists"] = [one for one in given.get("assists") or () if one != given.get("body")]
        return given

    def moves(self, request: StaffRequest) -> list[Move]:
        """The steps this decision takes, in their order."""
        line, given = self.asking.case.line, self.cleaned_data
        case, key = (line.district, line.id), f"desk:{request.actor.account_id}:{given['key']}"
        moves, seen = [], given["expected"]
        if self.filing:
            facts = {name: given[name] for name in ("item", "kind", "area") if given.get(name)}
            condition = offers.condition_of(self.asking.case, given["item"], given.get("condition") or "")
            if condition is not None:
                facts["condition"] = str(condition)
            moves.append(
                Move(
                    case=case, verb=Verb.FILE, by=request.actor, facts=facts, expected=seen, key=f"{key}:file"
                )
            )
        facts = {name: given[name] for name in _SENDING if given.get(name)} | self._reasons()
        moves.append(
            Move(
                case=case, verb=Verb.DISPATCH, by=request.actor, facts=facts, key=f"{key}:send",
                expected=None if self.filing else seen,
            )
        )  # fmt: skip
        return moves

    def _reasons(self) -> dict[str, Any]:
        ranked = offers.body_offers(
            self.asking.case, self.asking.now, item_code=self.cleaned_data.get("item") or ""
        )
        chosen = next((one for one in ranked if one.value == str(self.cleaned_data["body"])), None)
        return {"source": chosen.source, "reasons": list(chosen.why)} if chosen else {"source": "hand"}


def may_decide(case: CaseView) -> bool:
    """Whether filing or dispatch is the actor's to do now."""
    none: Outcome | None = None
    verb = Verb.FILE if case.line.state is State.RECEIVED else Verb.DISPATCH
    return find(case, verb, none, None) is not None


def form_for(request: StaffRequest, case: CaseView) -> DecideForm:
    """The form, bound to what was posted; bodies are suggested for the item at hand."""
    posted = request.POST if request.method == "POST" else None
    given = posted if posted is not None else request.GET
    item = given.get("item", "") if given.get("item") != "other" else ""
    if not item and not case.line.item:
        item = next((offer.value for offer in offers.item_offers(case)), "")
    asking = Asking(
        request.actor, case, request.now, reverse("case:items"), (item,), given.get("item-words", ""), item
    )
    return DecideForm(asking, posted)


def decide(request: StaffRequest, form: DecideForm) -> HuyingError | None:
    """Take the decision; the refusal where there is one, put at the fields it speaks of."""
    try:
        advance_many(form.moves(request), request.now)
    except HuyingError as refused:
        for name, text in refused.fields.items():
            form.add_error(name if name in form.fields else None, worded(text, _))
        if not refused.fields:
            form.add_error(None, worded(refused.message, _))
        return refused
    return None


def body_choices(form: DecideForm) -> dict[str, str]:
    """The names of the units that may be picked, by what the form sends for them."""
    return dict(pair for _group, pairs in form.fields["body"].widget.groups for pair in pairs)
