"""Members and the teams they work in."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.kernel.errors import Conflict, Invalid, NotFound
from huying.kernel.saying import said
from huying.people.models.keyring import keyring
from huying.people.queries import account_named
from huying.people.rules.phones import normal_phone
from huying.places.queries import Level, area
from huying.teams.models import Member, MemberKind, Membership, Shift
from huying.teams.policy import may_change, must_change
from huying.teams.queries.phones import place
from huying.teams.queries.teams import held_on
from huying.teams.rules.kinds import Part


@dataclass(frozen=True, slots=True)
class NewMember:
    """A person as typed. ``area`` is the code of where they belong; ``login`` names their account, if any."""

    name: str
    area: str
    phone: str = ""
    job: str = ""
    login: str = ""


@transaction.atomic
def ensure_member(by: Actor, new: NewMember, now: datetime) -> int:
    """The member with this phone, made when there is none; the id. What is known already is not overwritten.

    Without a phone a person of this name and area is taken for the same. Raises Denied, Invalid for a bad phone,
    an empty name or an unknown login, Conflict when the phone belongs to another name.
    """
    _must_edit(by, new.area)
    name = _named(new.name)
    phone = normal_phone(new.phone) if new.phone.strip() else ""
    known = _known(by.district, name, new.area, phone)
    if known is not None:
        if known.name != name:
            raise Conflict(
                said("这个电话是%(name)s的，请核对。", name=known.name), fields={"phone": "电话是别人的"}
            )
        if known.left_at is not None:
            Member.objects.filter(pk=known.pk).update(left_at=None)
        return known.pk
    row = Member(
        district=by.district,
        name=name,
        job=" ".join(new.job.split())[:40],
        area=new.area,
        account_id=_account(by.district, new.login),
        made_at=now,
    )
    _seal(row, phone)
    _save(row)
    return row.pk


@transaction.atomic
def change_member(by: Actor, member_id: int, new: NewMember) -> None:
    """Correct what is known of a member; an empty phone leaves the one there is.

    Raises Denied, NotFound, Invalid, Conflict when phone or account belong to another.
    """
    row = _member(by, member_id)
    _must_edit(by, row.area)
    _must_edit(by, new.area)
    row.name, row.job, row.area = _named(new.name), " ".join(new.job.split())[:40], new.area
    row.account_id = _account(by.district, new.login)
    if new.phone.strip():
        _seal(row, normal_phone(new.phone))
    _save(row)


@transaction.atomic
def join_team(by: Actor, grid: str, member_id: int, kind_id: int, since: date, now: datetime) -> int:
    """Take a member into a grid's team from a day on. A new leader ends the one before on that day.

    Joining again as the same changes nothing. Raises Denied, NotFound, Invalid for what is no grid or a kind
    that is given no more.
    """
    _must_edit(by, grid)
    if area(by.district, grid).level is not Level.GRID:
        raise Invalid("队伍是网格的，请选网格。")
    kind = MemberKind.objects.filter(district=by.district, pk=kind_id).first()
    if kind is None or kind.ended_at is not None:
        raise Invalid("没有这个类别，或已不再使用。", fields={"kind": "请选择类别"})
    member = _member(by, member_id)
    running = Membership.objects.select_for_update().filter(district=by.district, grid=grid, valid_to=None)
    same = running.filter(member=member, kind=kind).first()
    if same is not None:
        return same.pk
    if kind.part == Part.LEADER:
        for before in running.filter(part=Part.LEADER.value):
            _end(before, max(since, before.valid_from), by)
    row = Membership.objects.create(
        district=by.district,
        grid=grid,
        member=member,
        kind=kind,
        part=kind.part,
        valid_from=since,
        made_at=now,
        made_by=by.name,
    )
    return row.pk


@transaction.atomic
def leave_team(by: Actor, membership_id: int, day: date) -> None:
    """End a membership on a day: from it on the member is in the team no more. Twice changes nothing.

    Raises Denied, NotFound.
    """
    row = Membership.objects.select_for_update().filter(district=by.district, pk=membership_id).first()
    if row is None:
        raise NotFound
    _must_edit(by, row.grid)
    if row.valid_to is None:
        _end(row, max(day, row.valid_from), by)


@transaction.atomic
def leave_duty(by: Actor, member_id: int, now: datetime) -> int:
    """A member has left: their teams end today, what is still to come of their shifts is cancelled and shows as a gap.

    How many shifts were cancelled. Raises Denied, NotFound.
    """
    row = _member(by, member_id)
    _must_edit(by, row.area)
    row.left_at = row.left_at or now
    row.save(update_fields=["left_at"])
    today = localdate(now)
    for held in Membership.objects.filter(held_on(today), member=row, valid_to=None):
        _end(held, today, by)
    coming = Shift.objects.filter(member=row, cancelled_at=None, starts_at__gt=now)
    return coming.update(cancelled_at=now, cancelled_by=by.name)


def _end(row: Membership, day: date, by: Actor) -> None:
    row.valid_to, row.ended_by = day, by.name
    row.save(update_fields=["valid_to", "ended_by"])


def _known(district: int, name: str, where: str, phone: str) -> Member | None:
    rows = Member.objects.select_for_update().filter(district=district)
    if phone:
        return rows.filter(phone_digest=keyring().digest(phone, place(district))).first()
    return rows.filter(name=name, area=where, left_at=None).first()


def _member(by: Actor, member_id: int) -> Member:
    row = Member.objects.select_for_update(of=("self",)).filter(district=by.district, pk=member_id).first()
    if row is None:
        raise NotFound
    return row


def _seal(row: Member, phone: str) -> None:
    if phone:
        row.phone_sealed = keyring().seal(phone, place(row.district))
        row.phone_digest = keyring().digest(phone, place(row.district))


def _save(row: Member) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Conflict("电话或账号已经是另一位队员的。", fields={"phone": "电话或账号已有人用"}) from None


def _account(district: int, login: str) -> int | None:
    if not login.strip():
        return None
    found = account_named(district, login)
    if found is None:
        raise Invalid("没有这个登录名。", fields={"login": "没有这个登录名"})
    return found[0]


def _named(text: str) -> str:
    name = " ".join(text.split())[:40]
    if not name:
        raise Invalid("请填写姓名。", fields={"name": "不能为空"})
    return name


def _must_edit(by: Actor, where: str) -> None:
    if not may_change(by, Permission.DUTY_EDIT, where):
        must_change(by, Permission.TEAM_EDIT, where)
