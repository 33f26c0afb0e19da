"""A day compared with the other side: every difference found, healed as far as a machine can, and printed."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from huying.access.actor import system
from huying.cases.actions import advance
from huying.cases.lifecycle import Verb
from huying.cases.models import Case, Statement
from huying.exchange.models import Difference, Incoming, Linked, Outgoing, Reconciliation
from huying.exchange.queries.held import OpenPeer
from huying.exchange.rules.comparing import Held, Listed, differences
from huying.exchange.rules.kinds import Connecting, Lack
from huying.exchange.tasks.reconciling import reconcile, reconcile_due
from huying.exchange.tasks.turning import once
from huying.simulate.city import dialect
from huying.simulate.city.serving import City
from tests.cast import DISTRICT, GRID, MONDAY, Cast
from tests.exchange.conftest import address, follow, set_up

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


def later(minutes: float) -> datetime:
    return MONDAY + timedelta(minutes=minutes)


def in_time(held: Held, listed: Listed, *others: tuple[Held, Listed]) -> list[Lack]:
    pairs = [(held, listed), *others]
    ours = {one.number: one for one, _other in pairs}
    return [one.lack for one in differences(ours, [other for _one, other in pairs], set(ours))]


def well(number: str) -> tuple[Held, Listed]:
    """An order whose time of change there moved with our letter."""
    return Held(number, "10", heard_at=MONDAY, told_at=later(60)), Listed(number, "10", later(61))


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        (None, []), (MONDAY, []), (later(9.9), []), (later(11), [Lack.CHANGED]),
    ],
)  # fmt: skip
def test_a_change_there_after_they_last_spoke_is_one_that_we_missed(
    changed: datetime | None, found: list[Lack]
) -> None:
    assert in_time(Held("a", "10", heard_at=MONDAY), Listed("a", "10", changed)) == found
    # What they took of ours moves their time too.
    told = Held("a", "10", heard_at=MONDAY - timedelta(days=1), told_at=MONDAY)
    assert in_time(told, Listed("a", "10", changed)) == found
    assert in_time(Held("a", "10", pending=True, heard_at=MONDAY), Listed("a", "10", changed)) == []
    assert in_time(Held("a", "20", heard_at=MONDAY), Listed("a", "10", changed)) == [Lack.STATE]


def test_a_letter_of_ours_is_missed_there_only_where_their_time_moves_with_ours() -> None:
    lagging = (Held("a", "10", heard_at=MONDAY, told_at=later(60)), Listed("a", "10", MONDAY))
    assert in_time(*lagging, well("b"), well("c")) == [Lack.UNHEARD]
    assert in_time(*lagging, well("b")) == []
    # None of them moved: it is the time of their own work.
    still = [
        (Held(number, "10", heard_at=MONDAY, told_at=later(60)), Listed(number, "10", MONDAY))
        for number in ("b", "c", "d")
    ]
    assert in_time(*lagging, *still) == []
    near = (Held("a", "10", heard_at=MONDAY, told_at=later(9)), Listed("a", "10", MONDAY))
    assert in_time(*near, well("b"), well("c")) == []


@pytest.mark.django_db
def test_a_change_that_was_lost_is_fetched_and_one_that_says_nothing_new_is_no_difference(
    cast: Cast, city: City, peer: OpenPeer, orders: Orders
) -> None:
    given = orders(2)
    city.holding.send(given)
    once(peer, MONDAY)
    follow()
    once(peer, MONDAY)
    # Both say that they changed an hour later; one did, and its letter was lost on the way.
    for number in ("SZ000001", "SZ000002"):
        city.holding.states[number] = ("10", f"{later(60).astimezone(dialect.ZONE):{dialect.FORMAT}}")
    city.holding.sent[:] = [{**given[0], "content": "路灯灭了三盏（SZ000001）"}, given[1]]
    outcome = reconcile(peer, DAY, system(DISTRICT), LATER)
    assert outcome is not None
    assert [(one.number, one.lack, done) for one, done in outcome.found] == [
        ("SZ000001", Lack.CHANGED, "已向对方补取")
    ]
    once(peer, LATER)
    assert Statement.objects.filter(name="note", text__contains="路灯灭了三盏").count() == 1
    again = reconcile(peer, DAY, system(DISTRICT), LATER)
    assert again is not None
    assert not again.found
    assert Case.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("door", ["", "/nowhere"])
def test_a_change_that_cannot_be_fetched_is_left_to_a_person(
    cast: Cast, city: City, orders: Orders, door: str
) -> None:
    peer = set_up(Connecting.REST_PULL, dialect.settings(address(city), again=door))
    city.holding.send(orders(1))
    once(peer, MONDAY)
    follow()
    once(peer, MONDAY)
    city.holding.states["SZ000001"] = ("10", f"{later(60).astimezone(dialect.ZONE):{dialect.FORMAT}}")
    outcome = reconcile(peer, DAY, system(DISTRICT), LATER)
    assert outcome is not None
    assert (outcome.error, outcome.open) == ("", 1)
    assert outcome.found[0][0].theirs == "2026-03-02 10:00:00"


@pytest.mark.django_db
def test_letters_they_took_and_lost_go_out_again_under_the_same_keys(
    cast: Cast, city: City, peer: OpenPeer, orders: Orders
) -> None:
    city.holding.send(orders(4))
    once(peer, MONDAY)
    follow()
    once(peer, later(60))
    for number in range(1, 5):
        told_at = MONDAY if number == 1 else later(60)
        city.holding.states[f"SZ00000{number}"] = (
            "10",
            f"{told_at.astimezone(dialect.ZONE):{dialect.FORMAT}}",
        )
    keys = dict(city.holding.keys)
    outcome = reconcile(peer, DAY, system(DISTRICT), LATER)
    assert outcome is not None
    assert [(one.number, one.lack, done) for one, done in outcome.found] == [
        ("SZ000001", Lack.UNHEARD, "已用原来的唯一号重发")
    ]
    once(peer, LATER)
    assert set(city.holding.keys) == set(keys)
    assert sum(city.holding.keys.values()) == sum(keys.values()) + 1


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
