"""Residents who ask for a person in a chat, told to those who answer there: once for each conversation."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from huying.access.permissions import Permission
from huying.chat.actions.ringing import Waiting, take_unrung
from huying.chat.rules.kinds import Asking
from huying.notices.actions.planning import ToStaff, write_for_staff
from huying.notices.queries.audience import posts_held
from huying.notices.queries.wording import Happened
from huying.notices.rules.audiences import PostHeld, holding, languages
from huying.texts.rules.occasions import Occasion
from huying.texts.rules.occasions import Placeholder as P


@transaction.atomic
def tell_asking(district: int, now: datetime) -> int:
    """Ring for each that waits; how many there were."""
    waiting = take_unrung(district, now)
    if waiting:
        people = _answering(district, posts_held(district, now))
        write_for_staff(district, [_told(district, one, people) for one in waiting], now)
    return len(waiting)


def _answering(district: int, posts: Sequence[PostHeld]) -> Mapping[int, str]:
    """Who may answer there: only those whose post is the whole district, for nobody knows where a writer is."""
    found = holding(posts, Permission.CASE_ANSWER, str(district))
    return languages(post for post in found if str(district).startswith(post.area))


def _told(district: int, one: Waiting, people: Mapping[int, str]) -> ToStaff:
    told = Happened(
        district, Occasion.CHAT_ASKED, terms={P.TITLE: one.asking.zh, P.PLACE: one.vendor.zh},
        path=reverse("chat:thread", args=[one.person]),
    )  # fmt: skip
    once = f"chat:{one.person}:{int(one.at.timestamp())}:{one.asking.value}"
    return ToStaff(told, 0, one.at, people, urgent=one.asking is Asking.DANGER, once=once)
