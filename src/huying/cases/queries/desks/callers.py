"""What the person on the line said before, and the receipt they are about to be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from huying.access.actor import Actor
from huying.cases.models import Appeal, CaseAppeal, Statement
from huying.cases.queries.erasing import said_of
from huying.cases.queries.lists.queue import CaseLine, lines_of
from huying.kernel.errors import NotFound

MOST: Final = 10


@dataclass(frozen=True, slots=True)
class Given:
    """One appeal as it was taken in, with the case that answers it now."""

    receipt: str
    text: str
    received_at: datetime
    has_caller: bool
    case: CaseLine


def history_for(actor: Actor, caller_id: int, now: datetime, limit: int = MOST) -> list[CaseLine]:
    """The cases of a caller's last appeals that the actor may see, newest first, each once."""
    appeals = Appeal.objects.filter(district=actor.district, caller_id=caller_id).order_by("-received_at")
    ids = list(appeals.values_list("id", flat=True)[:limit])
    answering = _answering(actor.district, ids)
    return lines_of(actor, list(dict.fromkeys(answering[one] for one in ids if one in answering)), now)


def given_for(actor: Actor, receipt: str, now: datetime) -> Given:
    """The appeal of a receipt in the actor's district. Raises NotFound when it is not theirs to see."""
    row = Appeal.objects.filter(district=actor.district, receipt=receipt).first()
    lines = lines_of(actor, list(_answering(actor.district, [row.id]).values()), now) if row else []
    if row is None or not lines:
        raise NotFound
    return Given(row.receipt, said_of(row), row.received_at, row.caller_id is not None, lines[0])


def _answering(district: int, appeals: list[int]) -> dict[int, int]:
    """Appeal → the case that answers it now, or did last."""
    links = CaseAppeal.objects.filter(district=district, appeal_id__in=appeals)
    standing = sorted(links, key=lambda link: (link.until is None, link.case_id))
    return {link.appeal_id: link.case_id for link in standing}


def public_replies(district: int, case_ids: Sequence[int]) -> Mapping[int, str]:
    """What the callers of these closed cases were last answered; cases without a reply are left out. One query."""
    rows = Statement.objects.filter(
        district=district, case_id__in=list(case_ids), public=True, name="reply"
    ).order_by("seq")
    return {row.case_id: row.text for row in rows} if case_ids else {}
