"""The chain as a caller may keep and recompute it: digests of what was said, without what they may not read (R404)."""

from dataclasses import dataclass
from datetime import datetime

from huying.cases.ledger import GENESIS, Link, content_digest
from huying.cases.lifecycle import Verb
from huying.cases.models import CaseAppeal, Entry
from huying.kernel.numbers import case_number


@dataclass(frozen=True, slots=True)
class ChainEntry:
    """One entry; digests in hex. ``seal`` = H(``previous`` + ``content``), where the first follows 32 zero bytes."""

    number: str
    seq: int
    at: datetime
    label: str
    algorithm: str
    content: str
    previous: str
    seal: str


def chain_of_appeal(district: int, appeal_id: int) -> list[ChainEntry]:
    """Every entry of every case that answers, or answered, this appeal; by case and in order. Empty for none."""
    cases = CaseAppeal.objects.filter(district=district, appeal_id=appeal_id).values_list(
        "case_id", flat=True
    )
    found: list[ChainEntry] = []
    previous = GENESIS
    for row in Entry.objects.filter(district=district, case_id__in=list(cases)).order_by("case_id", "seq"):
        previous = GENESIS if row.seq == 1 else previous
        content = content_digest(link_of(row), row.algorithm)
        number, label = case_number(row.district, row.case_id), Verb(row.verb).zh
        mine = bytes(row.seal)
        said = ChainEntry(
            number, row.seq, row.at, label, row.algorithm, content.hex(), previous.hex(), mine.hex()
        )
        found.append(said)
        previous = mine
    return found


def link_of(row: Entry) -> Link:
    """What an entry's row says."""
    return Link(
        district=row.district, case_id=row.case_id, seq=row.seq, verb=row.verb, outcome=row.outcome, at=row.at,
        actor_kind=row.actor_kind, account_id=row.account_id, key_id=row.key_id, body_id=row.body_id,
        order_id=row.order_id, appeal_id=row.appeal_id, before=row.before, after=row.after, facts=row.facts,
    )  # fmt: skip
