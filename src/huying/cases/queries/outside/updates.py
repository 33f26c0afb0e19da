"""What was done about service requests, step by step (the extension ``servicerequestupdates``)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Q

from huying.cases.lifecycle import CLOSED_STATES, Outcome, State, Verb
from huying.cases.models import Attachment, Case, Entry, Statement
from huying.cases.queries.glances import public_replies
from huying.cases.queries.outside.asked import Reader
from huying.cases.queries.track import PUBLIC_VERBS
from huying.cases.rules.erasing import ERASED
from huying.cases.rules.replies import without_persons
from huying.kernel.numbers import case_number

FIELDS: Final = (
    "update_id", "service_request_id", "status", "updated_datetime", "description", "media_url",
)  # fmt: skip
# Happens among offices, or with one caller alone.
_HIDDEN: Final = frozenset({Outcome.DISMISSED, Outcome.DECLINED})
_OURS: Final = frozenset({Verb.WITHDRAW, Verb.RATE, Verb.FOLLOW_UP, Verb.CONTACT, Verb.SUPERVISE, Verb.NOTE})
_TO_ALL: Final = PUBLIC_VERBS - _OURS
_CLOSED: Final = frozenset(state.value for state in CLOSED_STATES)


@dataclass(frozen=True, slots=True)
class Span:
    """Of which cases, from when to when, both included; ``ids`` None for all."""

    since: datetime
    until: datetime
    ids: Sequence[int] | None = None
    offset: int = 0
    limit: int = 1000


def updates(reader: Reader, span: Span) -> list[tuple[Any, ...]]:
    """Rows of ``FIELDS``, oldest first, each within the span. A handful of queries."""
    seen = Case.objects.filter(reader.may_see(), district=reader.district)
    # What happened since then touched its case since then.
    named = Q(id__in=span.ids) if span.ids is not None else Q(touched_at__gte=span.since)
    seen = seen.filter(named)
    verbs = _TO_ALL if reader.actor is None else PUBLIC_VERBS
    entries = Entry.objects.filter(
        district=reader.district, at__gte=span.since, at__lte=span.until, verb__in=verbs, seq__gt=1,
        case_id__in=seen.values("id"),
    ).exclude(outcome__in=_HIDDEN)  # fmt: skip
    rows = list(entries.order_by("at", "case_id", "seq")[span.offset : span.offset + span.limit])
    photos, say = _photos(reader, rows), _Words(reader, rows)
    return [
        (
            f"{case_number(row.district, row.case_id)}-{row.seq}",
            case_number(row.district, row.case_id),
            "closed" if row.after in _CLOSED else "open",
            reader.time(row.at),
            say.of(row),
            photos.get((row.case_id, row.seq)),
        )
        for row in rows
    ]


class _Words:
    """What was said with some steps, as far as the reader may know: everybody the public reply of what is closed."""

    def __init__(self, reader: Reader, rows: Sequence[Entry]) -> None:
        self._public = reader.actor is None
        ended = [row.case_id for row in rows if row.after == State.CLOSED]
        self._replies = public_replies(reader.district, ended) if self._public and ended else {}
        self._said = {} if self._public else _statements(reader, rows)

    def of(self, row: Entry) -> str:
        """The step in its word, then what was said."""
        if self._public:
            reply = self._replies.get(row.case_id, "") if row.after == State.CLOSED else ""
            said = [without_persons(reply)] if reply else []
        else:
            words = self._said.get((row.case_id, row.seq), {})
            said = [words[name] or ERASED for name in ("progress", "reply", "note") if name in words]
        return "：".join([Verb(row.verb).zh, "\n".join(said)]) if said else Verb(row.verb).zh


def _statements(reader: Reader, rows: Sequence[Entry]) -> Mapping[tuple[int, int], Mapping[str, str]]:
    here = {(row.case_id, row.seq) for row in rows}
    texts = Statement.objects.filter(
        district=reader.district, case_id__in={case_id for case_id, _seq in here}
    )
    found: dict[tuple[int, int], dict[str, str]] = {}
    for row in texts:
        if (row.case_id, row.seq) in here:
            found.setdefault((row.case_id, row.seq), {})[row.name] = row.text
    return found


def _photos(reader: Reader, rows: Sequence[Entry]) -> Mapping[tuple[int, int], str]:
    if reader.actor is None or not rows:
        return {}
    files = Attachment.objects.filter(district=reader.district, case_id__in={row.case_id for row in rows})
    return {
        (row.case_id or 0, row.seq or 0): reader.media(
            f"{case_number(row.district, row.case_id or 0)}-{row.id}.jpg"
        )
        for row in files.order_by("-id")
    }
