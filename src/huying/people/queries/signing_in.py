"""What stands between a signed-in account and its work, and where it is signed in."""

from dataclasses import dataclass
from datetime import datetime

from huying.access.actor import Actor
from huying.access.roles import Role
from huying.people.models import Account, OpenSession, SecondFactor, SignIn
from huying.people.rules.browsers import browser_words
from huying.people.rules.kinds import Outcome
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
