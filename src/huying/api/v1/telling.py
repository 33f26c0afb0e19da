"""From what queries hand out to what the interface answers with: plain mappings, never more than is shown."""

from typing import Any

from huying.cases.queries.buttons import Button
from huying.cases.queries.lists.queue import CaseLine
from huying.cases.queries.page import AppealView, CaseView, EntryView
from huying.cases.queries.track import Track, TrackCase
from huying.kernel.numbers import case_number

_LINE = tuple(CaseLine.__dataclass_fields__)


def short(line: CaseLine) -> dict[str, Any]:
    """One case in a list."""
    return {name: getattr(line, name) for name in _LINE}


def whole(view: CaseView) -> dict[str, Any]:
    """One case with everything its page shows."""
    district = view.line.district
    return short(view.line) | {
        "condition": view.condition,
        "merged_into": case_number(district, view.merged_into) if view.merged_into else None,
        "split_from": case_number(district, view.split_from) if view.split_from else None,
        "callers": [_caller(appeal) for appeal in view.appeals],
        "orders": view.orders,
        "clocks": view.clocks,
        "entries": [_entry(entry) for entry in view.entries],
        "next": [_next(button) for button in view.buttons],
    }


def _caller(appeal: AppealView) -> dict[str, Any]:
    return {
        "id": appeal.id, "receipt": appeal.receipt, "channel": appeal.channel, "kind": appeal.kind,
        "text": appeal.text, "place_text": appeal.place_text, "received_at": appeal.received_at,
        "caller_name": appeal.caller.name if appeal.caller else "",
        "caller_phone": appeal.caller.phone if appeal.caller else "", "active": appeal.active,
        "answers": [{"question": question, "answer": answer} for question, answer in appeal.answers],
    }  # fmt: skip


def _entry(entry: EntryView) -> dict[str, Any]:
    return {
        "seq": entry.seq, "verb": entry.verb, "outcome": entry.outcome, "at": entry.at,
        "actor_kind": entry.actor_kind, "actor_name": entry.actor_name, "body_name": entry.body_name,
        "before": entry.before, "after": entry.after, "seal": entry.seal,
        "texts": {name: text for name, _zh, _public, text in entry.texts},
    }  # fmt: skip


def _next(button: Button) -> dict[str, Any]:
    return {
        "verb": button.verb, "outcome": button.outcome, "name": button.zh, "order_id": button.order_id,
        "asks": [fact.name for fact in button.asks], "takes": [fact.name for fact in button.takes],
    }  # fmt: skip


def tracked(track: Track, *, known: bool) -> dict[str, Any]:
    """The public track; what was said to the caller only where they are ``known``."""
    return {
        "receipt": track.receipt,
        "received_at": track.received_at,
        "needs_tail": not known,
        "cases": [_tracked_case(case, known=known) for case in track.cases],
    }


def _tracked_case(case: TrackCase, *, known: bool) -> dict[str, Any]:
    return {
        "case": case.number, "state": case.state, "state_name": case.state.zh, "body": case.body,
        "due_at": case.due_at, "reply": case.reply if known else "",
        "steps": [
            {
                "at": step.at, "verb": step.verb, "name": step.verb.zh, "outcome": step.outcome,
                "body": step.body, "words": step.words if known else "",
            }
            for step in case.steps
        ],
    }  # fmt: skip
