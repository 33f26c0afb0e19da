"""Crediting people in their posts with what they did, and keeping through whose hands each case went."""

from collections.abc import Sequence
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from django.db import connection

from huying.figures.actions.writing import insert
from huying.figures.rules.counting import Fact
from huying.figures.rules.crediting import Hands, credits_of, hands_after
from huying.figures.rules.measures import Measure
from huying.figures.rules.periods import local_day
from huying.loop.supervise.actions import Followed

_NOBODY: Final = Hands()
_HANDS: Final = {"case_id": "bigint", "registrar": "bigint", "dispatcher": "bigint", "handler": "bigint"}
_BEHIND: Final = {
    "account_id": "bigint", "measure": "text", "day": "date", "case_id": "bigint", "seq": "integer",
    "body_id": "bigint", "times": "smallint", "minutes": "integer",
}  # fmt: skip


def credit(
    district: int, told: Sequence[tuple[Followed, Sequence[Fact]]], zone: ZoneInfo
) -> dict[tuple[int, date, str], int]:
    """Keep the rows behind, and give what is to be added by person, day and measure."""
    held = _read(district, sorted({each.link.case_id for each, _ in told}))
    before = dict(held)
    numbers: dict[tuple[int, date, str], int] = {}
    behind: dict[tuple[int, str, date, int, int, int], list[int | None]] = {}
    for (link, stood, _), facts in told:
        former = held.get(link.case_id, _NOBODY)
        held[link.case_id] = hands_after(former, link)
        # A decision that turns out wrong is that of who took it, also when this very entry puts another in its place.
        hands = held[link.case_id]._replace(dispatcher=former.dispatcher)
        minutes = next((fact.amount for fact in facts if fact.measure is Measure.CLOSE_MINUTES), None)
        for one in credits_of(link, stood, facts, hands):
            measure, day = str(one.measure), local_day(one.at, zone)
            numbers[one.account, day, measure] = numbers.get((one.account, day, measure), 0) + one.amount
            if one.measure is Measure.CLOSE_MINUTES:
                continue
            row = behind.setdefault((one.account, measure, day, link.case_id, link.seq, one.body), [0, None])
            row[0] = (row[0] or 0) + one.amount
            row[1] = minutes if one.measure is Measure.CLOSED else None
    insert("figures_postfact", district, _BEHIND, [(*key, *rest) for key, rest in sorted(behind.items())])
    changed = [
        (case_id, *hands) for case_id, hands in sorted(held.items()) if hands != before.get(case_id, _NOBODY)
    ]
    insert(
        "figures_hands", district, _HANDS, changed,
        "ON CONFLICT (district, case_id) DO UPDATE SET registrar = excluded.registrar, "
        "dispatcher = excluded.dispatcher, handler = excluded.handler",
    )  # fmt: skip
    return numbers


def _read(district: int, case_ids: Sequence[int]) -> dict[int, Hands]:
    if not case_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT case_id, registrar, dispatcher, handler FROM figures_hands "
            "WHERE district = %s AND case_id = ANY(%s)",
            [district, list(case_ids)],
        )
        return {case_id: Hands(*hands) for case_id, *hands in cursor.fetchall()}
