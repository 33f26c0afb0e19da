"""Letters put together when they go out: from the ledger as it is now, so that what was erased by law is in none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from huying.cases.lifecycle import Outcome
from huying.cases.queries.exchanged import ToldAppealOf, ToldEntry, appeals_on, told_appeals_of, told_entries
from huying.exchange.models import Outgoing
from huying.exchange.models.sealing import open_json
from huying.exchange.queries.held import OpenPeer
from huying.exchange.queries.linked import numbers_of
from huying.exchange.rules.kinds import OutKind
from huying.exchange.rules.reading import with_changes
from huying.exchange.rules.writing import write
from huying.kernel.numbers import case_number
from huying.people.queries import unit_names

WITH_PHOTOS: Final = frozenset({OutKind.REPLY})
_WITH_TEXT: Final = frozenset({OutKind.ORDER})


@dataclass(frozen=True, slots=True)
class Composed:
    """One letter in their words, with what it says in ours; ``wrong``: it cannot be sent like this.

    ``photos`` are paths in the store with SHA-256 and media type; ``case_id`` and ``caller_id`` are for the audit where
    the letter names a caller.
    """

    key: str
    fields: Mapping[str, Any]
    wrong: Sequence[str]
    photos: Sequence[tuple[str, str, str]] = ()


Names = Callable[[int, int], tuple[str, str]]
"""(caller, case) → name and phone, written down as seen."""


def compose(peer: OpenPeer, rows: Sequence[Outgoing], callers: Names | None = None) -> list[Composed]:
    """The letters of these rows, in their order. Callers are named only through ``callers``."""
    wants = any(row.kind in WITH_PHOTOS for row in rows) and "photos" in peer.map.out_fields
    entries = told_entries(peer.district, {(row.case_id, row.seq) for row in rows}, photos=wants)
    first = _first_appeals(peer, rows)
    appeals = told_appeals_of(
        peer.district, {row.appeal_id for row in rows if row.appeal_id} | set(first.values())
    )
    numbers = numbers_of(peer.district, peer.id, {row.case_id for row in rows if not row.number})
    bodies = unit_names(peer.district)
    found = []
    for row in rows:
        entry = entries.get((row.case_id, row.seq))
        if entry is None:
            found.append(Composed(key_of(row), {}, ["办理记录找不到了。"]))
            continue
        facts = _facts(row, entry, appeals.get(row.appeal_id or 0), bodies)
        facts |= _words_of(appeals.get(first.get(row.case_id, 0)) if row.kind in _WITH_TEXT else None)
        if row.case_id in numbers and not row.number:
            facts["number"] = numbers[row.case_id]
        if callers is not None and peer.map.caller and row.appeal_id:
            facts |= _caller(peer, row, appeals.get(row.appeal_id), callers)
        written = write(peer.map, facts, own=row.appeal_id is not None)
        fields = with_changes(written.fields, mended := open_json(row.district, "mended", row.mended_sealed))
        # What a person put in by hand needs no code of ours.
        wrong = () if mended else written.wrong
        found.append(Composed(key_of(row), fields, wrong, entry.photos if row.kind in WITH_PHOTOS else ()))
    return found


def _first_appeals(peer: OpenPeer, rows: Sequence[Outgoing]) -> Mapping[int, int]:
    """Case → the appeal it began with, for letters that say what is wrong."""
    wanted = {row.case_id for row in rows if row.kind in _WITH_TEXT}
    wanted = wanted if {"text", "place"} & peer.map.out_fields.keys() else set()
    found = appeals_on(peer.district, wanted) if wanted else {}
    return {case_id: appeals[0] for case_id, appeals in found.items() if appeals}


def _words_of(appeal: ToldAppealOf | None) -> dict[str, str]:
    return {"text": appeal.text, "place": appeal.place_text} if appeal is not None else {}


def key_of(row: Outgoing) -> str:
    """What the other side knows a letter by, the same each time it is tried."""
    return f"{row.district}-{row.id}"


def _facts(
    row: Outgoing, entry: ToldEntry, appeal: ToldAppealOf | None, bodies: Mapping[int, str]
) -> dict[str, Any]:
    number = case_number(row.district, row.case_id)
    facts: dict[str, Any] = {
        "key": key_of(row), "type": row.kind, "number": row.number or number, "case": number, "state": entry.after,
        "at": entry.at, "due": entry.due_at, "words": entry.words if row.kind in _WORDED else "",
        "body": bodies.get(entry.body_id or 0, ""), "item": entry.item, "area": entry.area, "kind": entry.kind,
    }  # fmt: skip
    if appeal is not None:
        facts["receipt"] = appeal.receipt
    if row.kind in _WITH_TEXT:
        facts |= {"lon": entry.lon, "lat": entry.lat}
    if row.kind == OutKind.EVALUATION:
        facts |= {"result": _result(entry), "satisfaction": entry.satisfaction}
    return facts


_WORDED: Final = frozenset({OutKind.REPLY, OutKind.PROGRESS})


def _result(entry: ToldEntry) -> str:
    if entry.reached is False or entry.outcome == Outcome.UNREACHED:
        return "unreached"
    return "solved" if entry.solved else "unsolved"


def _caller(peer: OpenPeer, row: Outgoing, appeal: ToldAppealOf | None, callers: Names) -> dict[str, str]:
    if appeal is None or appeal.caller_id is None or not {"name", "phone"} & peer.map.out_fields.keys():
        return {}
    name, phone = callers(appeal.caller_id, row.case_id)
    return {"name": name, "phone": phone}
