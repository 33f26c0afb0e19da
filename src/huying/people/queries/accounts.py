"""Who an account is and what its posts allow."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q, QuerySet

from huying.access.actor import Actor, ActorKind, Grant
from huying.access.permissions import Permission
from huying.access.roles import Role
from huying.kernel.errors import Denied, NotFound
from huying.people.models import Account, Post
from huying.people.models.keyring import account_place, keyring
from huying.people.rules.masking import mask_phone


@dataclass(frozen=True, slots=True)
class AccountInfo:
    """An account as its administrator sees it; the phone is masked."""

    id: int
    login: str
    name: str
    phone: str
    district: int
    language: str
    active: bool
    last_login: datetime | None


@dataclass(frozen=True, slots=True)
class PostInfo:
    """One post with the name of its body, if it has one."""

    id: int
    role: Role
    area: str
    body_id: int | None
    body_name: str
    valid_from: datetime
    valid_to: datetime | None


def actor_of(account: Account, now: datetime) -> Actor:
    """The account as an actor, with the posts valid at ``now``; one query. An inactive account has none."""
    rows: list[tuple[str, str, int | None]] = []
    if account.is_active:
        # As SQL, for it is asked with every request: to put it together costs more than to answer it.
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT role, area, body_id FROM people_post WHERE account_id = %s AND valid_from <= %s "
                "AND (valid_to IS NULL OR valid_to > %s) ORDER BY id",
                [account.pk, now, now],
            )
            rows = cursor.fetchall()
    return Actor(
        kind=ActorKind.ACCOUNT,
        district=account.district,
        name=account.name,
        account_id=account.pk,
        grants=tuple(Grant(Role(role), area, body_id) for role, area, body_id in rows),
    )


def actor_by_id(district: int, account_id: int, now: datetime) -> Actor:
    """An account of the district as an actor, for what is done while nobody sits there. Raises ``Denied`` for one
    that is no longer active."""
    account = Account.objects.filter(district=district, pk=account_id, is_active=True).first()
    if account is None:
        raise Denied
    return actor_of(account, now)


def account_names(ids: Iterable[int]) -> dict[int, str]:
    """The display names of these accounts, in one query; none asked, none made."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        # Asked with every case that is opened: building the question costs more than answering it.
        cursor.execute("SELECT id, name FROM people_account WHERE id = ANY(%s)", [wanted])
        return dict(cursor.fetchall())


def account_named(district: int, login: str) -> tuple[int, str] | None:
    """Id and display name of the district's active account of a login name; None when there is none."""
    rows = Account.objects.filter(district=district, login=login.strip(), is_active=True)
    return rows.values_list("pk", "name").first()


def account_info(actor: Actor, account_id: int) -> AccountInfo:
    """One account of the actor's district; everybody may see their own. Raises ``Denied`` or ``NotFound``."""
    if actor.account_id != account_id and not actor.may_everywhere(Permission.ACCOUNT_EDIT):
        raise Denied
    row = Account.objects.filter(district=actor.district, pk=account_id).first()
    if row is None:
        raise NotFound
    return _info(row)


def accounts_for(
    actor: Actor,
    text: str = "",
    after: int = 0,
    limit: int = 50,
    *,
    role: Role | None = None,
    active: bool | None = None,
    now: datetime | None = None,
) -> list[AccountInfo]:
    """Accounts of the actor's district by id: those whose name or login holds ``text``, who hold a post of this
    role at ``now``, who are active or not. Raises ``Denied``."""
    if not actor.may_everywhere(Permission.ACCOUNT_EDIT):
        raise Denied
    rows = Account.objects.filter(district=actor.district, pk__gt=after)
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(login__icontains=text))
    if active is not None:
        rows = rows.filter(is_active=active)
    if role is not None and now is not None:
        rows = rows.filter(pk__in=_valid(Post.objects.filter(role=role.value), now).values("account_id"))
    return [_info(row) for row in rows.order_by("pk")[:limit]]


def posts_of(account_id: int, now: datetime) -> list[PostInfo]:
    """The posts an account holds at ``now``."""
    return posts_held([account_id], now)[account_id]


def posts_held(account_ids: Iterable[int], now: datetime) -> dict[int, list[PostInfo]]:
    """The posts of each of these accounts at ``now``, in one query."""
    found: dict[int, list[PostInfo]] = {account_id: [] for account_id in account_ids}
    rows = _valid(Post.objects.filter(account_id__in=list(found)), now).order_by("id")
    # Whole lists of people are named by their posts: as rows of models they cost five times as much.
    columns = ("account_id", "id", "role", "area", "body_id", "body__short_name", "valid_from", "valid_to")
    for account_id, number, role, area, body_id, body_name, since, until in rows.values_list(*columns):
        post = PostInfo(number, Role(role), area, body_id, body_name or "", since, until)
        found[account_id].append(post)
    return found


def _valid(posts: QuerySet[Post], now: datetime) -> QuerySet[Post]:
    return posts.filter(Q(valid_to=None) | Q(valid_to__gt=now), valid_from__lte=now)


def _info(row: Account) -> AccountInfo:
    phone = keyring().open(row.phone_sealed, account_place(row.pk, "phone"))
    return AccountInfo(
        id=row.pk,
        login=row.login,
        name=row.name,
        phone=mask_phone(phone),
        district=row.district,
        language=row.language,
        active=row.is_active,
        last_login=row.last_login,
    )
