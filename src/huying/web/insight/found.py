"""What was found in all of it: warnings, the hottest issues and what comes back, each with the way to its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from huying.prevent.hot_issues.queries.issues import IssuesWanted, issues_for
from huying.prevent.recurring.queries import recurrences_for
from huying.prevent.warnings.queries.lists import Wanted, warnings_for
from huying.prevent.warnings.rules.kinds import WarningState
from huying.web.guard import StaffRequest
from huying.web.present.areas import DISTRICT_DIGITS
from huying.web.warnings.words import count

_SHOWN: Final = 3
_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class Found:
    """One box: how many there are, the page with all of them, and the first (words, address, what is said beside)."""

    title: str
    count: int
    href: str
    first: Sequence[tuple[str, str, str]]
    none: str


def found_within(request: StaffRequest, area: str) -> list[Found]:
    """The boxes of an area the reader may read insight of."""
    return [_warned(request, area), _hot(request, area), _recurring(request, area)]


def _warned(request: StaffRequest, area: str) -> Found:
    part = area if len(area) > DISTRICT_DIGITS else ""
    new = warnings_for(request.actor, Wanted(WarningState.NEW.value, area=part))
    first = [
        (
            _("%(area)s的%(item)s") % {"area": one.area_name, "item": one.item_name},
            reverse("warning:one", args=[one.id]),
            count(one),
        )
        for one in new[:_SHOWN]
    ]
    href = f"{reverse('warning:index')}?state={WarningState.NEW.value}&area={part}"
    return Found(_("预警"), len(new), href, first, _("没有还没处理的预警。"))


def _hot(request: StaffRequest, area: str) -> Found:
    issues = issues_for(request.actor, IssuesWanted(area, _DAYS), request.now)
    first = [
        (one.title, reverse("hot:issue", args=[one.id]), _("%(n)d 件") % {"n": len(one.cases)})
        for one in issues[:_SHOWN]
    ]
    href = f"{reverse('hot:index')}?area={area}&days={_DAYS}"
    return Found(_("热点问题"), len(issues), href, first, _("近 30 天没有许多人一起说的事。"))


def _recurring(request: StaffRequest, area: str) -> Found:
    places = recurrences_for(request.actor, area)
    first = [
        (one.title, reverse("recurring:one", args=[one.id]), _("结案后又来 %(n)d 次") % {"n": one.again})
        for one in places[:_SHOWN]
    ]
    href = f"{reverse('recurring:index')}?area={area}"
    return Found(_("反复问题"), len(places), href, first, _("没有办结后一再发生的地方。"))
