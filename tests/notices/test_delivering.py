"""Messages go out once, are tried again after longer and longer rests, and are given up where somebody sees it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from huying.kernel.errors import Denied
from huying.notices.actions import delivering, resend
from huying.notices.models import Notice
from huying.notices.queries import counts_for
from huying.notices.rules.kinds import Sending, Way
from huying.notices.rules.times import MOST_TRIES
from huying.notices.tasks.caring import clear_old_notices, tell_given_up
from huying.notices.tasks.sending import send_due
from huying.people.models import Account
from tests.cast import DISTRICT, MONDAY
from tests.notices.folk import Folk, appealed, to, told
from tests.notices.gateway import Gateway, http_gateway


@pytest.fixture
def gateway(settings: Any) -> Iterator[Gateway]:
    with http_gateway() as running:
        settings.HUYING_SMS_URL, settings.HUYING_SMS_KEY = running.url, "k"
        settings.HUYING_SMS_SECRET = "s"
        yield running


def waiting(folk: Folk, count: int = 1) -> None:
    for number in range(count):
        appealed(folk.cast, f"138123466{number:02d}")
    told(MONDAY)


def states() -> list[str]:
    return list(Notice.objects.order_by("id").values_list("state", flat=True))


def test_what_is_due_goes_out_once(folk: Folk, gateway: Gateway) -> None:
    waiting(folk, 3)
    assert send_due(Way.SMS, MONDAY) == 3
    assert send_due(Way.SMS, MONDAY + timedelta(hours=1)) == 0
    assert states() == ["sent"] * 3
    assert len({headers["Idempotency-Key"] for _m, _p, headers, _b in gateway.asked}) == 3
    assert Notice.objects.filter(sent_at=MONDAY, tries=1, next_at=None).count() == 3


def test_what_is_not_due_stays(folk: Folk, gateway: Gateway) -> None:
    waiting(folk)
    Notice.objects.update(next_at=MONDAY + timedelta(hours=1))
    assert send_due(Way.SMS, MONDAY) == 0
    assert gateway.asked == []


def test_a_gateway_in_trouble_is_tried_again_with_the_same_number_and_then_given_up(
    folk: Folk, gateway: Gateway
) -> None:
    gateway.answers = [(500, b"", 0)]
    waiting(folk)
    at, rests = MONDAY, []
    for _ in range(MOST_TRIES):
        assert send_due(Way.SMS, at) == 1
        next_at = Notice.objects.get().next_at
        if next_at is not None:
            rests.append(next_at - at)
            at = next_at
    row = Notice.objects.get()
    assert row.state == "failed"
    assert row.error == "网关暂时不能处理：500"
    assert rests == sorted(rests)
    assert len({headers["Idempotency-Key"] for _m, _p, headers, _b in gateway.asked}) == 1
    assert len(gateway.asked) == MOST_TRIES


def test_a_refusal_is_not_tried_again(folk: Folk, gateway: Gateway) -> None:
    gateway.answers = [(400, b"bad number", 0)]
    waiting(folk)
    send_due(Way.SMS, MONDAY)
    assert states() == ["failed"]
    assert send_due(Way.SMS, MONDAY + timedelta(days=1)) == 0


def test_a_dead_gateway_is_knocked_at_three_times_and_costs_the_others_no_try(
    folk: Folk, settings: Any
) -> None:
    settings.HUYING_SMS_URL = "http://127.0.0.1:9/"
    waiting(folk, 6)
    send_due(Way.SMS, MONDAY)
    rows = list(Notice.objects.order_by("next_at", "id"))
    assert sorted(row.tries for row in rows) == [0, 0, 0, 1, 1, 1]
    assert {row.state for row in rows} == {"waiting"}


def test_what_a_killed_worker_held_comes_back_after_the_lease(folk: Folk, gateway: Gateway) -> None:
    waiting(folk)
    assert len(delivering.take(Way.SMS, MONDAY, 20)) == 1
    assert send_due(Way.SMS, MONDAY + timedelta(minutes=9)) == 0
    assert send_due(Way.SMS, MONDAY + delivering.LEASE) == 1
    assert states() == ["sent"]


def test_who_lost_the_lease_settles_nothing(folk: Folk, gateway: Gateway) -> None:
    waiting(folk)
    (late,) = delivering.take(Way.SMS, MONDAY, 20)
    send_due(Way.SMS, MONDAY + delivering.LEASE)
    delivering.failed(late, "too late", MONDAY + timedelta(hours=1))
    assert states() == ["sent"]


def test_who_may_not_sign_in_any_more_is_written_to_no_more(folk: Folk, gateway: Gateway) -> None:
    Notice.objects.create(
        district=DISTRICT, account_id=folk.handler, occasion="order", way="sms", title="t", text="x", link="/",
        once="1", made_at=MONDAY, due_at=MONDAY, next_at=MONDAY, state="waiting",
    )  # fmt: skip
    Account.objects.filter(pk=folk.handler).update(is_active=False)
    send_due(Way.SMS, MONDAY)
    assert states() == ["dropped"]
    assert gateway.asked == []


def test_a_fault_in_a_carrier_stops_nothing(folk: Folk, gateway: Gateway, monkeypatch: Any) -> None:
    monkeypatch.setattr("huying.notices.channels.sms.signature", lambda *_: 1 / 0)
    waiting(folk)
    send_due(Way.SMS, MONDAY)
    assert Notice.objects.get().error == "程序出错：ZeroDivisionError"
    assert states() == ["waiting"]


def test_failures_are_told_once_a_day_to_who_answers_for_them_and_can_be_sent_again(
    folk: Folk, gateway: Gateway
) -> None:
    gateway.answers = [(400, b"no", 0), (200, b"{}", 0)]
    waiting(folk)
    send_due(Way.SMS, MONDAY)
    tell_given_up(DISTRICT, MONDAY)
    tell_given_up(DISTRICT, MONDAY + timedelta(hours=1))
    assert to(folk.manager) == ["given_up"]
    manager = folk.actor(folk.manager)
    assert counts_for(manager) == {(Way.SMS, Sending.FAILED): 1}
    with pytest.raises(Denied):
        resend(folk.actor(folk.handler), MONDAY)
    assert resend(manager, MONDAY) == 1
    assert resend(manager, MONDAY) == 0
    send_due(Way.SMS, MONDAY)
    assert Notice.objects.get(way="sms").state == "sent"


def test_old_notices_are_taken_away_and_unread_ones_stay(folk: Folk) -> None:
    def one(once: str, made: datetime, read: datetime | None) -> None:
        Notice.objects.create(
            district=DISTRICT, account_id=1, occasion="order", way="page", title="t", text="x", link="/",
            once=once, made_at=made, due_at=made, state="sent", read_at=read,
        )  # fmt: skip

    one("read", MONDAY - timedelta(days=100), MONDAY - timedelta(days=91))
    one("unread", MONDAY - timedelta(days=100), None)
    one("ancient", MONDAY - timedelta(days=181), None)
    clear_old_notices(DISTRICT, MONDAY)
    assert list(Notice.objects.values_list("once", flat=True)) == ["unread"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_hold_the_same_message(transactional_db: None) -> None:
    Notice.objects.bulk_create(
        Notice(
            district=DISTRICT, caller_id=1, occasion="received", way="sms", title="t", text="x", link="/",
            once=str(number), made_at=MONDAY, due_at=MONDAY, next_at=MONDAY, state="waiting",
        )
        for number in range(60)
    )  # fmt: skip

    def worker(_number: int) -> list[int]:
        held: list[int] = []
        while taken := delivering.take(Way.SMS, MONDAY, 7):
            held += [one.id for one in taken]
        connection.close()
        return held

    with ThreadPoolExecutor(4) as pool:
        held = [number for part in pool.map(worker, range(4)) for number in part]
    assert len(held) == len(set(held)) == 60
