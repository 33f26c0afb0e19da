"""Who left a number hears how it ends: the count, and the finished work."""

from datetime import datetime

from django.db import transaction

from huying.deliberation.models import Follower, Proposal
from huying.kernel.errors import Conflict, Invalid, NotFound
from huying.notices.actions.spreading import spread
from huying.people.actions import ensure_callers
from huying.people.rules.phones import normal_phone
from huying.places.queries import area_name


@transaction.atomic
def follow(district: int, proposal_id: int, phone: str, now: datetime) -> None:
    """Tell this number how the proposal ends; asked twice it is told once.

    Raises NotFound for what is not public, Invalid for what is no number, Conflict for what is over.
    """
    row = Proposal.objects.filter(district=district, id=proposal_id, opened_at__isnull=False).first()
    if row is None:
        raise NotFound
    if row.done_at is not None or row.withdrawn_at is not None or row.passed is False:
        raise Conflict("已经有结果了，就在这一页上。")
    try:
        number = normal_phone(phone)
    except Invalid as wrong:
        raise Invalid(wrong.message, fields={"phone": wrong.message}) from wrong
    caller = ensure_callers(district, [("", number)], now)[0]
    if caller is not None:
        Follower.objects.get_or_create(
            district=district, proposal=row, caller_id=caller, defaults={"since": now}
        )


def tell_followers(row: Proposal, words: str, what: str, now: datetime) -> None:
    """Tell all of them, in the caller's transaction; ``what`` names the news, so that it is told once."""
    callers = list(
        Follower.objects.filter(district=row.district, proposal=row).values_list("caller_id", flat=True)
    )
    if callers:
        spread(
            row.district, callers, title=row.title, words=words, who=area_name(row.district, row.area),
            path=f"/consult/{row.pk}", once=f"proposal:{row.pk}:{what}", now=now,
        )  # fmt: skip
