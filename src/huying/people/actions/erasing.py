"""Callers erased by law (个人信息保护法 47): who they are goes, the number of their row and the audit of it stay."""

from collections.abc import Collection
from datetime import datetime

from huying.access.actor import Actor
from huying.people.actions.viewings import NewViewing, record_viewings
from huying.people.models import Caller, Viewing
from huying.people.rules.kinds import ViewingKind

_ALL = "全部个人信息"
_ONE = "一件诉求和诉求人的联系"


def erase(by: Actor, callers: Collection[int], reason: str, now: datetime) -> int:
    """Take away all that says who these callers are, and write it down; how many were not erased before."""
    rows = Caller.objects.filter(district=by.district, id__in=callers, erased_at=None)
    ids = list(rows.values_list("id", flat=True))
    rows.filter(id__in=ids).update(
        name_sealed=None,
        phone_sealed=None,
        email_sealed=None,
        id_number_sealed=None,
        phone_digest=None,
        erased_at=now,
    )
    record_viewings(by, [NewViewing(ViewingKind.ERASE, _ALL, one, None, reason) for one in ids], now)
    return len(ids)


def part(by: Actor, caller: int, cases: Collection[int], reason: str, now: datetime) -> int:
    """A caller of whom nothing is known, for what one who stays known is to be led to no more; the number of its row.

    The audit of who looked at the caller on these cases goes over to it, so that it does not lead there either.
    """
    nobody = Caller.objects.create(district=by.district, first_seen_at=now, erased_at=now)
    nobody.refresh_from_db(fields=["id"])
    Viewing.objects.filter(district=by.district, caller_id=caller, case_id__in=cases).update(
        caller_id=nobody.id
    )
    record_viewings(by, [NewViewing(ViewingKind.ERASE, _ONE, nobody.id, None, reason)], now)
    return nobody.id
