"""Whether one case's chain holds, for whoever may ask (R404)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from huying.cases.ledger import GENESIS, Link, first_break
from huying.cases.models import Appeal, Case, DayRoot, Entry, Statement
from huying.cases.queries.settings.timing import timing_of
from huying.kernel.digest import salted
from huying.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class ChainProof:
    """The outcome: ``broken_at`` is the number of the first entry that does not hold, None when all do.

    ``seal`` is the last one in hex; ``root`` that of the last entry's day, where it was published.
    """

    entries: int
    seal: str
    broken_at: int | None
    root: str
    root_day: date | None


def prove(district: int, case_id: int) -> ChainProof:
    """Follow the chain from its beginning and compare its end with what the case says. Raises NotFound."""
    case = Case.objects.filter(district=district, id=case_id).first()
    if case is None:
        raise NotFound
    rows = list(Entry.objects.filter(district=district, case_id=case_id).order_by("seq"))
    broken = first_break(_links(rows))
    altered = _altered_text(district, case_id, rows)
    last = bytes(rows[-1].seal) if rows else GENESIS
    # Entries cut off at the end leave a chain that holds: the case remembers how long it was.
    cut = len(rows) != case.length or last != bytes(case.head)
    marks = [broken.seq if broken else None, altered, len(rows) + 1 if cut and not broken else None]
    at = min((mark for mark in marks if mark is not None), default=None)
    root = _root(district, rows[-1].at) if rows else None
    return ChainProof(
        len(rows), last.hex(), at, bytes(root.root).hex() if root else "", root.day if root else None
    )


def _links(rows: list[Entry]) -> Iterator[tuple[Link, str, bytes]]:
    for row in rows:
        link = Link(
            district=row.district, case_id=row.case_id, seq=row.seq, verb=row.verb, outcome=row.outcome, at=row.at,
            actor_kind=row.actor_kind, account_id=row.account_id, key_id=row.key_id, body_id=row.body_id,
            order_id=row.order_id, appeal_id=row.appeal_id, before=row.before, after=row.after, facts=row.facts,
        )  # fmt: skip
        yield link, row.algorithm, bytes(row.seal)


def _altered_text(district: int, case_id: int, rows: list[Entry]) -> int | None:
    """The first entry whose words are no longer those it was sealed with; words erased by law are not there."""
    kept = Statement.objects.filter(district=district, case_id=case_id)
    texts = {(row.seq, row.name): (row.text, bytes(row.salt)) for row in kept}
    said = Appeal.objects.filter(district=district, id__in=[row.appeal_id for row in rows if row.appeal_id])
    told = {row.id: (row.text, bytes(row.salt)) for row in said if row.erased_at is None}
    for row in rows:
        for name, fact in row.facts.items():
            digest = fact.get("digest") if isinstance(fact, dict) else None
            found = texts.get((row.seq, name)) or (told.get(row.appeal_id or 0) if name == "text" else None)
            # What was erased by law has left an empty text.
            if digest and found and found[0] and salted(*found, row.algorithm).hex() != digest:
                return row.seq
    return None


def _root(district: int, at: datetime) -> DayRoot | None:
    day = at.astimezone(timing_of(district).calendar.zone).date()
    return DayRoot.objects.filter(district=district, day=day).first()
