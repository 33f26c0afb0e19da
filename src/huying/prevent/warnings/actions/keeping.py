"""Rises between two looks: read back as the watch knew them, and written down again."""

from collections.abc import Mapping
from datetime import date

from huying.prevent.warnings.models import Rise
from huying.prevent.warnings.rules.rises import QUIET_DAYS, Signal
from huying.prevent.warnings.rules.rises import Rise as Followed
from huying.prevent.warnings.rules.watching import Watch, Watched


def kept_rises(district: int) -> list[Watched]:
    """The rises that are still followed; those warned of say so, so that none is told twice."""
    rows = Rise.objects.filter(district=district, followed=True).select_related("warning").order_by("id")
    return [
        Watched(_followed(row), row.last_day.toordinal() if hasattr(row, "warning") else None, row.pk)
        for row in rows
    ]


def past_peaks(district: int, since: date) -> list[tuple[int, float]]:
    """(day, strength) of each rise that is over; what somebody found true is no measure of chance."""
    rows = Rise.objects.filter(district=district, followed=False, best_day__gte=since)
    pairs = rows.exclude(warning__verdict="true").values_list("best_day", "best")
    return [(day.toordinal(), best) for day, best in pairs]


def keep_rises(district: int, watch: Watch, today: date) -> Mapping[int, Rise]:
    """Write down every rise of the watch, and which are over; rows by the ``id()`` of what is followed."""
    known = {row.pk: row for row in Rise.objects.filter(district=district, followed=True)}
    found: dict[int, Rise] = {}
    for watched in watch.rises:
        row = known.pop(watched.number, None) if watched.number else None
        found[id(watched)] = _written(district, row, watched.rise)
    Rise.objects.filter(pk__in=list(known)).update(followed=False, cases=[])
    if not Rise.objects.filter(district=district, followed=False).exists():
        _past(district, watch, today)
    return found


def _written(district: int, row: Rise | None, rise: Followed) -> Rise:
    row = row or Rise(district=district)
    row.item, row.area, row.reach = rise.last.item, rise.last.area, rise.last.reach
    row.began, row.last_day = date.fromordinal(rise.began), date.fromordinal(rise.last.day)
    row.best_day, row.best, row.followed = date.fromordinal(rise.best.day), rise.best.score, True
    row.cases = sorted(rise.cases)
    row.save()
    return row


def _past(district: int, watch: Watch, today: date) -> None:
    """After the first look: the strengths of the rises that the past had."""
    Rise.objects.bulk_create(
        Rise(
            district=district, item="", area="", reach=0, began=date.fromordinal(day), last_day=date.fromordinal(day),
            best_day=date.fromordinal(day), best=best, followed=False,
        )
        for day, best in watch.peaks
        if today.toordinal() - day >= QUIET_DAYS
    )  # fmt: skip


def _followed(row: Rise) -> Followed:
    last = Signal(
        row.item, row.area, row.reach, row.began.toordinal(), row.last_day.toordinal(), 0, 0.0, 0.0, 0.0,
        frozenset(row.cases),
    )  # fmt: skip
    best = Signal(
        row.item, row.area, row.reach, row.began.toordinal(), row.best_day.toordinal(), 0, 0.0, 0.0, row.best,
        frozenset(),
    )  # fmt: skip
    return Followed(best, last, row.began.toordinal(), set(row.cases))
