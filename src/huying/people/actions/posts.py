"""Posts given and ended, each from a day to a day: the only writers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.access.roles import Role
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from huying.people.actions.telling import day_words, post_words
from huying.people.models import Account, Body, Post
from huying.places.queries import area as area_in_force

# A number of its own among the advisory locks; the second half is the district.
_LOCK: Final = 7_202


@dataclass(frozen=True, slots=True)
class NewPost:
    """A role within an area prefix; ``body_id`` for the roles that act for a unit.

    ``valid_from`` None: from now on; ``valid_to`` None: until it is ended. Times are aware.
    """

    role: Role
    area: str
    body_id: int | None = None
    valid_from: datetime | None = None
    valid_to: datetime | None = None


@transaction.atomic
def create_post(by: Actor, account_id: int, post: NewPost, now: datetime) -> int:
    """Give an account a post from ``now`` or the post's own day on; its id.

    Raises ``Denied``, ``NotFound``, ``Invalid``, and ``Conflict`` for a post that it holds already in that time.
    """
    must_manage(by)
    row = account_of(by, account_id)
    _must_be_sound(by, post, now)
    list(Account.objects.select_for_update().filter(pk=account_id).values_list("pk"))
    starts = post.valid_from or now
    twin = {"role": post.role, "area": post.area, "body_id": post.body_id}
    same = Post.objects.filter(_overlapping(starts, post.valid_to), account_id=account_id, **twin)
    if same.exists():
        raise Conflict("已经有这个岗位了。", fields={"role": "已经有这个岗位了。"})
    made = Post.objects.create(
        account_id=account_id, role=post.role, area=post.area, body_id=post.body_id, valid_from=starts,
        valid_to=post.valid_to,
    )  # fmt: skip
    _tell(by, row, made, Deed.CREATE, now, {}, _words(by, made))
    return made.pk


@transaction.atomic
def end_post(by: Actor, post_id: int, now: datetime, at: datetime | None = None) -> None:
    """End a post at ``at``, or ``now``; it stays readable. One that has not begun never will.

    Raises ``Denied``, ``NotFound``; ``Invalid`` for a moment past; ``Conflict`` where it is the district's last
    administrator, after whom nobody could give a post any more.
    """
    must_manage(by)
    in_turn(by.district)
    ends = at or now
    if ends < now:
        raise Invalid("结束的日子不能早于今天。")
    held = Post.objects.select_for_update().filter(
        Q(valid_to=None) | Q(valid_to__gt=now), pk=post_id, account__district=by.district
    )
    row = held.select_related("account").first()
    if row is None:
        raise NotFound
    _must_leave_an_administrator(by, row, ends)
    before = _words(by, row)
    row.valid_to = max(ends, row.valid_from)
    row.save(update_fields=["valid_to"])
    _tell(by, row.account, row, Deed.END, now, before, {**before, "到哪天止": day_words(row.valid_to)})


@transaction.atomic
def move_post(by: Actor, post_id: int, area: str, now: datetime) -> int:
    """Let a post go on in another area: the old one ends, a like one begins ``now``, or when the old one was to; its id.

    Raises as ``create_post`` and ``end_post``, and ``NotFound`` for an area that is not in force.
    """
    must_manage(by)
    in_turn(by.district)
    row = Post.objects.filter(pk=post_id, account__district=by.district).first()
    if row is None:
        raise NotFound
    if area != str(by.district):
        area_in_force(by.district, area)
    moved = NewPost(Role(row.role), area, row.body_id, max(row.valid_from, now), row.valid_to)
    made = create_post(by, row.account_id, moved, now)
    end_post(by, post_id, now)
    return made


def must_manage(by: Actor) -> None:
    """Raises ``Denied`` for who does not manage people."""
    if not by.may_everywhere(Permission.ACCOUNT_EDIT):
        raise Denied


def in_turn(district: int) -> None:
    """One ending at a time, held until the transaction ends: two administrators who end each other would both still
    see the other. Taken before any row is locked, so that nobody waits in a circle.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, district])


def account_of(by: Actor, account_id: int) -> Account:
    """An account of the actor's district. Raises ``NotFound``."""
    row = Account.objects.filter(district=by.district, pk=account_id).first()
    if row is None:
        raise NotFound
    return row


def _must_be_sound(by: Actor, post: NewPost, now: datetime) -> None:
    if not post.area.startswith(str(by.district)):
        raise Invalid("岗位的区域不在本区。", fields={"area": _("区域不在本区。")})
    if post.body_id and not Body.objects.filter(district=by.district, pk=post.body_id).exists():
        raise NotFound("单位不存在。")
    if post.role is Role.DEPARTMENT_HANDLER and not post.body_id:
        # Without one the post would reach every case of its area.
        raise Invalid("部门经办人的岗位要指明单位。", fields={"body": _("请选择单位。")})
    if post.valid_to is not None and post.valid_to <= max(post.valid_from or now, now):
        text = _("结束的日子要在开始之后，也不能已经过去。")
        raise Invalid(text, fields={"until": text})


def must_leave_an_administrator(by: Actor, account_id: int, now: datetime) -> None:
    """Raises ``Conflict`` where the account is the last that looks after the district for good."""
    held = Post.objects.filter(
        _overlapping(now, None), account_id=account_id, role=Role.ADMINISTRATOR.value, area=str(by.district)
    )
    own = held.filter(valid_to=None).first()
    if own is not None:
        _must_leave_an_administrator(by, own, now, besides=account_id)


def _must_leave_an_administrator(by: Actor, row: Post, ends: datetime, besides: int | None = None) -> None:
    # Of a part of the district an administrator may look after nobody.
    if row.role != Role.ADMINISTRATOR.value or row.area != str(by.district):
        return
    others = Post.objects.filter(
        _overlapping(ends, None), role=row.role, area=str(by.district),
        account__district=by.district, account__is_active=True,
    ).exclude(Q(pk=row.pk) | Q(account_id=besides))  # fmt: skip
    if not others.filter(valid_to=None, valid_from__lte=ends).exists():
        raise Conflict("本区只剩这一个长期的管理员岗位，请先让别人接任再结束。")


def _overlapping(starts: datetime, ends: datetime | None) -> Q:
    # A post withdrawn before it began ends the moment it would have begun: it never held.
    holds = Q(valid_to=None) | (Q(valid_to__gt=starts) & Q(valid_to__gt=F("valid_from")))
    return holds if ends is None else holds & Q(valid_from__lt=ends)


def _words(by: Actor, row: Post) -> dict[str, str]:
    return post_words(by.district, Role(row.role), row.area, row.body_id, row.valid_from, row.valid_to)


def _tell(
    by: Actor,
    account: Account,
    row: Post,
    deed: Deed,
    now: datetime,
    before: dict[str, str],
    after: dict[str, str],
) -> None:
    name = f"{account.name}（{account.login}）{Role(row.role).zh}"
    holds = row.valid_from if deed is Deed.CREATE else row.valid_to
    note_change(
        by, NewChange(Subject.POST, str(account.pk), name, deed, before, after, holds_from=holds), now
    )
