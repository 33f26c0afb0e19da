"""Which cases a new one is held against: not all, but those that share most of what it says."""

from unittest.mock import patch

import pytest

from huying.prevent.hot_issues.actions import consolidate, hear, hearing
from huying.prevent.hot_issues.models import Heard, HotIssue
from huying.prevent.hot_issues.queries.lexicons import forget_lexicons
from huying.prevent.hot_issues.tasks import listen
from tests.cast import DISTRICT, MONDAY, gather
from tests.figures.conftest import ledger
from tests.prevent.hot_issues.test_finding import MIXING, QUIET
from tests.prevent.hot_issues.test_issues import LATER, said

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_before_the_first_grouping_nothing_is_heard_and_nothing_lost() -> None:
    forget_lexicons()
    said(gather(), [*QUIET, *MIXING])
    listen(DISTRICT, ledger(), LATER)
    assert not Heard.objects.exists()
    consolidate(DISTRICT, LATER)
    assert Heard.objects.count() == len(QUIET) + len(MIXING)
    assert HotIssue.objects.get().messages == len(MIXING)


def test_of_the_many_that_share_a_word_those_that_share_most_are_compared() -> None:
    forget_lexicons()
    cast = gather()
    said(cast, QUIET, after=-2000)
    consolidate(DISTRICT, MONDAY)
    first = said(cast, ["春风苑烧烤店油烟扰民，炭火味飘进每家窗户"])
    # Newer, and of the same estate.
    newer = said(cast, ["春风苑快递柜坏了取不出东西", "春风苑儿童滑梯裂了口子"], after=30)
    hear(DISTRICT, [*first, *newer], LATER)
    last = said(cast, ["春风苑烧烤店炭火味飘进窗户，油烟扰民"], after=60)
    with patch.object(hearing, "_BESIDE", 1):
        hear(DISTRICT, last, LATER)
    together = Heard.objects.get(case_id=first[0]).issue_id
    assert together is not None
    assert Heard.objects.get(case_id=last[0]).issue_id == together
