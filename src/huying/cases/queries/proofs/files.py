"""The proof of cases as a file: anybody can hold it against the published roots, without us (R404)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings

from huying.cases.ledger import PROOF_FORMAT, content_digest, merkle_path
from huying.cases.lifecycle import Verb
from huying.cases.models import CaseAppeal, DayRoot, Entry
from huying.cases.queries.proofs.chain import link_of
from huying.cases.queries.proofs.roots import day_of, seals_of_day
from huying.kernel.digest import canonical, digest, instant
from huying.kernel.numbers import case_number

Path = list[list[str]]


def proof_of_appeal(district: int, appeal_id: int, now: datetime) -> dict[str, Any]:
    """The proof of every case that answers, or answered, this appeal."""
    cases = CaseAppeal.objects.filter(district=district, appeal_id=appeal_id).order_by("case_id")
    return proof_of_cases(district, [row.case_id for row in cases], now)


def proof_of_cases(district: int, cases: Sequence[int], now: datetime) -> dict[str, Any]:
    """The proof file: every entry's digests and, for the last of each published day, the way to its root.

    What an entry says is not in it, only its digest: whoever may read the entry can recompute that too. ``check``
    covers all other fields of an entry or of the file, so that damage to words and times is found and named.
    """
    rows = list(Entry.objects.filter(district=district, case_id__in=list(cases)).order_by("case_id", "seq"))
    ways = _ways(district, rows)
    told: dict[int, list[dict[str, Any]]] = {case_id: [] for case_id in cases}
    for row in rows:
        told[row.case_id].append(_entry(row, ways.get((row.case_id, row.seq))))
    file = {
        "format": PROOF_FORMAT,
        "district": district,
        "algorithm": settings.HUYING_DIGEST,
        "made_at": instant(now),
        "cases": [
            {"number": case_number(district, case_id), "entries": entries}
            for case_id, entries in told.items()
        ],
    }
    return {**file, "check": digest(canonical(file), settings.HUYING_DIGEST).hex()}


def _entry(row: Entry, way: tuple[date, Path] | None) -> dict[str, Any]:
    said = {
        "seq": row.seq,
        "at": instant(row.at),
        "label": Verb(row.verb).zh,
        "algorithm": row.algorithm,
        "content": content_digest(link_of(row), row.algorithm).hex(),
        "seal": bytes(row.seal).hex(),
    }
    if way is not None:
        said |= {"day": way[0].isoformat(), "path": way[1]}
    return {**said, "check": digest(canonical(said), row.algorithm).hex()}


def _ways(district: int, rows: Iterable[Entry]) -> dict[tuple[int, int], tuple[date, Path]]:
    """(case, number) → the day and the way to its root, for the last entry of a case on each published day.

    The chain covers what stands before it. A day is read once, however many cases lie on it.
    """
    last: dict[date, dict[int, Entry]] = {}
    for row in rows:
        last.setdefault(day_of(district, row.at), {})[row.case_id] = row
    found: dict[tuple[int, int], tuple[date, Path]] = {}
    for root in DayRoot.objects.filter(district=district, day__in=list(last)):
        seals = seals_of_day(district, root.day, root.entries)
        place = {seal: number for number, seal in enumerate(seals)}
        for case_id, row in last[root.day].items():
            number = place.get(bytes(row.seal))
            if number is not None:
                path = merkle_path(seals, number, root.algorithm)
                found[case_id, row.seq] = (root.day, [[side, other.hex()] for side, other in path])
    return found
