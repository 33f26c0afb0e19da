"""Accounts and posts: the only writers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.access.roles import Role
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from huying.people.actions.passwords import set_password
from huying.people.actions.signing_in import end_all_sessions
from huying.people.models import Account, Body, Post, RecoveryCode, SecondFactor
from huying.people.models.keyring import account_place, keyring
from huying.people.rules.codes import new_password
from huying.people.rules.passwords import password_problem
from huying.people.rules.phones import normal_phone


@dataclass(frozen=True, slots=True)
class NewPost:
    """A role within an area prefix; ``body_id`` for the roles that act for a unit."""

    role: Role
    area: str
    body_id: int | None = None


@transaction.atomic
def create_account(
    by: Actor,
    login: str,
    name: str,
    posts: Sequence[NewPost],
    now: datetime,
    *,
    password: str | None = None,
    phone: str = "",
    must_change_password: bool = True,
) -> int:
    """Make an account with its posts in the actor's district; its id.

    Without ``password`` nobody can sign in as it until ``reset_sign_in`` hands out a first one. Raises
    ``Denied``, ``Conflict`` when the login name is taken, ``Invalid`` for a weak password, a bad phone or
    an area outside the district.
    """
    _must_manage(by)
    if not login.strip() or not name.strip():
        raise Invalid("登录名和姓名都要填。")
    problem = password_problem(password, login) if password is not None else None
    if problem:
        raise Invalid(_(problem.zh), fields={"password": _(problem.zh)})
    row = Account(
        login=login.strip(),
        name=name.strip(),
        district=by.district,
        password=make_password(password),
        password_changed_at=now,
        must_change_password=must_change_password,
        created_at=now,
    )
    _save(row)
    if phone:
        row.phone_sealed = keyring().seal(normal_phone(phone), account_place(row.pk, "phone"))
        row.save(update_fields=["phone_sealed"])
    for post in posts:
        create_post(by, row.pk, post, now)
    return row.pk


@transaction.atomic
@transaction.atomic
def create_post(by: Actor, account_id: int, post: NewPost, now: datetime) -> int:
    """Give an account a post from ``now`` on; its id.

    Raises ``Denied``, ``NotFound``, ``Invalid``, and ``Conflict`` for a post that it holds already.
    """
    _must_manage(by)
    _account(by, account_id)
    if not post.area.startswith(str(by.district)):
        raise Invalid("岗位的区域不在本区。", fields={"area": _("区域不在本区。")})
    if post.body_id and not Body.objects.filter(district=by.district, pk=post.body_id).exists():
        raise NotFound("单位不存在。")
    if post.role is Role.DEPARTMENT_HANDLER and not post.body_id:
        # Without one the post would reach every case of its area.
        raise Invalid("部门经办人的岗位要指明单位。", fields={"body": _("请选择单位。")})
    list(Account.objects.select_for_update().filter(pk=account_id).values_list("pk"))
    same = {"role": post.role, "area": post.area, "body_id": post.body_id, "valid_to": None}
    if Post.objects.filter(account_id=account_id, **same).exists():
        raise Conflict("已经有这个岗位了。", fields={"role": "已经有这个岗位了。"})
    row = Post(account_id=account_id, role=post.role, area=post.area, body_id=post.body_id, valid_from=now)
    row.save()
    return row.pk


def end_post(by: Actor, post_id: int, now: datetime) -> None:
    """End a post at ``now``; it stays readable. Raises ``Denied`` or ``NotFound``."""
    _must_manage(by)
    held = Post.objects.filter(pk=post_id, account__district=by.district, valid_to=None)
    if not held.update(valid_to=now):
        raise NotFound


@transaction.atomic
def set_active(by: Actor, account_id: int, active: bool, now: datetime) -> None:
    """Stop or restart an account; stopping it ends its sessions.

    Raises ``Denied``, ``NotFound``, and ``Conflict`` for one's own account.
    """
    _must_manage(by)
    if account_id == by.account_id:
        raise Conflict("不能停用自己的账号。")
    row = _account(by, account_id)
    row.is_active = active
    row.save(update_fields=["is_active"])
    if not active:
        end_all_sessions(account_id, now)


@transaction.atomic
def reset_sign_in(by: Actor, account_id: int, now: datetime) -> str:
    """A new first password, which is returned once; the second factor and all sessions are dropped.

    For whoever forgot the password or lost the phone. Nobody resets their own. Raises ``Denied``,
    ``NotFound``, ``Conflict``.
    """
    _must_manage(by)
    if account_id == by.account_id:
        raise Conflict("自己的密码请在“修改密码”里改。")
    row = _account(by, account_id)
    first = new_password()
    set_password(row, first, now, must_change=True)
    SecondFactor.objects.filter(account_id=account_id).delete()
    RecoveryCode.objects.filter(account_id=account_id).delete()
    end_all_sessions(account_id, now)
    return first


def set_language(account_id: int, language: str) -> None:
    """Keep the language a person chose."""
    Account.objects.filter(pk=account_id).update(language=language)


def _save(row: Account) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        text = _("这个登录名已经有人用了。")
        raise Conflict(text, fields={"login": text}) from None


def _account(by: Actor, account_id: int) -> Account:
    row = Account.objects.filter(district=by.district, pk=account_id).first()
    if row is None:
        raise NotFound
    return row


def _must_manage(by: Actor) -> None:
    if not by.may_everywhere(Permission.ACCOUNT_EDIT):
        raise Denied
