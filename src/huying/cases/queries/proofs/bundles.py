"""Everything about one case for whoever audits it: what goes into a signed bundle (R404)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.ledger import Link
from huying.cases.lifecycle import FACTS, ClockKind, OrderRole, OrderState, Outcome, Verb
from huying.cases.models import Entry
from huying.cases.queries.proofs.chain import link_of
from huying.cases.queries.proofs.files import proof_of_cases
from huying.cases.queries.proofs.published import published_days, roots_file
from huying.cases.queries.seeing import must_see
from huying.cases.queries.whole import Whole, whole
from huying.kernel.digest import instant
from huying.kernel.errors import Denied
from huying.kernel.numbers import case_number
from huying.people.queries import ViewingInfo, account_names, bodies, viewings_for

_VIEWINGS: Final = 500
_SMALL: Final = 120


def is_small(actor: Actor, district: int, case_id: int) -> bool:
    """Whether the bundle is made at once, rather than behind the pages. Raises NotFound, as below."""
    must_see(actor, district, case_id, Permission.LEDGER_EXPORT)
    return Entry.objects.filter(district=district, case_id=case_id).count() <= _SMALL


def bundle_for(
    actor: Actor, district: int, case_id: int, now: datetime
) -> tuple[dict[str, Any], dict[str, Any]]:
    """(files by name, what the manifest says besides). Raises NotFound for a case that is not theirs to take.

    Callers are not in it: of who called there stand an appeal's number and day. What was erased by law is said
    to be erased, and its digest still stands in the chain. Raises Denied for who may not read the audit.
    """
    must_see(actor, district, case_id, Permission.LEDGER_EXPORT)
    if not actor.may(Permission.AUDIT_READ):
        raise Denied
    found = whole(district, case_id)
    names = {body.id: body.name for body in bodies(district, now)}
    people = account_names([row.account_id for row in found.entries if row.account_id])
    files = {
        "entries.json": [_entry(row, people, names) for row in found.entries],
        "words.json": _words(found),
        "attachments.json": [_attachment(row) for row in found.attachments],
        "orders.json": [_order(row, names) for row in found.orders],
        "clocks.json": [_clock(row, names) for row in found.clocks],
        "viewings.json": [_viewing(row) for row in _viewings(actor, case_id)],
        "proof.json": proof_of_cases(district, [case_id], now),
        "roots.json": roots_file(district, published_days(district)),
    }
    about = {
        "case": case_number(district, case_id),
        "district": district,
        "made_at": instant(now),
        "made_by": actor.name,
    }
    return files, about


def _entry(row: Entry, people: Mapping[int, str], names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "seq": row.seq,
        "label": Verb(row.verb).zh,
        "outcome": Outcome(row.outcome).zh if row.outcome else "",
        "who": people.get(row.account_id or 0, ""),
        "body": names.get(row.body_id or 0, ""),
        "algorithm": row.algorithm,
        "content": _content(link_of(row)),
        "seal": bytes(row.seal).hex(),
    }


def _content(link: Link) -> dict[str, Any]:
    """What :func:`huying.cases.ledger.content_digest` is taken of."""
    return {
        "district": link.district, "case": link.case_id, "seq": link.seq, "verb": link.verb, "outcome": link.outcome,
        "at": instant(link.at), "actor": link.actor_kind, "account": link.account_id, "key": link.key_id,
        "body": link.body_id, "order": link.order_id, "appeal": link.appeal_id, "before": link.before,
        "after": link.after, "facts": link.facts,
    }  # fmt: skip


def _words(found: Whole) -> list[dict[str, Any]]:
    """Free texts with what their digests are recomputed by; an appeal's stand at the entry that received it."""
    said = [
        _word(row.seq, row.name, row.text, row.salt, erased=not row.text, public=row.public)
        for row in found.statements
    ]
    appeals = {row.id: row for row in found.appeals}
    for entry in found.entries:
        appeal = appeals.get(entry.appeal_id or 0) if entry.verb == Verb.RECEIVE else None
        if appeal is not None and "text" in entry.facts:
            erased = appeal.erased_at is not None or not appeal.text
            said.append(_word(entry.seq, "text", appeal.text, appeal.salt, erased=erased, public=False))
    return said


def _word(
    seq: int, name: str, text: str, salt: bytes | memoryview, *, erased: bool, public: bool
) -> dict[str, Any]:
    label = FACTS[name].zh if name in FACTS else name
    kept = {"text": "", "salt": ""} if erased else {"text": text, "salt": bytes(salt).hex()}
    return {"seq": seq, "name": name, "label": label, "public": public, "erased": erased, **kept}


def _attachment(row: Any) -> dict[str, Any]:
    return {
        "id": row.id, "entry": row.seq, "appeal": row.appeal_id, "stage": row.stage, "sha256": row.sha256,
        "media_type": row.media_type, "bytes": row.size, "at": instant(row.created_at),
    }  # fmt: skip


def _order(row: Any, names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "id": row.id, "body": row.body_id, "body_name": names.get(row.body_id, ""), "role": OrderRole(row.role).zh,
        "state": OrderState(row.state).zh, "sent_at": _at(row.sent_at), "signed_at": _at(row.signed_at),
        "contacted_at": _at(row.contacted_at), "reported_at": _at(row.reported_at), "ended_at": _at(row.ended_at),
    }  # fmt: skip


def _clock(row: Any, names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": ClockKind(row.kind).zh,
        "order": row.order_id,
        "body_name": names.get(row.body_id or 0, ""),
        "starts_at": _at(row.starts_at),
        "due_at": _at(row.due_at),
        "stopped_at": _at(row.stopped_at),
        "paused_at": _at(row.paused_at),
        "extensions": row.extensions,
    }


def _viewings(actor: Actor, case_id: int) -> Sequence[ViewingInfo]:
    """Who viewed the case, oldest first."""
    found: list[ViewingInfo] = []
    before = None
    while True:
        page = viewings_for(actor, case_id=case_id, before=before, limit=_VIEWINGS)
        found += page
        if len(page) < _VIEWINGS:
            return found[::-1]
        before = page[-1].id


def _viewing(row: ViewingInfo) -> dict[str, Any]:
    return {
        "at": instant(row.at),
        "who": row.actor_name,
        "kind": row.kind.zh,
        "what": row.what,
        "reason": row.reason,
    }


def _at(value: datetime | None) -> str | None:
    return instant(value) if value else None
