"""A warning as a row: what, where, since when, how many against how many, how sure; and as it goes on."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from huying.cases.queries.lists.came import whereabouts
from huying.geo.cells import middle
from huying.prevent.warnings.models import EarlyWarning, Rise
from huying.prevent.warnings.rules.kinds import WarningState
from huying.prevent.warnings.rules.promise import Bar, chance
from huying.prevent.warnings.rules.rises import Signal
from huying.prevent.warnings.rules.space import GRAINS, REACHES, Reach
from huying.prevent.warnings.rules.watching import Watch, Watched, curve

_MOST_CASES: Final = 2000
_DIGITS: Final = (15, 12, 9, 6)


def warn(
    district: int, watch: Watch, watched: Watched, rows: Mapping[int, Rise], at: Bar, now: datetime
) -> EarlyWarning | None:
    """The new warning; None where the same unit was muted and is still."""
    signal = watched.rise.last
    muted = EarlyWarning.objects.filter(
        district=district, item=signal.item, unit=signal.area, state=WarningState.MUTED.value,
        muted_until__gte=date.fromordinal(signal.day),
    )  # fmt: skip
    if muted.exists():
        return None
    row = EarlyWarning(
        district=district, rise=rows[id(watched)], state=WarningState.NEW.value, noticed_at=now,
        began=date.fromordinal(watched.rise.began),
    )  # fmt: skip
    _filled(row, watch, signal, watched.rise.cases, at, now)
    row.save()
    return row


def went_on(district: int, watch: Watch, rows: Mapping[int, Rise], at: Bar | None, now: datetime) -> None:
    """Bring the warnings of rises that go on up to this look; what people decided about them stays."""
    known = {row.rise_id: row for row in EarlyWarning.objects.filter(district=district, rise__followed=True)}
    for watched in watch.rises:
        row = known.get(rows[id(watched)].pk)
        signal = watched.rise.last
        if row is not None and at is not None and signal.score > 0 and row.changed_at < now:
            _filled(row, watch, signal, watched.rise.cases, at, now)
            row.save()


def _filled(row: EarlyWarning, watch: Watch, signal: Signal, cases: set[int], at: Bar, now: datetime) -> None:
    row.item, row.unit = signal.item, signal.area
    row.grain, row.reach = GRAINS[len(signal.item) // 2 - 1].value, REACHES[signal.reach].value
    row.last_day, row.days = date.fromordinal(signal.day), signal.day - signal.first + 1
    row.seen, row.expected = signal.seen, signal.expected
    if signal.score >= row.score if row.score is not None else True:
        row.score, row.chance = signal.score, chance(signal.score, at, watch.promise)
    row.cases = sorted(cases | signal.cases)[-_MOST_CASES:]
    row.curve, row.changed_at = curve(watch, signal), now
    row.area, row.lon, row.lat = _where(row.district, signal)


def _where(district: int, signal: Signal) -> tuple[str, float | None, float | None]:
    """The smallest area that holds all its cases, and the middle of those with a position."""
    spots = whereabouts(district, signal.cases)
    placed = [(lon, lat) for _area, lon, lat in spots if lon is not None and lat is not None]
    if REACHES[signal.reach] is Reach.AROUND:
        lon, lat = middle(signal.area)
        codes = {area for area, _lon, _lat in spots}
        shared = next(
            (n for n in _DIGITS if len({code[:n] for code in codes}) == 1 and len(min(codes)) >= n), 6
        )
        return min(codes)[:shared], lon, lat
    if not placed:
        return signal.area, None, None
    return signal.area, sum(p[0] for p in placed) / len(placed), sum(p[1] for p in placed) / len(placed)
