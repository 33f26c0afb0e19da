"""A day compared with the other side: every difference found, healed as far as a machine can, and printed."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from huying.access.actor import system
from huying.cases.actions import advance
from huying.cases.lifecycle import Verb
from huying.cases.models import Case
from huying.exchange.models import Difference, Incoming, Linked, Outgoing, Reconciliation
from huying.exchange.queries.held import OpenPeer
from huying.exchange.rules.comparing import Held, Listed, differences
from huying.exchange.rules.kinds import Lack
from huying.exchange.tasks.reconciling import reconcile, reconcile_due
from huying.exchange.tasks.turning import once
from huying.simulate.city.serving import City
from tests.cast import DISTRICT, GRID, MONDAY, Cast
from tests.exchange.conftest import follow

DAY = date(2026, 3, 2)
LATER = MONDAY + timedelta(hours=3)
Orders = Callable[..., list[dict[str, Any]]]


def test_every_way_of_differing_is_told_once() -> None:
    ours = {number: Held(number, "10") for number in ("a", "b", "c")} | {"d": Held("d", "40", pending=True)}
    theirs = [
        Listed("a", "10"),
        Listed("b", "20"),
        Listed("d", "10"),
        Listed("x", "10"),
        Listed("x", "10"),
        Listed("y"),
    ]
    found = {(one.number, one.lack) for one in differences(ours, theirs, {"a", "b", "d", "y"})}
    assert found == {
        ("b", Lack.STATE), ("c", Lack.MISSING_THERE), ("x", Lack.MISSING_HERE), ("x", Lack.DOUBLED),
    }  # fmt: skip


@pytest.mark.django_db
def test_what_is_missing_on_either_side_is_healed_and_the_next_comparison_is_clean(
    cast: Cast, city: City, peer: OpenPeer, orders: Orders
) -> None:
    city.holding.send(orders(4))
    once(peer, MONDAY)
    follow()
    once(peer, MONDAY)
    # A letter of theirs that was lost on the way, a state of ours that was, and one that they hold wrongly.
    gone = Linked.objects.get(number="SZ000001")
    Linked.objects.filter(pk=gone.pk).delete()
    Incoming.objects.filter(number="SZ000001").delete()
    case = Linked.objects.get(number="SZ000002").case_id
    advance((DISTRICT, case), Verb.FILE, by=cast.district_dispatcher, now=MONDAY, item="X1", area=GRID)
    city.holding.states["SZ000003"] = ("90", "")
    outcome = reconcile(peer, DAY, system(DISTRICT), LATER)
    assert outcome is not None
    assert (outcome.ours, outcome.theirs, outcome.open) == (3, 4, 0)
    assert {(one.number, one.lack) for one, _ in outcome.found} == {
        ("SZ000001", Lack.MISSING_HERE), ("SZ000002", Lack.STATE), ("SZ000003", Lack.STATE),
    }  # fmt: skip
    once(peer, LATER)
    again = reconcile(peer, DAY, system(DISTRICT), LATER + timedelta(hours=1))
    assert again is not None
    assert not again.found
    assert Case.objects.count() == 4
    assert Difference.objects.count() == 3


@pytest.mark.django_db
def test_it_is_done_by_itself_once_a_day_and_again_after_a_failure(
    city: City, peer: OpenPeer, orders: Orders
) -> None:
    city.holding.send(orders(1))
    once(peer, MONDAY)
    night = MONDAY + timedelta(hours=17)  # 02:00 of the next day there
    city.moods.set({"cut": 1.0})
    reconcile_due(DISTRICT, night)
    assert Reconciliation.objects.get().error
    city.moods.set({})
    reconcile_due(DISTRICT, night + timedelta(minutes=5))
    assert Reconciliation.objects.count() == 1
    for hours in (2, 3, 4):
        reconcile_due(DISTRICT, night + timedelta(hours=hours))
    assert list(Reconciliation.objects.order_by("id").values_list("error", flat=True))[1:] == [""]


@pytest.mark.django_db
def test_what_they_do_not_list_is_told_again(city: City, peer: OpenPeer, orders: Orders) -> None:
    city.holding.send(orders(2))
    once(peer, MONDAY)
    follow()
    once(peer, MONDAY)
    city.holding.sent[:] = [one for one in city.holding.sent if one["orderNo"] != "SZ000002"]
    outcome = reconcile(peer, DAY, system(DISTRICT), LATER)
    assert outcome is not None
    assert [(one.number, one.lack, done) for one, done in outcome.found] == [
        ("SZ000002", Lack.MISSING_THERE, "已重报现在的状态")
    ]
    assert Outgoing.objects.filter(state="waiting", number="SZ000002").count() == 1
