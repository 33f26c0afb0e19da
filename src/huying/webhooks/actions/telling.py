"""The reaction that follows the ledger and writes what subscriptions are told; one small query where there is none."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.conf import settings

from huying.access.actor import Actor
from huying.cases.ledger import Link
from huying.cases.queries.lists.lines import Names
from huying.cases.queries.pushed import PushedCase, positions, pushed_cases, readable
from huying.kernel.numbers import case_number
from huying.people.queries.keys import actors_of_keys
from huying.webhooks.models import Delivery, Subscription
from huying.webhooks.policy import reader_of
from huying.webhooks.queries.subscriptions import filters_of
from huying.webhooks.rules.filters import Matter
from huying.webhooks.rules.kinds import Field, Sending
from huying.webhooks.rules.payloads import body_of, chosen, instant, message_id


def push(district: int, entries: Sequence[Link], now: datetime) -> None:
    """Write a delivery of each entry for each subscription that asked for it; told again it writes nothing."""
    rows = list(Subscription.objects.filter(district=district, stopped_at=None, removed_at=None))
    # What happened before somebody subscribed is told on request alone (``replaying``).
    asked = [(row, [one for one in entries if one.at >= row.made_at]) for row in rows]
    if not any(told for _row, told in asked):
        return
    found = deliveries(asked, now)
    places = positions(district, {(one.case_id or 0, one.seq or 0) for one in found})
    for one in found:
        one.position = places[one.case_id or 0, one.seq or 0]
    Delivery.objects.bulk_create(found, batch_size=500, ignore_conflicts=True)


def deliveries(asked: Iterable[tuple[Subscription, Sequence[Link]]], now: datetime) -> list[Delivery]:
    """What these subscriptions of one district are told of these entries, not kept yet and without a position.

    Each sees what its reader may read now. A query for the cases, and one for each different reader.
    """
    asked = [(row, entries) for row, entries in asked if entries]
    if not asked:
        return []
    district = asked[0][0].district
    ids = {one.case_id for _row, entries in asked for one in entries}
    cases = pushed_cases(district, ids)
    readers = _readers(district, [row for row, _ in asked], now)
    seen = {reader: readable(reader, ids) for reader in set(readers.values())}
    names = Names(district, now)
    return [
        _delivery(row, one, cases[one.case_id], names, now)
        for row, entries in asked
        if row.pk in readers
        for one in entries
        if one.case_id in seen[readers[row.pk]] and _asked_for(row, one, cases[one.case_id])
    ]


def _readers(district: int, rows: Sequence[Subscription], now: datetime) -> Mapping[int, Actor]:
    keys = actors_of_keys(district, {row.key_id for row in rows if row.key_id is not None}, now)
    found = {row.pk: reader_of(row, keys) for row in rows}
    return {number: reader for number, reader in found.items() if reader is not None}


def _asked_for(row: Subscription, entry: Link, case: PushedCase) -> bool:
    matter = Matter(case.kind, case.item, case.area, case.bodies)
    return filters_of(row).ask_for(entry.verb, matter)


def _delivery(row: Subscription, entry: Link, case: PushedCase, names: Names, now: datetime) -> Delivery:
    name = message_id(row.district, row.pk, entry.case_id, entry.seq)
    kind = f"case.{entry.verb}"
    data = {**_thin(entry), **chosen(_more(entry, case, names), row.fields)}
    return Delivery(
        district=row.district, subscription_id=row.pk, case_id=entry.case_id, seq=entry.seq, message=name, kind=kind,
        body=body_of(name, kind, entry.at, data).decode(), state=Sending.WAITING.value, made_at=now, next_at=now,
    )  # fmt: skip


def _thin(entry: Link) -> dict[str, object]:
    number = case_number(entry.district, entry.case_id)
    site: str = settings.HUYING_ADDRESS
    return {
        "district": str(entry.district), "case": number, "sequence": entry.seq, "verb": entry.verb,
        "outcome": entry.outcome or None, "before": entry.before or None, "after": entry.after,
        "links": {
            "page": f"{site.rstrip('/')}/case/{number}",
            "api": f"{site.rstrip('/')}/api/v1/cases/{number}",
        },
    }  # fmt: skip


def _more(entry: Link, case: PushedCase, names: Names) -> dict[Field, object]:
    return {
        Field.ITEM: {"code": case.item, "name": names.item(case.item)} if case.item else None,
        Field.AREA: {"code": case.area, "name": names.area(case.area)} if case.area else None,
        Field.KIND: case.kind,
        Field.CHANNEL: case.channel,
        Field.LEVEL: case.level,
        Field.URGENCY: case.urgency,
        Field.BODY: {"id": case.body_id, "name": names.body(case.body_id)} if case.body_id else None,
        Field.ACTOR: entry.actor_kind,
        Field.OPENED: instant(case.opened_at),
        Field.CLOSED: instant(case.closed_at) if case.closed_at else None,
        Field.DUE: instant(case.due_at) if case.due_at else None,
    }
