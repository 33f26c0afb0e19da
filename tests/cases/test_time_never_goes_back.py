"""Who began earlier and came later, or whose clock is behind, does not turn the time of a chain back."""

from datetime import timedelta

import pytest

from huying.cases.actions import Receipt, advance
from huying.cases.lifecycle import Verb
from huying.cases.models import Clock, Entry
from tests.cast import DISTRICT, MONDAY, Cast

pytestmark = pytest.mark.django_db


def test_a_step_stands_no_earlier_than_the_one_before_it(cast: Cast, appeal: Receipt) -> None:
    ref, behind = (DISTRICT, appeal.case_id), MONDAY - timedelta(seconds=2)
    advance(ref, Verb.FILE, by=cast.dispatcher, now=behind, item="X1")
    assert list(Entry.objects.order_by("seq").values_list("at", flat=True)) == [MONDAY, MONDAY]
    assert Clock.objects.get(kind="accept").stopped_at == MONDAY
    advance(ref, Verb.DISPATCH, by=cast.dispatcher, now=MONDAY + timedelta(seconds=1), body=cast.urban)
    assert Entry.objects.get(seq=3).at == MONDAY + timedelta(seconds=1)
