"""Other grids below several communities at once, put in force at a moment as versions, like a change drawn by hand.

Every community gets a change of its own without steps, so that what was drawn before and after it, who decided it and
taking it back before its day are the same as for every other change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from shapely.geometry.base import BaseGeometry

from huying.access.actor import Actor
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.kernel.errors import Conflict, Invalid, StaleVersion
from huying.places.actions.enforcing import put_in_force
from huying.places.models import AreaChange, District
from huying.places.policy import must_redraw
from huying.places.queries.held import book
from huying.places.queries.sheets import differing, sheet_of
from huying.places.queries.standing import waiting
from huying.places.rules.changes import ChangeState, reason_of
from huying.places.rules.levels import Level
from huying.places.rules.redrawing import Piece, Sheet


@dataclass(frozen=True, slots=True)
class NewGrid:
    """A grid as it is to be: the code it goes on under, "" for a new one; outline in CGCS2000 degrees."""

    code: str
    name: str
    outline: BaseGeometry


@dataclass(frozen=True, slots=True)
class Redivision:
    """The grids of each community by its code, as they are to be from ``at`` on, and why.

    ``base``: the digests of the grids it was drawn on, by code.
    """

    grids: Mapping[str, Sequence[NewGrid]]
    base: Mapping[str, str]
    at: datetime
    reason: str


@transaction.atomic
def redivide(actor: Actor, wanted: Redivision, key: UUID, now: datetime) -> list[int]:
    """Put all of it in force, or nothing; the numbers of the changes. The same ``key`` again is done once.

    Raises Denied outside the actor's posts, Invalid without a reason or for what is no community, StaleVersion when a
    grid was changed since, Conflict while another change there waits for its day.
    """
    reason = reason_of(wanted.reason)
    for community in wanted.grids:
        must_redraw(actor, community)
    District.objects.select_for_update().get(code=actor.district)
    keys = [uuid5(key, community) for community in sorted(wanted.grids)]
    known = AreaChange.objects.filter(district=actor.district, key__in=keys).order_by("id")
    if found := list(known.values_list("id", flat=True)):
        return found
    sheets = {community: sheet_of(actor.district, community, now) for community in sorted(wanted.grids)}
    _fresh(
        actor,
        wanted,
        {code: digest for _sheet, kept in sheets.values() for code, digest in kept.items()},
        now,
    )
    return [
        _forced(
            actor, sheet, _after(sheet, wanted.grids[community]), wanted, (uuid5(key, community), reason), now
        )
        for community, (sheet, _digests) in sheets.items()
    ]


def _fresh(actor: Actor, wanted: Redivision, digests: Mapping[str, str], now: datetime) -> None:
    if differing(wanted.base, digests):
        raise StaleVersion("方案算好以后，这里的网格已有他人改过。请按现在的网格重新算一次。")
    if any(waiting(actor.district, now, community) is not None for community in wanted.grids):
        raise Conflict("这里已有一项变更等着生效，请等它生效，或先撤回它。")


def _after(sheet: Sheet, grids: Sequence[NewGrid]) -> Sheet:
    if sheet.level is not Level.GRID:
        raise Invalid("网格只能划在社区下面。")
    kept = {grid.code for grid in grids}
    after = sheet.with_pieces([], [code for code in sheet.pieces if code not in kept])
    for grid in grids:
        code = grid.code or after.next_code()
        after = after.with_pieces([Piece(code, grid.name, grid.outline)])
    return after


def _forced(
    actor: Actor, before: Sheet, after: Sheet, wanted: Redivision, told: tuple[UUID, str], now: datetime
) -> int:
    key, reason = told
    row = AreaChange(
        district=actor.district,
        key=key,
        parent_code=before.parent,
        state=ChangeState.IN_FORCE.value,
        reason=reason,
        opened_at=now,
        opened_by=actor.name[:60],
        opened_by_account=actor.account_id,
        decided_at=now,
        decided_by=actor.name[:60],
        decided_by_account=actor.account_id,
        valid_from=wanted.at,
    )
    row.save()
    row.codes = put_in_force(row, before, after)
    row.save(update_fields=["codes"])
    name = " ".join(book(row.district).path(row.parent_code)) or row.parent_code
    deed = Deed.WAIT if wanted.at > now else Deed.LIVE
    change = NewChange(
        Subject.AREA, str(row.pk), name, deed, {}, {"理由": reason, "涉及区域": str(len(row.codes))},
        holds_from=wanted.at,
    )  # fmt: skip
    note_change(actor, change, now)
    return int(row.pk)
