"""How an account, a post and a key are told in the record of changes."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localtime

from huying.access.actor import Actor, ActorKind
from huying.access.permissions import Permission
from huying.access.roles import Role
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.annals.rules.words import Told
from huying.kernel.errors import NotFound
from huying.people.models import Account, Body
from huying.people.models.keyring import account_place, keyring
from huying.people.rules.masking import mask_phone
from huying.places.queries import area_name


def tell_account(by: Actor, row: Account, deed: Deed, now: datetime, before: Told, after: Told) -> None:
    """Write down what was done to an account."""
    note_change(by, NewChange(Subject.ACCOUNT, str(row.pk), _named(row), deed, before, after), now)


def tell_factor(by: Actor, row: Account, deed: Deed, now: datetime, after: Told) -> None:
    """Write down what was done to an account's second factor; the secret itself is never told."""
    note_change(by, NewChange(Subject.FACTOR, str(row.pk), _named(row), deed, {}, after), now)


def itself(row: Account) -> Actor:
    """The account as whoever acts on itself."""
    return Actor(ActorKind.ACCOUNT, row.district, row.name, account_id=row.pk)


def account_words(row: Account) -> dict[str, str]:
    """What of an account may be read in the record; the phone is masked there too."""
    phone = keyring().open(row.phone_sealed, account_place(row.pk, "phone"))
    return {"姓名": row.name, "登录名": row.login, "电话": mask_phone(phone) if phone else ""}


def post_words(
    district: int,
    role: Role,
    area: str,
    body_id: int | None,
    valid_from: datetime | None = None,
    valid_to: datetime | None = None,
) -> dict[str, str]:
    """A post's role, place, unit and days."""
    body = Body.objects.filter(pk=body_id).values_list("short_name", flat=True).first() if body_id else ""
    return {
        "岗位": role.zh,
        "管哪里": place_words(district, area),
        "代表单位": body or "",
        "从哪天起": day_words(valid_from),
        "到哪天止": day_words(valid_to),
    }


def place_words(district: int, area: str) -> str:
    """An area's name; its code where no areas have been brought in yet."""
    try:
        return area_name(district, area)
    except NotFound:
        return area


def scope_words(scopes: Sequence[Permission]) -> str:
    """The permissions of a key, joined."""
    return "、".join(one.zh for one in scopes)


def day_words(at: datetime | None) -> str:
    """A moment to the minute in the platform's zone; nothing for none."""
    return f"{localtime(at):%Y-%m-%d %H:%M}" if at else ""


def _named(row: Account) -> str:
    return f"{row.name}（{row.login}）"
