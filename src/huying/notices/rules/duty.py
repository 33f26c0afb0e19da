"""Who is woken out of hours: whoever is on duty 值班 nearest to the case, not everybody who could act (R406)."""

from collections.abc import Iterable, Sequence
from typing import Final

from huying.access.permissions import Permission
from huying.access.roles import ROLES
from huying.notices.rules.audiences import PostHeld, covers
from huying.texts.rules.occasions import Occasion

#: What reaches people at night; everything else waits for them.
BY_DUTY: Final = frozenset({Occasion.RED})


def by_duty(
    held: Sequence[PostHeld], posts: Iterable[PostHeld], on_duty: Iterable[tuple[str, int]], area: str
) -> tuple[list[PostHeld], list[PostHeld]]:
    """(who is told by every way, who reads of it in their page) of the posts that hold something at ``area``.

    ``on_duty`` are (area, account). Of those who may see the case the ones on duty closest to it are told, the others
    read of it when they are back. Where nobody is on duty everybody who holds it is told, as in the day.
    """
    seeing = {
        post.account_id: post
        for post in posts
        if Permission.CASE_READ in ROLES[post.role] and post.body_id is None and covers(post, area)
    }
    here = [(place, account) for place, account in on_duty if area.startswith(place) and account in seeing]
    nearest = max((len(place) for place, _account in here), default=0)
    woken = {account for place, account in here if len(place) == nearest}
    if not woken:
        return list(held), []
    return [seeing[account] for account in sorted(woken)], [
        post for post in held if post.account_id not in woken
    ]
