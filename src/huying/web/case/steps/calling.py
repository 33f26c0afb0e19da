"""Fields of calls to the spot and of promises: whom a situation calls, which promise is meant, by when."""

from collections.abc import Collection
from datetime import datetime

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from huying.cases.lifecycle import OrderRole, OrderState, Verb
from huying.cases.queries.called import PromiseView
from huying.cases.queries.page import CaseView
from huying.cases.rules.promising import seasons_ahead
from huying.catalogue.queries.situations import situation, situations
from huying.people.queries import body_for
from huying.web.case.steps import offers
from huying.web.case.steps.offers import Offer
from huying.web.case.steps.widgets import BodiesInput, OfferInput
from huying.web.present.promises import due_words, season_words

_ACTIVE = frozenset({OrderState.SENT, OrderState.SIGNED, OrderState.REPORTED})


def bodies_of(case: CaseView, code: str, now: datetime) -> list[str]:
    """The bodies that a situation calls at the place of the case: who leads there first."""
    district, area = case.line.district, case.line.area
    line = situation(district, code) if code else None
    if line is None:
        return []
    found = [body_for(district, duty, area, now) for duty in (line.lead, *line.assisting)]
    return [str(body_id) for body_id in dict.fromkeys(found) if body_id is not None]


def situation_field(case: CaseView) -> forms.Field:
    """The situations by class; none need be chosen."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for line in situations(case.line.district):
        groups.setdefault(line.kind, []).append((line.code, line.name))
    return forms.ChoiceField(choices=[("", _("不按情形，自己选单位")), *groups.items()])


def called_field(case: CaseView, code: str, now: datetime) -> forms.Field:
    """The bodies to be called; those of the situation, or of the item, stand first and ticked."""
    here = {str(one.body_id) for one in case.orders if one.role is OrderRole.CALLED and one.state in _ACTIVE}
    usual = bodies_of(case, code, now) or [offer.value for offer in offers.body_offers(case, now, 1)]
    suggested = [body_id for body_id in usual if body_id not in here]
    groups = offers.body_groups(case.line.district, now)
    return forms.TypedMultipleChoiceField(
        choices=groups, coerce=int, empty_value=None, widget=BodiesInput(suggested), initial=suggested
    )


def fallback_field(case: CaseView, now: datetime) -> forms.Field:
    """The body of last resort, where it is to be another than the place's own."""
    groups = offers.body_groups(case.line.district, now)
    return forms.TypedChoiceField(
        choices=[("", _("按情形或属地街道")), *groups], coerce=int, empty_value=None
    )


def hand_field(case: CaseView) -> forms.Field:
    """One of the bodies that were called or have the case in hand."""
    held = {str(one.body_id): one.body_name for one in case.orders if one.state in _ACTIVE}
    return forms.TypedChoiceField(choices=[("", _("请选单位")), *held.items()], coerce=int, empty_value=None)


def holder_field(case: CaseView) -> forms.Field:
    """One of the bodies that have or had the case, the one that leads it first."""
    held = {
        str(one.body_id): one.body_name for one in sorted(case.orders, key=lambda one: one.role != "lead")
    }
    return forms.TypedChoiceField(
        choices=list(held.items()), coerce=int, empty_value=None, initial=next(iter(held), None)
    )


def season_field(now: datetime) -> forms.Field:
    """The seasons ahead, by name."""
    pairs = [(code, season_words(code)) for code in seasons_ahead(timezone.localdate(now))]
    return forms.ChoiceField(choices=[("", _("不按季节")), *pairs])


def pledge_field(case: CaseView, verb: Verb | None, body_ids: Collection[int]) -> forms.Field:
    """Which promise is meant, those that can be meant in this step by somebody who acts for these bodies."""
    found = [
        Offer(str(one.id), one.words, f"{one.body_name} · {due_words(one.season, one.until)}")
        for one in case.promises
        if _can_be_meant(one, verb, body_ids)
    ]
    return forms.TypedChoiceField(
        choices=[(offer.value, offer.title) for offer in found], coerce=int, empty_value=None,
        widget=OfferInput(found), initial=found[0].value if len(found) == 1 else None,
    )  # fmt: skip


def _can_be_meant(one: PromiseView, verb: Verb | None, body_ids: Collection[int]) -> bool:
    if verb is Verb.BREAK_PROMISE:
        return one.state == "kept"
    if one.body_id not in body_ids:
        return False
    return one.state == "open" or (
        one.state == "broken" and (one.kept_at is None or one.kept_at < _broken(one))
    )


def _broken(one: PromiseView) -> datetime:
    return one.broken_at or one.until


def degrees_field() -> forms.Field:
    """A coordinate that the device fills in; nobody types it."""
    return forms.FloatField(min_value=-180, max_value=180, widget=forms.HiddenInput)
