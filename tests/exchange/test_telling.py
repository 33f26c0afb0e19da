"""Who answers for the exchange hears of letters that wait for a person and of systems that are gone: once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from huying.access.roles import Role
from huying.exchange.actions.peers import switch
from huying.exchange.models import Health
from huying.exchange.queries.held import OpenPeer
from huying.exchange.rules.kinds import Connecting
from huying.exchange.rules.pacing import OPEN_AFTER
from huying.exchange.rules.troubles import Faring, Trouble, troubles
from huying.exchange.tasks.telling import tell_troubled
from huying.exchange.tasks.turning import once
from huying.notices.models import Notice
from huying.people.actions import NewPost, create_account
from huying.simulate.city import dialect
from huying.simulate.city.serving import City
from tests.cast import DISTRICT, MONDAY, Cast
from tests.exchange.conftest import address, follow, set_up

Orders = Callable[..., list[dict[str, Any]]]
DAY = "2026-03-02"


def faring(**more: Any) -> Faring:
    usual: dict[str, Any] = {
        "stuck": 0, "asking": (0, None), "telling": (0, None), "oldest": None, "heard_at": MONDAY,
        "since": MONDAY - timedelta(days=9), "pushes": False,
    }  # fmt: skip
    return Faring(**(usual | more))


@pytest.mark.parametrize(
    ("how", "after", "found"),
    [
        (faring(), timedelta(days=3), []),
        (faring(stuck=2), timedelta(0), [Trouble.STUCK]),
        (faring(asking=(2, MONDAY)), timedelta(hours=5), []),
        (faring(asking=(3, MONDAY)), timedelta(minutes=59), []),
        (faring(asking=(3, MONDAY)), timedelta(hours=1), [Trouble.AWAY]),
        (faring(telling=(2, MONDAY)), timedelta(hours=5), []),
        (faring(telling=(3, MONDAY)), timedelta(minutes=59), []),
        # It answers whenever it is asked, and takes nothing.
        (faring(telling=(3, MONDAY)), timedelta(hours=1), [Trouble.UNTOLD]),
        (faring(asking=(3, MONDAY), telling=(3, MONDAY)), timedelta(hours=1), [Trouble.AWAY, Trouble.UNTOLD]),
        # Told nothing for days because nothing happened: what counts is since when it fails.
        (faring(telling=(3, MONDAY + timedelta(days=2))), timedelta(days=2, minutes=5), []),
        (faring(oldest=MONDAY), timedelta(hours=23), []),
        (faring(oldest=MONDAY), timedelta(hours=24), [Trouble.LATE]),
        # Held up because nobody is there: that is told, and it once.
        (faring(oldest=MONDAY, asking=(9, MONDAY)), timedelta(hours=24), [Trouble.AWAY]),
        (faring(pushes=True), timedelta(hours=23), []),
        (faring(pushes=True, stuck=1), timedelta(hours=24), [Trouble.STUCK, Trouble.SILENT]),
        # Turned on a moment ago: it had no time yet to be heard.
        (faring(pushes=True, heard_at=None, since=MONDAY), timedelta(hours=2), []),
    ],
)
def test_what_a_person_must_hear(how: Faring, after: timedelta, found: list[Trouble]) -> None:
    assert [trouble for trouble, _once in troubles(how, DAY, MONDAY + after)] == found


@pytest.mark.django_db
def test_letters_that_wait_are_told_once_a_day_to_who_may_mend_them(
    cast: Cast, city: City, peer: OpenPeer, orders: Orders
) -> None:
    head = _account(cast, "fen1", Role.DISTRICT_DISPATCHER)
    other = _account(cast, "zuo1", Role.SEAT)
    city.holding.send([{**orders(1)[0], "appealType": "诉愿"}])
    once(peer, MONDAY)
    for minutes in (1, 2, 90):
        tell_troubled(DISTRICT, MONDAY + timedelta(minutes=minutes))
    assert [row.occasion for row in _to(head)] == ["exchange_stuck"]
    assert "市12345" in _to(head)[0].title
    assert "有信等人处理" in _to(head)[0].text
    assert not _to(other)
    tell_troubled(DISTRICT, MONDAY + timedelta(days=1))
    assert len(_to(head)) == 2


@pytest.mark.django_db
def test_one_outage_is_one_notice_and_one_that_is_off_none(cast: Cast, city: City, peer: OpenPeer) -> None:
    head = _account(cast, "fen1", Role.DISTRICT_DISPATCHER)
    Health.objects.update(ask_failures=5, ask_since=MONDAY)
    for hours in (2, 3, 30):
        tell_troubled(DISTRICT, MONDAY + timedelta(hours=hours))
    assert len(_to(head)) == 1
    Health.objects.update(ask_since=MONDAY + timedelta(hours=31))
    tell_troubled(DISTRICT, MONDAY + timedelta(hours=40))
    assert len(_to(head)) == 2
    switch(cast.system, "city", False, "对方维护", MONDAY)
    Health.objects.update(ask_since=MONDAY + timedelta(hours=41))
    tell_troubled(DISTRICT, MONDAY + timedelta(hours=50))
    assert len(_to(head)) == 2


@pytest.mark.django_db
def test_a_system_that_answers_and_takes_nothing_is_told_of_too(
    cast: Cast, city: City, peer: OpenPeer, orders: Orders
) -> None:
    head = _account(cast, "fen1", Role.DISTRICT_DISPATCHER)
    city.holding.send(orders(1))
    once(peer, MONDAY)
    follow()
    city.moods.set({"deaf": 1.0})
    for minutes in range(1, 90):
        once(peer, MONDAY + timedelta(minutes=minutes), most=3)
    health = Health.objects.get()
    assert (health.ask_failures, health.tell_since) == (0, MONDAY + timedelta(minutes=1))
    assert health.tell_failures >= OPEN_AFTER
    assert health.heard_at is not None
    assert health.heard_at > MONDAY + timedelta(minutes=80)
    assert health.ask_rests_until is None
    tell_troubled(DISTRICT, MONDAY + timedelta(minutes=90))
    assert ["一个多小时发不过去" in row.text for row in _to(head)] == [True]
    city.moods.set({})
    once(peer, MONDAY + timedelta(hours=4))
    assert (Health.objects.get().tell_failures, Health.objects.get().tell_since) == (0, None)


@pytest.mark.django_db
def test_one_that_sends_by_itself_is_not_heard_by_asking(cast: Cast, city: City) -> None:
    peer = set_up(Connecting.REST_PUSH, dialect.settings(address(city), "rest_push"))
    for hours in range(30):
        once(peer, MONDAY + timedelta(hours=hours))
    assert Health.objects.get().heard_at is None


def _account(cast: Cast, login: str, role: Role, now: datetime = MONDAY) -> int:
    return create_account(
        cast.system, login, login, [NewPost(role, str(DISTRICT))], now, password="Huying-2026-x"
    )


def _to(account: int) -> list[Notice]:
    return list(Notice.objects.filter(account_id=account, way="page").order_by("id"))
