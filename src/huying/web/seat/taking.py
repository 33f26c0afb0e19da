"""A call into the platform: kept with its receipt, and filed or answered where the seat decided so."""

from datetime import datetime
from typing import Any

from django.db import transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.actions import Receipt, advance
from huying.cases.lifecycle import Verb
from huying.catalogue.queries import condition_for_text
from huying.kernel.errors import HuyingError
from huying.knowledge.actions import note_gap, use_article
from huying.knowledge.rules import GapKind, UseChannel
from huying.loop.collect.actions import collect
from huying.web.seat.forms import CallForm


def take(actor: Actor, form: CallForm, now: datetime, *, answer: bool) -> Receipt:
    """Keep a valid form's call; with ``answer`` close it with the reply, else file it where an item was picked.

    All or nothing, and saving the same form twice is one appeal. Raises what the heart refuses with.
    """
    with transaction.atomic():
        kept = collect(actor.district, [form.appeal()], actor, now)[0]
        if isinstance(kept, HuyingError):
            raise kept
        verb, facts = _decided(actor, form, answer=answer)
        if verb is not None:
            key = f"seat:{form.cleaned_data['key']}"
            advance((actor.district, kept.case_id), verb, by=actor, now=now, key=key, **facts)
        if answer:
            _remember_how(actor, form, now)
    return kept


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
