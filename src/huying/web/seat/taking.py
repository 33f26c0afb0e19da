"""A call into the platform: kept with its receipt, and filed or answered where the seat decided so."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from huying.access.actor import Actor, system
from huying.access.permissions import Permission
from huying.cases.actions import Receipt, advance
from huying.cases.lifecycle import CLOSED_STATES, State, Verb
from huying.cases.queries.lists.queue import lines_of
from huying.catalogue.queries import condition_for_text
from huying.kernel.errors import Conflict, HuyingError, Invalid
from huying.kernel.numbers import parse_case_number
from huying.knowledge.actions import note_gap, use_article
from huying.knowledge.rules import GapKind, UseChannel
from huying.loop.collect.actions import collect
from huying.web.seat.forms import CallForm


def take(actor: Actor, form: CallForm, now: datetime, *, answer: bool) -> Receipt:
    """Keep a valid form's call; with ``answer`` close it with the reply, else put it to the case it joins, else file it
    where an item was picked.

    All or nothing, and saving the same form twice is one appeal. Raises what the heart refuses with.
    """
    with transaction.atomic():
        kept = collect(actor.district, [form.appeal()], actor, now)[0]
        if isinstance(kept, HuyingError):
            raise kept
        joins = "" if answer else form.cleaned_data["join"]
        verb, facts = (None, {}) if joins else _decided(actor, form, answer=answer)
        key = f"seat:{form.cleaned_data['key']}"
        if verb is not None:
            advance((actor.district, kept.case_id), verb, by=actor, now=now, key=key, **facts)
        elif joins:
            _join(actor, kept, joins, key, now)
        if answer:
            _remember_how(actor, form, now)
    return kept


def _join(actor: Actor, kept: Receipt, number: str, key: str, now: datetime) -> None:
    """One more caller of an open case that the seat sees: the platform puts them together, as for residents.

    A form sent again after a lost answer was put there already, whatever became of the case since.
    """
    own = lines_of(actor, [kept.case_id], now)
    if own and own[0].state is State.MERGED:
        return
    try:
        district, into = parse_case_number(number)
    except Invalid as wrong:
        raise Invalid(fields={"join": wrong.message}) from wrong
    found = lines_of(actor, [into], now) if district == actor.district else []
    if not found or found[0].state in CLOSED_STATES:
        raise Conflict(_("要并入的案件已经办结，请点“不并入”，照常登记。"))
    reason = _("来电人说是同一件事，坐席%(name)s登记") % {"name": actor.name}
    advance(
        (district, kept.case_id), Verb.MERGE, by=system(district), now=now, key=key, into=into, reason=reason
    )


def _remember_how(actor: Actor, form: CallForm, now: datetime) -> None:
    """The article that answered, or that none did: then somebody should write it."""
    said, key = form.cleaned_data, f"seat:{form.cleaned_data['key']}"
    if said["article"]:
        use_article(actor.district, said["article"], UseChannel.HOTLINE, key, now)
    else:
        note_gap(actor.district, GapKind.BY_HAND, said["text"], key, now, said["reply"])


def _decided(actor: Actor, form: CallForm, *, answer: bool) -> tuple[Verb | None, dict[str, Any]]:
    said = form.cleaned_data
    facts: dict[str, Any] = {"kind": said["kind"]} if said["kind"] else {}
    code = said["item"]
    if code:
        facts["item"] = code
    if answer:
        return Verb.ANSWER, {**facts, "reply": said["reply"]}
    if not code or not actor.may(Permission.CASE_FILE):
        return None, {}
    number = condition_for_text(actor.district, code, said["text"])
    return Verb.FILE, {**facts, "condition": str(number)} if number is not None else facts
