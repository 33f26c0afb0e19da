"""Whoever may decide about a warning hears of it, once."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from huying.access.permissions import Permission
from huying.notices.actions.planning import ToStaff, write_for_staff
from huying.notices.queries.audience import posts_held
from huying.notices.queries.wording import Happened
from huying.notices.rules.audiences import holding, languages, nearest
from huying.prevent.warnings.models import EarlyWarning
from huying.prevent.warnings.queries.names import item_name
from huying.texts.rules.occasions import Occasion


def tell(district: int, rows: Sequence[EarlyWarning], now: datetime) -> None:
    """Tell the posts nearest to each warning that may decide about it, in the page and by the ways they chose."""
    if not rows:
        return
    posts = posts_held(district, now)
    found = []
    for row in rows:
        people = languages(nearest(holding(posts, Permission.WARNING_DECIDE, row.area)))
        told = Happened(
            district, Occasion.WARNED, title=item_name(district, row.item), area=row.area,
            words=f"{row.days} 天 {row.seen} 件，往常约 {row.expected:.1f} 件",
            path=reverse("warning:one", args=[row.pk]),
        )  # fmt: skip
        found.append(ToStaff(told, 0, now, people, once=f"warning:{row.pk}"))
    write_for_staff(district, found, now)
