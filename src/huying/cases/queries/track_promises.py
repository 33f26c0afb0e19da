"""What was promised to the holder of a receipt (R303)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from huying.cases.lifecycle import Verb
from huying.cases.models import Entry, Promise, PromiseKind, PromiseState
from huying.cases.rules.promising import CONTEST_DAYS


@dataclass(frozen=True, slots=True)
class TrackPromise:
    """What a body promised the caller. ``may_deny``: it was reported as kept, and the caller may say otherwise."""

    id: int
    words: str
    proviso: str
    season: str
    until: datetime
    body: str
    state: PromiseState
    made_at: datetime
    kept_at: datetime | None
    may_deny: bool


def promises_of(district: int, entries: Sequence[Entry]) -> list[Promise]:
    """The promises of the cases of these entries; nothing is asked where the ledger speaks of none."""
    cases = {entry.case_id for entry in entries if "promised" in entry.facts}
    if not cases:
        return []
    rows = Promise.objects.filter(district=district, case_id__in=cases, kind=PromiseKind.PROMISE)
    return list(rows.order_by("until", "id"))


def told_promises(
    rows: Sequence[Promise],
    entries: Sequence[Entry],
    words: Mapping[tuple[int, int], Mapping[str, str]],
    names: Mapping[int, str],
    now: datetime,
    *,
    active: bool,
) -> list[TrackPromise]:
    """Those that were said to the caller: what a report promises is said once the report has passed its check."""
    passed = max(
        (entry.seq for entry in entries if entry.verb == Verb.CHECK and entry.outcome == "passed"), default=0
    )
    verbs = {entry.seq: entry.verb for entry in entries}
    found = []
    for row in rows:
        if verbs.get(row.made_seq) == Verb.REPORT and passed < row.made_seq:
            continue
        said = words.get((row.case_id, row.made_seq), {})
        lately = row.kept_at is not None and now <= row.kept_at + CONTEST_DAYS
        found.append(
            TrackPromise(
                id=row.id, words=said.get("promise", ""), proviso=said.get("proviso", ""), season=row.season,
                until=row.until, body=names.get(row.body_id, ""), state=PromiseState(row.state), made_at=row.made_at,
                kept_at=row.kept_at, may_deny=active and row.state == PromiseState.KEPT and lately,
            )
        )  # fmt: skip
    return found
