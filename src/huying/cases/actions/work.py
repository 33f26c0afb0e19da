"""One transaction's worth of change: what was read and locked, what changed, written in few statements."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models

from huying.access.actor import Actor
from huying.cases.actions import rows
from huying.cases.ledger import Link, seal
from huying.cases.lifecycle import FACTS, Outcome, Verb
from huying.cases.models import (
    Answer,
    Appeal,
    Attachment,
    Call,
    Called,
    CallRating,
    Case,
    CaseAppeal,
    Clock,
    Delay,
    Dispute,
    Entry,
    Interview,
    Matter,
    Order,
    Promise,
    Rating,
    Statement,
    Supervision,
)
from huying.cases.policy.moves import CaseRef
from huying.kernel.digest import instant, new_salt, salted
from huying.kernel.errors import NotFound

_CASE_FIELDS = (
    "state", "level", "title", "kind", "item", "condition", "edition_id", "area", "lon", "lat", "urgency", "body_id",
    "due_kind", "due_at", "warn_at", "closed_at", "touched_at", "merged_into", "appeals", "reworks", "unhappy",
    "head", "length",
)  # fmt: skip
_ORDER_FIELDS = (
    "state", "signed_at", "signed_by", "contacted_at", "reported_at", "reported_by", "ended_at",
)  # fmt: skip
_CLOCK_FIELDS = ("due_at", "stopped_at", "paused_at", "extensions", "next_at", "rung", "failures")
_DELAY_FIELDS = (
    "state", "recommended_at", "recommended_by", "decided_at", "decided_by", "resumed_at",
)  # fmt: skip
_DISPUTE_FIELDS = ("state", "ruled_at", "ruled_by", "ruled_body_id", "ruled_seq")
_CALL_FIELDS = ("fallback_body_id", "ended_at", "ended_by", "ended_seq")
_CALLED_FIELDS = ("arrived_at", "arrived_by", "arrived_seq", "metres")
_PROMISE_FIELDS = (
    "state", "kept_at", "kept_by", "kept_seq", "broken_at", "broken_by", "broken_seq",
)  # fmt: skip
_SUPERVISION_FIELDS = (
    "replied_at", "replied_by", "replied_seq", "lifted_at", "lifted_by", "lifted_seq",
)  # fmt: skip


class Work:
    """Reads and locks matters in a fixed order, gathers changes, and flushes them table by table."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.matters: dict[CaseRef, Matter] = {}
        # By which object it is: rows that are not written yet are equal to none.
        self._new: dict[type[models.Model], dict[int, models.Model]] = {model: {} for model in _INSERTS}
        self._changed: dict[type[models.Model], dict[int, models.Model]] = {}

    def load(self, refs: Iterable[CaseRef]) -> None:
        """Lock the cases, lowest number first so that two workers never wait for each other.

        ``now`` becomes no earlier than the last entry of any of them.

        Raises NotFound when one does not exist.
        """
        for district, unique in _by_district(refs).items():
            cases = Case.objects.select_for_update().filter(district=district, id__in=unique).order_by("id")
            for case in cases:
                self.matters[(district, case.id)] = Matter(case)
                # Whoever asked first may have waited for the other, or their clocks differ: a chain never goes back.
                self.now = max(self.now, case.touched_at)
            if any((district, case_id) not in self.matters for case_id in unique):
                raise NotFound
            self._load_parts(district, unique)

    def _load_parts(self, district: int, ids: Sequence[int]) -> None:
        of = {"district": district, "case_id__in": ids}
        for order in Order.objects.filter(**of).order_by("id"):
            self.matters[(district, order.case_id)].orders.append(order)
        for clock in Clock.objects.filter(stopped_at__isnull=True, **of).order_by("id"):
            self.matters[(district, clock.case_id)].clocks.append(clock)
        for link in CaseAppeal.objects.filter(**of).order_by("appeal_id"):
            self.matters[(district, link.case_id)].links.append(link)

    def load_discipline(self, refs: Iterable[CaseRef]) -> None:
        """Read also applications, disputes, supervision orders and ratings of these cases."""
        for district, ids in _by_district(refs).items():
            of = {"district": district, "case_id__in": ids}
            for delay in Delay.objects.filter(**of).order_by("id"):
                self.matters[(district, delay.case_id)].delays.append(delay)
            for dispute in Dispute.objects.filter(**of).order_by("id"):
                self.matters[(district, dispute.case_id)].disputes.append(dispute)
            for supervision in Supervision.objects.filter(**of).order_by("id"):
                self.matters[(district, supervision.case_id)].supervisions.append(supervision)
            for rating in Rating.objects.filter(**of).order_by("id"):
                self.matters[(district, rating.case_id)].ratings.append(rating)

    def load_calling(self, refs: Iterable[CaseRef], all_of: Collection[CaseRef] = ()) -> None:
        """Read also calls and promises, of those cases that have something running; of ``all_of`` whatever there was.

        Most cases have neither, and are not asked for them.
        """
        here = [(ref, self.matters[ref]) for ref in set(refs)]
        called = {ref for ref, matter in here if matter.is_called}
        promised = {ref for ref, matter in here if any(clock.promise_id for clock in matter.clocks)}
        self._load_calls(called | set(all_of))
        self._load_promises(promised | set(all_of))

    def _load_calls(self, refs: Iterable[CaseRef]) -> None:
        for district, ids in _by_district(refs).items():
            of = {"district": district, "case_id__in": ids}
            for call in Call.objects.filter(**of).order_by("id"):
                self.matters[(district, call.case_id)].calls.append(call)
            for row in Called.objects.filter(**of).order_by("id"):
                self.matters[(district, row.case_id)].called.append(row)
            for rating in CallRating.objects.filter(**of):
                self.matters[(district, rating.case_id)].call_ratings.append(rating)

    def _load_promises(self, refs: Iterable[CaseRef]) -> None:
        for district, ids in _by_district(refs).items():
            for promise in Promise.objects.filter(district=district, case_id__in=ids).order_by("id"):
                self.matters[(district, promise.case_id)].promises.append(promise)

    def add(self, row: models.Model) -> None:
        """Insert this row at the end."""
        self._new[type(row)][id(row)] = row

    def change(self, row: Any) -> None:
        """Write this row's fields at the end, unless it is new and will be inserted as it then is."""
        if id(row) not in self._new[type(row)]:
            self._changed.setdefault(type(row), {})[row.id] = row

    def enter(
        self,
        matter: Matter,
        verb: Verb,
        by: Actor,
        *,
        before: str,
        facts: Mapping[str, Any],
        outcome: Outcome | None = None,
        order: Order | None = None,
        appeal_id: int | None = None,
        moved: Mapping[str, Any] | None = None,
    ) -> Entry:
        """Append the entry of a step to the case's chain; free texts go beside it, salted."""
        case = matter.case
        case.length += 1
        plain: dict[str, Any] = dict(moved or {})
        for name, value in facts.items():
            plain[name] = self._stated(case, name, value) if FACTS[name].is_text else _json(value)
        plain["case"] = _context(case)
        link = Link(
            district=case.district, case_id=case.id, seq=case.length, verb=verb.value,
            outcome=outcome.value if outcome else "", at=self.now, actor_kind=by.kind.value,
            account_id=by.account_id, key_id=by.key_id, body_id=order.body_id if order else None,
            order_id=order.id if order else None, appeal_id=appeal_id, before=before, after=case.state, facts=plain,
        )  # fmt: skip
        algorithm: str = settings.HUYING_DIGEST
        case.head = seal(bytes(case.head), link, algorithm)
        case.touched_at = self.now
        entry = rows.made(
            Entry, district=link.district, case_id=link.case_id, seq=link.seq, verb=link.verb, outcome=link.outcome,
            at=link.at, actor_kind=link.actor_kind, account_id=link.account_id, key_id=link.key_id, body_id=link.body_id,
            order_id=link.order_id, appeal_id=link.appeal_id, before=link.before, after=link.after, facts=plain,
            algorithm=algorithm, seal=case.head,
        )  # fmt: skip
        self.add(entry)
        self.change(case)
        return entry

    def _stated(self, case: Case, name: str, text: str) -> dict[str, str]:
        salt = new_salt()
        public = FACTS[name].kind.value == "public"
        self.add(
            rows.made(
                Statement,
                district=case.district,
                case_id=case.id,
                seq=case.length,
                name=name,
                public=public,
                text=text,
                salt=salt,
            )
        )
        return {"digest": salted(text, salt, settings.HUYING_DIGEST).hex()}

    def flush(self) -> None:
        """Write everything that was gathered; the caller holds the transaction."""
        Work.flush_together([self])

    @staticmethod
    def flush_together(works: "Sequence[Work]") -> None:
        """Write what several works gathered, each table once."""
        for model, fields in _CHANGES.items():
            rows.update(
                model, [row for work in works for row in work._changed.get(model, {}).values()], fields
            )
        rows.insert_together(
            {model: [row for work in works for row in work._new[model].values()] for model in _INSERTS}
        )


_CHANGES: Mapping[type[models.Model], Sequence[str]] = {
    Case: _CASE_FIELDS,
    Order: _ORDER_FIELDS,
    Clock: _CLOCK_FIELDS,
    Delay: _DELAY_FIELDS,
    Dispute: _DISPUTE_FIELDS,
    Supervision: _SUPERVISION_FIELDS,
    Call: _CALL_FIELDS,
    Called: _CALLED_FIELDS,
    Promise: _PROMISE_FIELDS,
}
_INSERTS: Sequence[type[models.Model]] = (
    Appeal, Case, CaseAppeal, Order, Clock, Delay, Dispute, Supervision, Interview, Rating, Call, Called, CallRating,
    Promise, Attachment, Answer, Statement, Entry,
)  # fmt: skip


def _by_district(refs: Iterable[CaseRef]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for district, case_id in sorted(set(refs)):
        found.setdefault(district, []).append(case_id)
    return found


def _context(case: Case) -> dict[str, Any]:
    return {
        "area": case.area, "item": case.item, "kind": case.kind, "level": case.level, "channel": case.channel,
        "body": case.body_id, "opened": instant(case.opened_at),
    }  # fmt: skip


def _json(value: Any) -> Any:
    return instant(value) if isinstance(value, datetime) else value
