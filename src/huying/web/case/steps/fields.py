"""One field for each kind of fact. A cleaned value is the fact itself; None means that it was not given."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.lifecycle import Fact, FactKind, Verb
from huying.cases.queries.page import CaseView
from huying.catalogue.queries import live_edition
from huying.catalogue.rules.kinds import AppealKind, Evidence
from huying.loop.allocate.queries.alike import alike
from huying.web.case import words
from huying.web.case.standard import standard_of
from huying.web.case.steps import calling, offers
from huying.web.case.steps.parts import PartsField
from huying.web.case.steps.widgets import BodiesInput, OfferInput
from huying.web.citizen.forms import MOST_PHOTOS, PhotosField, PhotosInput

_LONG: Final = 200
# Photos that the list may ask for, by the fact that holds them.
_AS_EVIDENCE: Final = {"photos_before": Evidence.BEFORE, "photos": Evidence.AFTER}


@dataclass(frozen=True, slots=True)
class Asking:
    """For whom and about what a form is made. ``picked`` are codes the form must offer, having been chosen.

    ``item`` is the item for which bodies are suggested where the case has none yet, ``situation`` that in which bodies
    are to be called.
    """

    actor: Actor
    case: CaseView
    now: datetime
    search_address: str = ""
    picked: tuple[str, ...] = ()
    said: str = ""
    item: str = ""
    situation: str = ""


Make = Callable[[Fact, Asking], forms.Field]


class EndOfDay(forms.DateField):
    """A day, read as its last minute in the district's zone."""

    def clean(self, value: Any) -> Any:
        day: date | None = super().clean(value)
        return timezone.make_aware(datetime.combine(day, time(23, 59))) if day else None


def field_for(fact: Fact, asking: Asking, *, required: bool, verb: Verb | None = None) -> forms.Field:
    """The field of a fact, labelled and hinted as the office knows it, in the step ``verb``."""
    made = _in_step(fact, asking, verb) or _usual(fact)(fact, asking)
    made.label, made.help_text, made.required = (
        words.fact_name(fact.name, verb),
        words.hint(fact.name, verb),
        required,
    )
    if isinstance(made, PhotosField) and verb is Verb.REPORT:
        made.demanded = _is_demanded(fact.name, asking.case)
    missing = _("请选择%(what)s。") if made.widget.use_fieldset else _("请填写%(what)s。")
    made.error_messages["required"] = missing % {"what": made.label}
    return made


def _usual(fact: Fact) -> Make:
    return _BY_NAME[fact.name] if fact.name in _BY_NAME else _BY_KIND[fact.kind]


def _in_step(fact: Fact, asking: Asking, verb: Verb | None) -> forms.Field | None:
    """The field where a step asks for something else than the fact's name says."""
    if verb is Verb.ASSIGN and fact.name == "body":
        return calling.hand_field(asking.case)
    if verb is Verb.INTERVIEW and fact.name == "body":
        return calling.holder_field(asking.case)
    if fact.kind is FactKind.PROMISE:
        return calling.pledge_field(asking.case, verb, asking.actor.body_ids)
    return None


def _is_demanded(name: str, case: CaseView) -> bool:
    """Whether the list asks for these photos and none were handed in yet."""
    kind = _AS_EVIDENCE[name]
    standard = standard_of(case.line.district, case.line.item, case.condition)
    there = any(file.stage == kind.value for file in case.photos)
    return standard is not None and kind in standard.kinds and not there


def _text(fact: Fact, asking: Asking) -> forms.Field:
    area = forms.Textarea(attrs={"rows": 3, "maxlength": fact.most})
    return forms.CharField(max_length=fact.most, widget=area)


def _choice(fact: Fact, asking: Asking) -> forms.Field:
    known = words.CHOICES[fact.name]
    # What the platform alone may say has no words to choose it by.
    choices = [(value, _(known[value])) for value in fact.choices if value in known]
    # Whoever takes calls makes this one too.
    by_telephone = fact.name == "way" and asking.actor.may(Permission.APPEAL_RECEIVE)
    return forms.ChoiceField(
        choices=choices, widget=forms.RadioSelect, initial="seat" if by_telephone else None
    )


def _yes_no(fact: Fact, asking: Asking) -> forms.Field:
    pairs = [(value, words.value_words(fact.name, value)) for value in ("True", "False")]
    return forms.TypedChoiceField(
        choices=pairs, coerce=lambda value: value == "True", empty_value=None, widget=forms.RadioSelect
    )


def _stars(fact: Fact, asking: Asking) -> forms.Field:
    pairs = [(str(n), _("%(n)d 星") % {"n": n}) for n in (5, 4, 3, 2, 1)]
    return forms.TypedChoiceField(choices=pairs, coerce=int, empty_value=None, widget=forms.RadioSelect)


def _item(fact: Fact, asking: Asking) -> forms.Field:
    if live_edition(asking.case.line.district) is None:
        return forms.CharField(max_length=fact.most)
    found = offers.item_offers(asking.case, [asking.case.line.item, *asking.picked])
    unsure = "" if offers.sure(found) else _("说得太少，或者没有说到具体的事：没有把握，请看原文再定。")
    found = offers.with_like(asking.actor, asking.case, found)
    known = {offer.value for offer in found}
    district = asking.case.line.district
    found += [offer for offer in offers.items_said(district, asking.said) if offer.value not in known]
    widget = OfferInput(found, other="search", other_label=_("按名称、说法或代码查找事项"))
    widget.search_address = asking.search_address
    usual = asking.case.line.item or (found[0].value if found else "")
    return forms.CharField(max_length=fact.most, widget=widget, initial=usual, help_text=unsure)


def _condition(fact: Fact, asking: Asking) -> forms.Field:
    codes = [
        offer.value for offer in offers.item_offers(asking.case, [asking.case.line.item, *asking.picked])
    ]
    groups = offers.condition_groups(asking.case.line.district, codes)
    return forms.ChoiceField(choices=[("", _("按诉求内容自动判定")), *groups])


def _kind(fact: Fact, asking: Asking) -> forms.Field:
    pairs = [(kind.value, _(kind.zh)) for kind in AppealKind]
    return forms.ChoiceField(choices=[("", _("还没有确定")), *pairs], initial=asking.case.line.kind)


def _area(fact: Fact, asking: Asking) -> forms.Field:
    groups = offers.area_groups(asking.case.line.district)
    known = {code for _name, choices in groups for code, _label in choices}
    area = asking.case.line.area
    if area and area not in known:
        groups = [(_("现在"), [(area, asking.case.line.area_name or area)]), *groups]
    return forms.ChoiceField(choices=[("", _("还没有确定")), *groups], initial=area)


def _body(fact: Fact, asking: Asking) -> forms.Field:
    case = asking.case
    ranked = offers.others_than_now(case, offers.body_offers(case, asking.now, item_code=asking.item))
    groups = offers.body_groups(asking.case.line.district, asking.now)
    widget = OfferInput(ranked, other="select", other_label=_("其他单位"), groups=groups)
    usual = offers.proposed(case) or (ranked[0].value if ranked else None)
    return forms.TypedChoiceField(
        choices=[("", ""), *groups],
        coerce=int,
        empty_value=None,
        widget=widget,
        initial=usual if fact.name == "body" else None,
    )


def _bodies(fact: Fact, asking: Asking) -> forms.Field:
    suggested = offers.assisting(asking.case, asking.now)
    return forms.TypedMultipleChoiceField(
        choices=offers.body_groups(asking.case.line.district, asking.now), coerce=int, empty_value=None,
        widget=BodiesInput(suggested), initial=suggested,
    )  # fmt: skip


def _appeal(fact: Fact, asking: Asking) -> forms.Field:
    found = offers.appeal_offers(asking.case)
    return forms.TypedChoiceField(
        choices=[(offer.value, offer.title) for offer in found], coerce=int, empty_value=None,
        widget=OfferInput(found), initial=found[0].value if found else None,
    )  # fmt: skip


def _case(fact: Fact, asking: Asking) -> forms.Field:
    found = offers.case_offers(alike(asking.actor, asking.case.line, asking.now))
    widget = OfferInput(found, other="text", other_label=_("填案件编号"))
    widget.search_address = reverse("case:alike", args=[asking.case.line.number])
    return forms.CharField(max_length=24, widget=widget)


def _photos(fact: Fact, asking: Asking) -> forms.Field:
    attributes = {"accept": "image/*", "data-photos": MOST_PHOTOS, "multiple": True}
    return PhotosField(widget=PhotosInput(attrs=attributes))


def _instant(fact: Fact, asking: Asking) -> forms.Field:
    shape = "%Y-%m-%dT%H:%M"
    picker = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=shape)
    return forms.DateTimeField(widget=picker, input_formats=[shape])


def _until(fact: Fact, asking: Asking) -> forms.Field:
    today = timezone.localdate(asking.now)
    return EndOfDay(
        widget=forms.DateInput(attrs={"type": "date", "min": today.isoformat()}, format="%Y-%m-%d")
    )


_BY_KIND: Final[Mapping[FactKind, Make]] = {
    FactKind.PUBLIC: _text,
    FactKind.INTERNAL: _text,
    FactKind.CODE: lambda fact, _asking: forms.CharField(max_length=fact.most),
    FactKind.CHOICE: _choice,
    FactKind.BODY: _body,
    FactKind.BODIES: _bodies,
    FactKind.CASE: _case,
    FactKind.APPEAL: _appeal,
    FactKind.INSTANT: _instant,
    FactKind.YES_NO: _yes_no,
    FactKind.STARS: _stars,
    FactKind.PARTS: lambda _fact, asking: PartsField(asking.case.line.district),
    FactKind.PHOTOS: _photos,
    FactKind.DEGREES: lambda _fact, _asking: calling.degrees_field(),
}
_BY_NAME: Final[Mapping[str, Make]] = {
    "item": _item,
    "condition": _condition,
    "kind": _kind,
    "area": _area,
    "until": _until,
    "promise_until": _until,
    "season": lambda _fact, asking: calling.season_field(asking.now),
    "situation": lambda _fact, asking: calling.situation_field(asking.case),
    "called": lambda _fact, asking: calling.called_field(asking.case, asking.situation, asking.now),
    "fallback": lambda _fact, asking: calling.fallback_field(asking.case, asking.now),
}
