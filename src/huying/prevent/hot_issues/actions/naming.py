"""The title, place, people and span of issues, written anew after their cases changed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from django.db.models import Count, Max, Min, Window
from django.db.models.functions import RowNumber

from huying.places.queries import locate_texts
from huying.prevent.hot_issues.models import Heard, HotIssue
from huying.prevent.hot_issues.queries.lexicons import signature_of
from huying.prevent.hot_issues.rules.finding import centrality
from huying.prevent.hot_issues.rules.naming import people_of, titled

_SAMPLE: Final = 60
_SURE: Final = 0.8


def rename(district: int, issues: Iterable[int]) -> None:
    """Bring these issues up to their cases; one without any goes, unless people said something of it.

    At most three queries however many there are, and one an issue.
    """
    numbers = sorted(set(issues))
    spans = {
        row["issue_id"]: row
        for row in Heard.objects.filter(district=district, issue_id__in=numbers)
        .values("issue_id")
        .annotate(count=Count("case_id"), first=Min("at"), last=Max("at"))
    }
    bare = [number for number in numbers if number not in spans]
    HotIssue.objects.filter(district=district, id__in=bare, settled_at=None).delete()
    for number, newest in _newest(district, numbers).items():
        titles = [row.title for row in newest]
        place = _place(district, titles)
        # 二轻局职工楼 says nothing of 职工.
        elsewhere = [title.replace(place, "") if place else title for title in titles]
        HotIssue.objects.filter(district=district, id=number).update(
            title=_title(titles, centrality([signature_of(row) for row in newest]), place),
            place=place[:80],
            people=people_of(elsewhere, [""] * len(titles))[:20],
            messages=spans[number]["count"],
            first_at=spans[number]["first"],
            last_at=spans[number]["last"],
        )


def _newest(district: int, numbers: Sequence[int]) -> dict[int, list[Heard]]:
    """The newest cases of each issue, at most ``_SAMPLE``."""
    place = Window(RowNumber(), partition_by=["issue_id"], order_by=["-at", "-case_id"])
    rows = Heard.objects.filter(district=district, issue_id__in=numbers).annotate(place=place)
    found: dict[int, list[Heard]] = {}
    for row in rows.filter(place__lte=_SAMPLE).order_by("issue_id", "place"):
        if row.issue_id is not None:
            found.setdefault(row.issue_id, []).append(row)
    return found


def _title(titles: Sequence[str], centre: Sequence[float], place: str) -> str:
    """The title nearest to all, of those that name the place if any does."""
    naming = [at for at, title in enumerate(titles) if place and place in title] or range(len(titles))
    return titled([titles[at] for at in naming], [centre[at] for at in naming])


def _place(district: int, titles: Sequence[str]) -> str:
    """The place of the district's own gazetteer that most of these name; "" where none is surely named."""
    guesses = [found[0] for found in locate_texts(district, titles) if found]
    named = Counter(one.name for one in guesses if one.name and one.confidence >= _SURE)
    return min(named, key=lambda name: (-named[name], name)) if named else ""
