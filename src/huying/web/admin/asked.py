"""What the audit is asked for by its address."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from huying.annals.queries import Wanted
from huying.annals.rules import Subject
from huying.people.rules.kinds import Outcome, ViewingKind
from huying.web.components import Filter

_NAMES = {"caller_id": "caller", "case_id": "case", "account_id": "account"}
_WORD_MOST = 60


def audit_of(query: QueryDict) -> dict[str, Any]:
    """What narrows it, as ``people.queries.viewings_for`` takes it; what is not understood does not narrow."""
    kind = query.get("kind", "")
    asked: dict[str, Any] = {name: number_of(query.get(key, "")) for name, key in _NAMES.items()}
    asked |= {"word": word_of(query), "since": since_of(query), "until": until_of(query)}
    return {**asked, "kind": ViewingKind(kind) if kind in set(ViewingKind) else None}


def changes_of(query: QueryDict) -> Wanted:
    """What narrows the record of changes."""
    subject = query.get("subject", "")
    return Wanted(
        subject=Subject(subject) if subject in set(Subject) else None,
        about=query.get("about", "")[:60],
        account_id=number_of(query.get("account", "")),
        word=word_of(query),
        since=since_of(query),
        until=until_of(query),
    )


def sign_ins_of(query: QueryDict) -> dict[str, Any]:
    """What narrows the record of attempts to sign in."""
    outcome = query.get("outcome", "")
    return {
        "account_id": number_of(query.get("account", "")),
        "word": word_of(query),
        "outcome": Outcome(outcome) if outcome in set(Outcome) else None,
        "since": since_of(query),
        "until": until_of(query),
    }


def days_asked(query: QueryDict) -> list[Filter]:
    """From which day to which."""
    return [
        Filter("since", _("从"), "date", value=query.get("since", "")),
        Filter("until", _("到"), "date", value=query.get("until", "")),
    ]


def word_of(query: QueryDict) -> str:
    """What is searched for."""
    return query.get("q", "").strip()[:_WORD_MOST]


def since_of(query: QueryDict) -> datetime | None:
    """The first moment of the day asked for."""
    return _midnight(query.get("since", ""))


def until_of(query: QueryDict) -> datetime | None:
    """The first moment after the last day asked for."""
    return _midnight(query.get("until", ""), 1)


def number_of(text: str) -> int | None:
    """A number of an address, None for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def _midnight(text: str, later: int = 0) -> datetime | None:
    try:
        day = date.fromisoformat(text) + timedelta(days=later)
        return timezone.make_aware(datetime.combine(day, time()))
    except (ValueError, OverflowError):
        return None
