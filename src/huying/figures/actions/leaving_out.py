"""Taking counted facts out of days and months; the rows behind stay, with since when they do not count."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from huying.figures.actions.counting import Rows, add_post, join, tally_rows, write_tally
from huying.figures.actions.scoring import Closing, score_again, scores_of
from huying.figures.actions.writing import Counted, insert
from huying.figures.models import Exemption, FactCase, PostFact
from huying.figures.rules.measures import Measure
from huying.loop.supervise.rules.cuts import place

Left = list[tuple[str, str, int, int]]
_BEHIND: Final = {
    "measure": "text", "day": "date", "area": "text", "body_id": "bigint", "item": "text", "case_id": "bigint",
    "seq": "integer",
}  # fmt: skip


def leave_out(row: Exemption, facts: Sequence[FactCase], at: datetime) -> Left:
    """Leave these facts out since then, with what of them was credited to people; what was left out.

    Must run in the transaction that holds the figures' place in the ledger.
    """
    if not facts:
        return []
    credited = list(_credited(row, facts))
    _mark(facts, credited, at)
    main = next((one for one in facts if one.measure == row.measure), facts[-1])
    where = place(main.area, main.body_id, main.item)
    exempted = Counted(Measure.EXEMPTED.value, main.day, where, main.area, 1, main.case_id, main.seq)
    rows = tally_rows(row.district, [*_taken(facts), exempted])
    for one in credited:
        numbers = {one.measure: -one.times}
        if one.minutes:
            numbers[Measure.CLOSE_MINUTES.value] = -one.minutes
        add_post(rows, row.district, one.account_id, one.day, numbers)
    insert("figures_factcase", row.district, _BEHIND, [
        (exempted.measure, main.day, main.area, main.body_id, main.item, main.case_id, main.seq)
    ])  # fmt: skip
    _score_again(row, rows)
    write_tally(rows)
    told: Left = [(one.measure, one.day.isoformat(), one.seq, 0) for one in facts]
    return told + [(one.measure, one.day.isoformat(), one.seq, one.account_id) for one in credited]


def _credited(row: Exemption, facts: Sequence[FactCase]) -> Iterable[PostFact]:
    rows = PostFact.objects.filter(
        district=row.district, case_id=row.case_id, body_id=row.body_id, exempt_at__isnull=True,
        measure__in={one.measure for one in facts},
    )  # fmt: skip
    # A limit is credited by the entry of whoever did the step late, and counted by that of the watch.
    entries = {(one.measure, one.seq) for one in facts}
    return [
        one
        for one in rows
        if (one.measure, one.seq) in entries or one.measure.endswith(("_late", "_in_time"))
    ]


def _taken(facts: Sequence[FactCase]) -> Iterator[Counted]:
    for one in facts:
        where = place(one.area, one.body_id, one.item)
        yield Counted(one.measure, one.day, where, one.area, -one.times, one.case_id, one.seq)
        if one.minutes:
            yield Counted(
                Measure.CLOSE_MINUTES.value, one.day, where, one.area, -one.minutes, one.case_id, one.seq
            )


def _mark(facts: Sequence[FactCase], credited: Sequence[PostFact], at: datetime) -> None:
    for one in facts:
        FactCase.objects.filter(pk=one.pk).update(exempt_at=at)
    for each in credited:
        PostFact.objects.filter(pk=each.pk).update(exempt_at=at)


def _score_again(row: Exemption, rows: Rows) -> None:
    """What was left out does not weigh on the case's score either."""
    held = scores_of(row.district, [row.case_id])
    told = {
        case_id: Closing(one.body_id, one.area, one.item, one.day, one.seq) for case_id, one in held.items()
    }
    join(rows, tally_rows(row.district, score_again(row.district, told, held)))
