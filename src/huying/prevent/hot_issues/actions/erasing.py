"""The hot issues' part of an erasure by law."""

from collections import Counter

from huying.cases.rules.erasing import ERASED, Going, Gone
from huying.prevent.hot_issues.actions.hearing import in_turn
from huying.prevent.hot_issues.actions.naming import rename
from huying.prevent.hot_issues.models import Heard, HotIssue


def erase(going: Going) -> Counter[Gone]:
    """Forget what was heard in these cases, and name their issues anew by those that are left.

    A shared case is heard again by the next grouping, from the words that stand. An issue of which people said
    something stays without a name of its own when none of its cases is left.
    """
    in_turn(going.district)
    rows = Heard.objects.filter(district=going.district, case_id__in=going.cases)
    touched = {issue for issue in rows.values_list("issue_id", flat=True) if issue is not None}
    heard, _each = rows.delete()
    rename(going.district, touched)
    left = set(
        Heard.objects.filter(district=going.district, issue_id__in=touched).values_list("issue_id", flat=True)
    )
    bare = HotIssue.objects.filter(district=going.district, id__in=touched - left)
    bare.update(title=ERASED, place="", people="", reason="")
    return Counter({Gone.HEARD: heard, Gone.ISSUE: len(touched)})
