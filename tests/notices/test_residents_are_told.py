"""What a caller hears, at most so often and never at night; nothing to who is anonymous or wants nothing."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from huying.cases.lifecycle import Outcome, Verb
from huying.cases.models import Appeal
from huying.kernel.errors import Denied, Invalid
from huying.notices.actions import opt_in, opt_out, set_residents
from huying.notices.models import Notice, OptOut
from huying.notices.queries import resident_choices
from huying.texts.rules.occasions import Occasion
from tests.cast import DISTRICT, MONDAY
from tests.notices.folk import REPLY, Folk, appealed, dispatched, step, to_callers, told

ZONE = ZoneInfo("Asia/Shanghai")
NOON = MONDAY + timedelta(hours=3)


def test_received_names_number_and_time_and_opens_the_track(folk: Folk) -> None:
    appealed(folk.cast)
    told(MONDAY)
    (row,) = to_callers()
    receipt = Appeal.objects.get().receipt
    assert row.occasion == "received"
    assert f"{receipt[:4]}-{receipt[4:8]}-{receipt[8:]}" in row.text
    assert f"https://huying.example.cn/track/{receipt}" in row.text
    assert "3月2日" in row.text
    assert row.next_at == MONDAY


@pytest.mark.parametrize("phone", ["", "075512345678"])
def test_nothing_goes_to_nobody_nor_to_a_telephone_on_a_wall(folk: Folk, phone: str) -> None:
    appealed(folk.cast, phone)
    told(MONDAY)
    assert to_callers() == []


def test_each_part_of_the_way_is_told_and_the_newer_message_replaces_the_one_that_waits(folk: Folk) -> None:
    cast, case_id = folk.cast, appealed(folk.cast)
    told(MONDAY, ["receive"])
    dispatched(folk, case_id)
    told(MONDAY, ["dispatch"])
    handler = folk.actor(folk.handler)
    step(folk, case_id, Verb.SIGN, handler, 20)
    step(folk, case_id, Verb.NOTE, handler, 30, progress="已约好今天下午清运")
    told(NOON, ["note"])
    step(folk, case_id, Verb.SIGN, folk.actor(folk.helper), 31)
    step(folk, case_id, Verb.REPORT, folk.actor(folk.helper), 32, result="好", solved=True)
    step(folk, case_id, Verb.REPORT, handler, 33, result="清了", reply=REPLY, solved=True)
    step(folk, case_id, Verb.CHECK, cast.dispatcher, 40, Outcome.PASSED)
    told(NOON, ["check"])
    rows = to_callers()
    assert [row.occasion for row in rows] == ["received", "accepted", "progress", "replied"]
    assert [row.state for row in rows] == ["dropped", "dropped", "dropped", "waiting"]
    assert "城市管理局" in rows[1].text
    assert "已约好今天下午清运" in rows[2].text


def test_at_night_it_waits_for_the_morning(folk: Folk) -> None:
    night = datetime(2026, 3, 2, 23, 30, tzinfo=ZONE)
    appealed(folk.cast, now=night)
    told(night)
    assert to_callers()[0].next_at == datetime(2026, 3, 3, 8, tzinfo=ZONE)


def test_so_many_a_day_and_the_rest_tomorrow(folk: Folk) -> None:
    limit = replace(resident_choices(DISTRICT), most_a_day=2)
    set_residents(folk.actor(folk.manager), limit, MONDAY)
    for _ in range(5):
        appealed(folk.cast)
    told(MONDAY)
    days = [row.due_at.astimezone(ZONE).date().day for row in to_callers()]
    assert days == [2, 2, 3, 3, 4]


def test_who_wants_nothing_gets_nothing_until_they_want_it_again(folk: Folk) -> None:
    appealed(folk.cast)
    told(MONDAY)
    caller = to_callers()[0].caller_id
    assert caller is not None
    opt_out(DISTRICT, caller, MONDAY)
    opt_out(DISTRICT, caller, MONDAY)
    assert to_callers()[0].state == "dropped"
    appealed(folk.cast)
    told(MONDAY)
    assert len(to_callers()) == 1
    opt_in(DISTRICT, caller)
    appealed(folk.cast)
    told(MONDAY)
    assert not OptOut.objects.exists()
    assert len(to_callers()) > 1


def test_what_another_system_brought_in_it_confirms_itself(folk: Folk) -> None:
    appealed(folk.cast, channel="api")
    told(MONDAY)
    assert to_callers() == []


def test_a_district_may_leave_occasions_out(folk: Folk) -> None:
    with pytest.raises(Denied):
        set_residents(folk.actor(folk.handler), resident_choices(DISTRICT), MONDAY)
    with pytest.raises(Invalid):
        set_residents(folk.actor(folk.manager), replace(resident_choices(DISTRICT), most_a_day=0), MONDAY)
    chosen = replace(resident_choices(DISTRICT), occasions=frozenset({Occasion.REPLIED}))
    set_residents(folk.actor(folk.manager), chosen, MONDAY)
    appealed(folk.cast)
    told(MONDAY)
    assert not Notice.objects.exists()
    assert resident_choices(DISTRICT).quiet.since == time(21)


def test_unsolved_is_confirmed_to_who_said_so(folk: Folk) -> None:
    cast, case_id = folk.cast, appealed(folk.cast)
    step(folk, case_id, Verb.ANSWER, cast.seat, 3, reply=REPLY)
    appeal = Appeal.objects.get().id
    step(folk, case_id, Verb.RATE, cast.resident(appeal), 9, Outcome.UNSOLVED, appeal=appeal)
    told(MONDAY, ["rate"])
    assert [row.occasion for row in to_callers()] == ["reopened"]
