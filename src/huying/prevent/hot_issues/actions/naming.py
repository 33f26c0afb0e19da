"""The title, place, people and span of issues, written anew after their cases changed."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from huying.places.queries import locate_texts
from huying.prevent.hot_issues.models import Heard, HotIssue
from huying.prevent.hot_issues.queries.lexicons import signature_of
from huying.prevent.hot_issues.rules.finding import centrality
from huying.prevent.hot_issues.rules.naming import people_of, titled

_SAMPLE: Final = 60
_SURE: Final = 0.8


def rename(district: int, issues: Iterable[int]) -> None:
    """Bring these issues up to their cases; one without any goes, unless people said something of it."""
    for number in sorted(set(issues)):
        rows = Heard.objects.filter(district=district, issue_id=number)
        count = rows.count()
        if not count:
            HotIssue.objects.filter(district=district, id=number, settled_at=None).delete()
            continue
        newest = list(rows.order_by("-at")[:_SAMPLE])
        signatures = [signature_of(row) for row in newest]
        titles = [row.title for row in newest]
        first = rows.order_by("at").values_list("at", flat=True)[0]
        place = _place(district, titles)
        # 二轻局职工楼 says nothing of 职工.
        elsewhere = [title.replace(place, "") if place else title for title in titles]
        HotIssue.objects.filter(district=district, id=number).update(
            title=titled(titles, centrality(signatures)),
            place=place[:80],
            people=people_of(elsewhere, [""] * len(titles))[:20],
            messages=count,
            first_at=first,
            last_at=newest[0].at,
        )


def _place(district: int, titles: Sequence[str]) -> str:
    """The place of the district's own gazetteer that most of these name; "" where none is surely named."""
    guesses = [found[0] for found in locate_texts(district, titles) if found]
    named = Counter(one.name for one in guesses if one.name and one.confidence >= _SURE)
    return min(named, key=lambda name: (-named[name], name)) if named else ""
