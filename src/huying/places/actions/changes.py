"""Drawing up a change to areas, and putting it in force: old borders stay for what happened before."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from huying.access.actor import Actor
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.kernel.errors import Conflict, Invalid, NotFound, StaleVersion
from huying.kernel.saying import said
from huying.places.actions.enforcing import lift, put_in_force
from huying.places.models import AreaChange, District
from huying.places.policy import may_redraw, must_redraw
from huying.places.queries.held import book
from huying.places.queries.sheets import differing, sheet_of
from huying.places.queries.standing import waiting
from huying.places.rules.changes import ChangeState, reason_of, start_of
from huying.places.rules.levels import Level, level_of
from huying.places.rules.redrawing import Sheet, Step, apply, read_step


def open_change(actor: Actor, parent: str, key: UUID, now: datetime) -> int:
    """Begin a change to the areas below ``parent``; the same key again gives the same one. Returns its number.

    Raises Denied outside the actor's posts, NotFound for no area, Invalid where nothing has been drawn yet.
    """
    must_redraw(actor, parent)
    held = book(actor.district)
    if parent != held.root and parent not in held.by_code:
        raise NotFound(said("没有代码为 %(parent)s 的区域。", parent=parent))
    if level_of(parent) is Level.GRID:
        raise Invalid("网格下面不再分，请到社区里改网格。")
    sheet, digests = sheet_of(actor.district, parent, now)
    if not sheet.pieces:
        raise Invalid("下面还没有画好的区域，请先导入边界。")
    row, _ = AreaChange.objects.get_or_create(
        district=actor.district,
        key=key,
        defaults={
            "parent_code": parent,
            "state": ChangeState.DRAFT.value,
            "base": digests,
            "opened_at": now,
            "opened_by": actor.name[:60],
            "opened_by_account": actor.account_id,
        },
    )
    return row.pk


@transaction.atomic
def add_step(actor: Actor, number: int, step: Step, length: int, now: datetime) -> None:
    """One more edit after ``length`` edits that whoever draws has seen; sent twice it is done once.

    Raises Invalid, saying where, when it cannot be done; StaleVersion when the draft or the areas have changed.
    """
    row, sheet = _draft(actor, number, now)
    steps = [read_step(each) for each in row.steps]
    if len(steps) == length + 1 and steps[-1] == step:
        return
    _same_length(row, length)
    apply(sheet, [*steps, step])
    row.steps = [*row.steps, step.as_dict()]
    row.save(update_fields=["steps"])


@transaction.atomic
def undo_step(actor: Actor, number: int, length: int, now: datetime) -> None:
    """Take back the last of ``length`` edits; sent twice it is done once."""
    row, _ = _draft(actor, number, now, fresh=False)
    if len(row.steps) == length - 1:
        return
    _same_length(row, length)
    row.steps = row.steps[:-1]
    row.save(update_fields=["steps"])


@transaction.atomic
def renew_change(actor: Actor, number: int, now: datetime) -> int:
    """Draw the edits anew on the areas as they stand now; returns how many could no longer be done and fell away."""
    row, sheet = _draft(actor, number, now, fresh=False)
    kept: list[Step] = []
    for step in (read_step(each) for each in row.steps):
        try:
            sheet = apply(sheet, [step])
        except Invalid:
            continue
        kept.append(step)
    lost = len(row.steps) - len(kept)
    row.steps = [step.as_dict() for step in kept]
    row.base = sheet_of(actor.district, row.parent_code, now)[1]
    row.save(update_fields=["steps", "base"])
    return lost


@transaction.atomic
def drop_change(actor: Actor, number: int, now: datetime) -> None:
    """Give a draft up, or withdraw a decided change before its day; Conflict once it is in force."""
    row = _locked(actor, number)
    if row.state == ChangeState.DROPPED:
        return
    if row.state == ChangeState.IN_FORCE:
        if row.valid_from is None or row.valid_from <= now:
            raise Conflict("这次变更已经生效，不能撤回；要改回去，请另起一份变更。")
        lift(row)
        _tell(actor, row, Deed.CALL_OFF, now)
    row.state = ChangeState.DROPPED.value
    _decide(row, actor, now)


@transaction.atomic
def force_change(actor: Actor, number: int, length: int, day: date, reason: str, now: datetime) -> None:
    """Put a draft of ``length`` edits in force from ``day`` on (midnight in the district's zone; today at once).

    Once in force it stays so, however often it is sent. Raises Invalid for a day passed, no reason or no edit;
    StaleVersion when draft or areas have changed since; Conflict while another change here waits for its day.
    """
    if _locked(actor, number).state == ChangeState.IN_FORCE:
        return
    row, sheet = _draft(actor, number, now)
    _same_length(row, length)
    if not row.steps:
        raise Invalid("还没有任何改动。")
    row.reason = reason_of(reason)
    zone = District.objects.values_list("zone", flat=True).get(code=actor.district)
    row.valid_from = start_of(day, zone, now)
    if waiting(actor.district, now, row.parent_code) is not None:
        raise Conflict("这里已有一项变更等着生效，请等它生效，或先撤回它。")
    after = apply(sheet, [read_step(each) for each in row.steps])
    row.codes = put_in_force(row, sheet, after)
    row.state = ChangeState.IN_FORCE.value
    _decide(row, actor, now)
    _tell(actor, row, Deed.WAIT if row.valid_from > now else Deed.LIVE, now)


def _decide(row: AreaChange, actor: Actor, now: datetime) -> None:
    row.decided_at, row.decided_by, row.decided_by_account = now, actor.name[:60], actor.account_id
    row.save()


def _tell(actor: Actor, row: AreaChange, deed: Deed, now: datetime) -> None:
    name = " ".join(book(row.district).path(row.parent_code)) or row.parent_code
    after = {"理由": row.reason, "步数": str(len(row.steps)), "涉及区域": str(len(row.codes))}
    change = NewChange(Subject.AREA, str(row.pk), name, deed, {}, after, holds_from=row.valid_from)
    note_change(actor, change, now)


def _locked(actor: Actor, number: int) -> AreaChange:
    # The district's row is what imports lock too, so that two never write areas at once.
    District.objects.select_for_update().get(code=actor.district)
    row = AreaChange.objects.filter(district=actor.district, id=number).first()
    if row is None or not may_redraw(actor, row.parent_code):
        raise NotFound
    return row


def _draft(actor: Actor, number: int, now: datetime, *, fresh: bool = True) -> tuple[AreaChange, Sheet]:
    row = _locked(actor, number)
    if row.state != ChangeState.DRAFT:
        raise Conflict("这份变更已经定了或放弃了，不能再改；请另起一份。")
    sheet, digests = sheet_of(actor.district, row.parent_code, now)
    if fresh and differing(row.base, digests):
        raise StaleVersion("您起草之后，这里的边界已有他人改过。请看清现在的边界，再按现在的重做。")
    return row, sheet


def _same_length(row: AreaChange, length: int) -> None:
    if len(row.steps) != length:
        raise StaleVersion("有人同时在改这份草稿，已为您显示最新的一步，请看清再改。")
