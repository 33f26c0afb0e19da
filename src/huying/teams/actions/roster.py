"""The squares of a roster: who is on duty in a turn on a day, written as names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huying.access.actor import Actor
from huying.cases.queries.settings.calendars import calendar_of
from huying.kernel.errors import Conflict, HuyingError, Invalid
from huying.kernel.saying import said
from huying.teams.actions.posts import locked
from huying.teams.models import DutyPost, Member, Shift, Turn
from huying.teams.queries.labels import labels_of
from huying.teams.queries.members import near
from huying.teams.queries.phones import opened
from huying.teams.queries.posts import plan_of
from huying.teams.rules.gaps import Cell
from huying.teams.rules.names import joined, split_names


@dataclass(frozen=True, slots=True)
class CellEdit:
    """What a square shall say. ``was`` is what it said when it was opened; None: whatever it said."""

    cell: Cell
    text: str
    was: str | None = None


@transaction.atomic
def put_cells(by: Actor, post_id: int, edits: Sequence[CellEdit], now: datetime) -> dict[Cell, HuyingError]:
    """Write squares, each for itself; what could not be written with its reason.

    A name is looked for among those near the post; 张三 1234 tells two of one name apart by the end of their
    phone. Raises Denied, NotFound for the post as a whole.
    """
    post = locked(by, post_id)
    refused: dict[Cell, HuyingError] = {}
    for edit in edits:
        try:
            with transaction.atomic():
                _put(by, post, edit, now)
        except HuyingError as error:
            refused[edit.cell] = error
    return refused


def _put(by: Actor, post: DutyPost, edit: CellEdit, now: datetime) -> None:
    turn = Turn.objects.filter(post=post, pk=edit.cell.turn, ended_at=None).first()
    if turn is None:
        raise Invalid("这个班次已经没有了，请刷新。")
    starts, ends = plan_of(turn).hours.span(edit.cell.day, calendar_of(post.district).zone)
    there = list(
        Shift.objects.filter(turn=turn, day=edit.cell.day, role=edit.cell.role.value, cancelled_at=None)
        .select_related("member")
        .order_by("id")
    )
    labels = labels_of(post.district, post.area, [row.member for row in there], now)
    stands, wanted = joined(list(labels.values())), split_names(edit.text)
    if edit.was is not None and set(split_names(edit.was)) != set(split_names(stands)):
        if set(wanted) == set(split_names(stands)):
            return
        raise Conflict(said("有人刚改成“%(now)s”，请核对后再填。", now=stands or "—"))
    kept = {labels[row.member_id]: row for row in there}
    if set(wanted) == set(kept):
        return
    if ends <= now:
        raise Conflict("这个班已经结束，不能再改。")
    gone = [row.pk for name, row in kept.items() if name not in wanted]
    Shift.objects.filter(pk__in=gone).update(cancelled_at=now, cancelled_by=by.name)
    for name in wanted:
        if name not in kept:
            add_shift(by, post, turn, edit.cell, meant(post, name, now), (starts, ends), now)


def add_shift(
    by: Actor,
    post: DutyPost,
    turn: Turn,
    cell: Cell,
    member: Member,
    span: tuple[datetime, datetime],
    now: datetime,
) -> Shift:
    """Put a member on; nobody can be in two places. The member's row is held until the transaction ends."""
    Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    other = elsewhere(member.pk, span)
    if other is not None:
        raise Conflict(said("%(name)s这时在%(post)s值班。", name=member.name, post=other.post.name))
    return Shift.objects.create(
        district=post.district,
        post=post,
        turn=turn,
        role=cell.role.value,
        day=cell.day,
        area=post.area,
        starts_at=span[0],
        ends_at=span[1],
        member=member,
        made_at=now,
        made_by=by.name,
    )


def elsewhere(member_id: int, span: tuple[datetime, datetime], but: Iterable[int] = ()) -> Shift | None:
    """A shift of the member that overlaps these moments, if there is one besides ``but``."""
    rows = Shift.objects.filter(
        member_id=member_id, cancelled_at=None, starts_at__lt=span[1], ends_at__gt=span[0]
    )
    return rows.exclude(pk__in=list(but)).select_related("post").first()


def meant(post: DutyPost, text: str, now: datetime) -> Member:
    """The member a name means at a post. Raises Invalid when nobody there bears it, or several do."""
    return all_meant(post, [text], now)[0]


def all_meant(post: DutyPost, texts: Sequence[str], now: datetime) -> list[Member]:
    """The members these names mean at a post, in their order; two queries. Raises Invalid as ``meant`` does."""
    parted = {text: _parted(text) for text in texts}
    names = {name for name, _tail in parted.values()}
    found = list(near(post.district, post.area, now).filter(name__in=names))
    missing = names - {one.name for one in found}
    if missing:
        # Leaders of the level above keep duty further down.
        above = [post.area[:length] for length in (6, 9, 12) if length < len(post.area)]
        found += Member.objects.filter(district=post.district, area__in=above, name__in=missing, left_at=None)
    return [_one_of(post.district, found, text, *parted[text]) for text in texts]


def _parted(text: str) -> tuple[str, str]:
    name, space, tail = text.rpartition(" ")
    return (name, tail) if space and len(tail) == 4 and tail.isdigit() else (text, "")


def _one_of(district: int, found: Sequence[Member], text: str, name: str, tail: str) -> Member:
    fit = [one for one in found if one.name == name]
    if tail:
        fit = [one for one in fit if opened(district, one.phone_sealed).endswith(tail)]
    if not fit:
        raise Invalid(said("这里没有叫“%(name)s”的人，请先加到人员里。", name=text))
    if len(fit) > 1:
        raise Invalid(said("这里有 %(n)s 位%(name)s，请在姓名后空一格写电话后四位。", n=len(fit), name=name))
    return fit[0]
