"""Changes to areas, for whoever may make them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from huying.access.actor import Actor
from huying.kernel.errors import Invalid, NotFound
from huying.places.models import AreaChange
from huying.places.policy import may_redraw
from huying.places.queries.held import book
from huying.places.queries.sheets import differing, sheet_of
from huying.places.queries.standing import waiting
from huying.places.rules.changes import ChangeState
from huying.places.rules.redrawing import Sheet, Step, apply, read_step

MOST: Final = 50
_MOMENT: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change (区划变更). ``codes`` are the areas it touched, once it has been decided. Times are aware."""

    id: int
    parent: str
    path: tuple[str, ...]
    state: ChangeState
    steps: tuple[Step, ...]
    codes: tuple[str, ...]
    reason: str
    opened_at: datetime
    opened_by: str
    decided_at: datetime | None
    decided_by: str
    valid_from: datetime | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A change with its sheets. ``stale`` are codes changed by somebody since it was drawn up.

    ``problem`` says why its steps cannot be done on what stands now; then ``after`` is ``before``. ``waiting``:
    a change here has been decided and takes effect then.
    """

    change: ChangeRow
    before: Sheet
    after: Sheet
    stale: list[str]
    problem: str
    waiting: datetime | None


def changes_for(actor: Actor, parent: str = "") -> list[ChangeRow]:
    """The newest changes below ``parent``, or anywhere, within the actor's posts."""
    rows = AreaChange.objects.filter(district=actor.district, parent_code__startswith=parent)
    return [_row(row) for row in rows[: 4 * MOST] if may_redraw(actor, row.parent_code)][:MOST]


def change_for(actor: Actor, number: int) -> ChangeRow:
    """One change; NotFound when there is none, or it is not the actor's to make."""
    row = AreaChange.objects.filter(district=actor.district, id=number).first()
    if row is None or not may_redraw(actor, row.parent_code):
        raise NotFound
    return _row(row)


def drawn_for(actor: Actor, number: int, now: datetime) -> Drawn:
    """One draft on the areas as they stand; of a change already decided, the areas before and after it."""
    change = change_for(actor, number)
    if change.state is ChangeState.IN_FORCE and change.decided_at and change.valid_from:
        before, _ = sheet_of(actor.district, change.parent, change.valid_from - _MOMENT)
        after, _ = sheet_of(actor.district, change.parent, change.valid_from)
        return Drawn(change, before, after, [], "", None)
    before, digests = sheet_of(actor.district, change.parent, now)
    base = AreaChange.objects.values_list("base", flat=True).get(id=number)
    stale = differing(base, digests) if change.state is ChangeState.DRAFT else []
    pending = waiting(actor.district, now, change.parent)
    try:
        return Drawn(change, before, apply(before, change.steps), stale, "", pending)
    except Invalid as error:
        return Drawn(change, before, before, stale, error.message, pending)


def _row(row: AreaChange) -> ChangeRow:
    return ChangeRow(
        row.id,
        row.parent_code,
        book(row.district).path(row.parent_code),
        ChangeState(row.state),
        tuple(read_step(step) for step in row.steps),
        tuple(row.codes),
        row.reason,
        row.opened_at,
        row.opened_by,
        row.decided_at,
        row.decided_by,
        row.valid_from,
    )
