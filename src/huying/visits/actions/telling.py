"""Who hears of missed visits, of great changes, of visits given to them. No notice says whom it is about."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.urls import reverse

from huying.access.permissions import Permission
from huying.access.roles import ROLES
from huying.notices.actions.planning import ToStaff, write_for_staff
from huying.notices.queries.audience import posts_held
from huying.notices.queries.wording import Happened
from huying.notices.rules.audiences import PostHeld, holding, languages
from huying.people.queries.reaching import languages_of
from huying.texts.rules.occasions import Occasion
from huying.visits.models import Visit
from huying.visits.rules.kinds import VisitRung

_DIGITS = {VisitRung.COMMUNITY: 12, VisitRung.STREET: 9}


def tell_missed(district: int, rung: VisitRung, rows: Sequence[Visit], now: datetime) -> None:
    """Tell whoever stands on a rung of visits that were not made: one notice for each of them, with how many."""
    if not rows:
        return
    path = reverse("visits:missed") if rung is not VisitRung.WORKER else reverse("visits:index")
    posts = [] if rung is VisitRung.WORKER else posts_held(district, now)
    found = []
    for people, area, those in _heard(rung, rows, posts):
        soonest = min(those, key=lambda row: (row.due_at, row.id))
        told = Happened(
            district,
            Occasion.VISIT_MISSED,
            title=rung.zh,
            area=area,
            due_at=soonest.due_at,
            count=len(those),
            path=path,
        )
        once = f"visits:{rung.value}:{area}:{min(row.id for row in those)}:{int(now.timestamp())}"
        found.append(ToStaff(told, 0, now, people, once=once))
    write_for_staff(district, found, now)


def tell_upheaval(district: int, row: Visit, now: datetime) -> None:
    """Tell who is to go after a great change, at once."""
    people = languages_of([row.worker_id] if row.worker_id is not None else [])
    told = Happened(
        district, Occasion.VISIT_SOON, title=row.reason, area=row.area, due_at=row.due_at, count=1,
        path=reverse("visits:one", args=[row.id]),
    )  # fmt: skip
    write_for_staff(
        district, [ToStaff(told, 0, now, people, urgent=True, once=f"visit:{row.id}:upheaval")], now
    )


def tell_moved(district: int, given: Mapping[int, Sequence[Visit]], now: datetime) -> None:
    """Tell each who got visits of somebody else."""
    known, found = languages_of(list(given)), []
    for worker, rows in given.items():
        first = min(rows, key=lambda row: (row.day, row.id))
        told = Happened(
            district, Occasion.VISITS_MOVED, title=f"{first.day:%m-%d}", area=first.area[:12], count=len(rows),
            path=f"{reverse('visits:index')}?day={first.day:%Y-%m-%d}",
        )  # fmt: skip
        people = {worker: known[worker]} if worker in known else {}
        found.append(
            ToStaff(told, 0, now, people, once=f"visits:moved:{worker}:{first.id}:{int(now.timestamp())}")
        )
    write_for_staff(district, found, now)


def _heard(
    rung: VisitRung, rows: Sequence[Visit], posts: Sequence[PostHeld]
) -> list[tuple[Mapping[int, str], str, list[Visit]]]:
    """Who hears, of which area, of which visits."""
    groups: dict[object, list[Visit]] = {}
    for row in rows:
        key = row.worker_id if rung is VisitRung.WORKER else row.area[: _DIGITS[rung]]
        groups.setdefault(key, []).append(row)
    if rung is VisitRung.WORKER:
        known = languages_of([key for key in groups if isinstance(key, int)])
        return [
            ({key: known[key]}, those[0].area[:12], those)
            for key, those in groups.items()
            if isinstance(key, int) and key in known
        ]
    return [(_in_charge(posts, str(area)), str(area), those) for area, those in groups.items()]


def _in_charge(posts: Sequence[PostHeld], area: str) -> Mapping[int, str]:
    """A community's station plans visits there; of a street its dispatchers and leaders see them."""
    if len(area) == 12:
        near = [post for post in posts if post.area == area and Permission.VISIT_PLAN in ROLES[post.role]]
        return languages(near)
    return languages([post for post in holding(posts, Permission.VISIT_READ, area) if len(post.area) <= 9])
