"""Who gets a task hears of it, once a campaign, and so does who is in charge of the street; its end is told too."""

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.urls import reverse

from huying.access.roles import ROLES
from huying.cases.queries.settings.calendars import calendar_of
from huying.notices.actions.planning import ToStaff, write_for_staff
from huying.notices.actions.withdrawing import withdraw
from huying.notices.queries.audience import posts_held
from huying.notices.queries.wording import Happened
from huying.notices.rules.audiences import PostHeld, holding, languages, nearest
from huying.prevent.campaigns.models import Campaign
from huying.prevent.campaigns.policy import DO, NEAR, RUN
from huying.prevent.campaigns.rules.areas import shared
from huying.texts.rules.occasions import Occasion

Tasks = Mapping[str, int]
"""Grid to the number of its task."""


@dataclass(frozen=True, slots=True)
class _News:
    """What one group of people is told: of how many tasks where, and the page it leads to."""

    area: str
    count: int
    path: str


def tell_begun(row: Campaign, tasks: Tasks, but: int | None, now: datetime) -> None:
    """Tell of the tasks, in the page and by the ways they chose, all but the account that began it."""
    _tell(row, tasks, tasks, Occasion.TASKED, but, now)


def tell_ended(row: Campaign, tasks: Tasks, still_open: Tasks, but: int | None, now: datetime) -> None:
    """Who still has a task open need not do it, and who is in charge hears the end; what was told of it is withdrawn."""
    people = {post.account_id for post in posts_held(row.district, now)}
    withdraw(row.district, _once(row), [Occasion.TASKED], people, "专项治理已结束", now)
    _tell(row, tasks, still_open, Occasion.TASKS_OVER, but, now)


def _tell(
    row: Campaign, tasks: Tasks, told_of: Tasks, occasion: Occasion, but: int | None, now: datetime
) -> None:
    posts = [post for post in posts_held(row.district, now) if post.account_id != but]
    groups: dict[_News, list[PostHeld]] = {}
    doers = _doers(posts, told_of)
    for post, news in [*_in_charge(posts, row, tasks, doers), *doers.values()]:
        groups.setdefault(news, []).append(post)
    due = datetime.combine(row.due, time(23, 59), calendar_of(row.district).zone)
    found = [
        ToStaff(
            Happened(
                row.district, occasion, title=row.name, area=news.area, due_at=due, count=news.count, path=news.path
            ),
            0, now, languages(those), once=_once(row),
        )
        for news, those in groups.items()
    ]  # fmt: skip
    write_for_staff(row.district, found, now)


def _doers(posts: Sequence[PostHeld], tasks: Tasks) -> dict[int, tuple[PostHeld, _News]]:
    """Who works in a grid or its community, by account, with all tasks of their posts as one."""
    grids, theirs, held = sorted(tasks), dict[int, set[str]](), dict[int, PostHeld]()
    for post in posts:
        if DO in ROLES[post.role] and len(post.area) >= NEAR:
            own = grids[bisect_left(grids, post.area) : bisect_left(grids, post.area + "~")]
            if own:
                theirs.setdefault(post.account_id, set()).update(own)
                held[post.account_id] = post
    return {account: (held[account], _task_news(own, tasks)) for account, own in theirs.items()}


def _task_news(own: Collection[str], tasks: Tasks) -> _News:
    one = next(iter(own))
    path = reverse("campaign:task", args=[tasks[one]]) if len(own) == 1 else reverse("campaign:mine")
    return _News(shared(sorted(own)), len(own), path)


def _in_charge(
    posts: Sequence[PostHeld], row: Campaign, tasks: Tasks, but: Collection[int]
) -> list[tuple[PostHeld, _News]]:
    """The posts nearest to each street that may run campaigns there."""
    path = reverse("campaign:one", args=[row.pk])
    found: dict[int, tuple[PostHeld, _News]] = {}
    for street in sorted({grid[:9] for grid in tasks}):
        for post in nearest(holding(posts, RUN, street)):
            if post.account_id not in but:
                here = sum(grid.startswith(post.area) for grid in tasks)
                found[post.account_id] = (post, _News(max(post.area, row.area, key=len), here, path))
    return list(found.values())


def _once(row: Campaign) -> str:
    return f"campaign:{row.pk}"
