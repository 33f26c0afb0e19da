"""What stands between a signed-in account and its work, and where it is signed in."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.access.roles import Role
from huying.kernel.errors import Denied
from huying.people.models import Account, OpenSession, SecondFactor, SignIn
from huying.people.rules.browsers import browser_words
from huying.people.rules.kinds import Outcome
from huying.people.rules.locking import WINDOW, locked_until
from huying.people.rules.passwords import must_change

SECOND_FACTOR_ROLES = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})


@dataclass(frozen=True, slots=True)
class Standing:
    """What an account still has to do: each bars every other page until done."""

    needs_password: bool
    needs_enrolment: bool

    @property
    def clear(self) -> bool:
        return not (self.needs_password or self.needs_enrolment)


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """One browser in which the account is signed in."""

    id: int
    started_at: datetime
    seen_at: datetime
    address: str
    browser: str
    here: bool


def standing_of(account: Account, actor: Actor, with_factor: bool, now: datetime) -> Standing:
    """What ``account`` has to do before its work; no query.

    ``actor`` is the same person with posts (``actor_of``); ``with_factor`` says whether this session was
    opened with a second factor. Administrators and auditors must have one.
    """
    return Standing(
        needs_password=must_change(account.password_changed_at, account.must_change_password, now),
        needs_enrolment=not with_factor and bool(actor.roles & SECOND_FACTOR_ROLES),
    )


def has_second_factor(account_id: int) -> bool:
    """Whether signing in as this account asks for a code."""
    return SecondFactor.objects.filter(account_id=account_id, confirmed_at__isnull=False).exists()


def open_sessions(account_id: int, here: str, now: datetime, idle: float) -> list[SessionInfo]:
    """Open sessions seen within ``idle`` seconds, newest first; ``here`` is the key of the asking browser."""
    rows = OpenSession.objects.filter(account_id=account_id, ended_at=None).order_by("-seen_at")
    return [
        SessionInfo(
            id=row.pk,
            started_at=row.started_at,
            seen_at=row.seen_at,
            address=row.address,
            browser=browser_words(row.agent),
            here=row.session_key == here,
        )
        for row in rows
        if (now - row.seen_at).total_seconds() < idle
    ]


def sign_ins_of(account_id: int, limit: int = 20) -> list[tuple[datetime, str, Outcome]]:
    """The latest attempts to sign in as this account: (when, from which address, outcome)."""
    rows = SignIn.objects.filter(account_id=account_id).order_by("-at")[:limit]
    return [(row.at, row.address, Outcome(row.outcome)) for row in rows]


@dataclass(frozen=True, slots=True)
class SignInInfo:
    """One attempt to sign in as an account of the district."""

    id: int
    at: datetime
    account_id: int
    name: str
    login: str
    address: str
    outcome: Outcome


def sign_ins_for(
    actor: Actor,
    *,
    account_id: int | None = None,
    word: str = "",
    outcome: Outcome | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    before: int | None = None,
    limit: int = 50,
) -> list[SignInInfo]:
    """Attempts at the district's accounts, newest first, below id ``before``. Raises ``Denied``."""
    if not actor.may_everywhere(Permission.AUDIT_READ):
        raise Denied
    asked = {
        "account_id": account_id,
        "outcome": outcome,
        "id__lt": before,
        "at__gte": since,
        "at__lt": until,
    }
    given = {name: value for name, value in asked.items() if value is not None}
    rows = SignIn.objects.filter(account__district=actor.district, **given).select_related("account")
    if word:
        rows = rows.filter(
            Q(login__icontains=word) | Q(account__name__icontains=word) | Q(address__startswith=word)
        )
    return [_sign_in(row) for row in rows.order_by("-id")[:limit]]


def locked_account(login: str, now: datetime) -> datetime | None:
    """Until when wrong attempts keep a login name locked; None when it is not."""
    recent = SignIn.objects.filter(login=login, at__gt=now - 2 * WINDOW)
    return locked_until(recent.values_list("at", "outcome"), now)


def _sign_in(row: SignIn) -> SignInInfo:
    assert row.account is not None  # asked for by the account's district
    return SignInInfo(
        row.pk, row.at, row.account.pk, row.account.name, row.login, row.address, Outcome(row.outcome)
    )
