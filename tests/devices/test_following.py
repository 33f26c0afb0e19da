"""What follows when a rule is broken, over again, fluttering; neighbours."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from huying.cases.actions import advance
from huying.cases.lifecycle import Verb
from huying.cases.models import Appeal
from huying.devices.actions import (
    change,
    look_at_waiting,
    maintain,
)
from huying.devices.actions.casework import settle
from huying.devices.models import Matter, WatchState
from huying.devices.queries import matters_of
from huying.devices.rules.kinds import Compare, DeviceKind, Follow
from huying.devices.rules.registering import NewDevice
from huying.devices.rules.watching import Watch
from huying.emergency.actions import stand_down
from huying.emergency.models import Emergency, Mark
from huying.kernel.errors import NotFound
from tests.cast import DISTRICT, GRID, MONDAY
from tests.devices.conftest import HIGH, Site, after, listed_item, notes, said

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_broken_rule_is_one_case_with_its_words_and_place(site: Site) -> None:
    site.stand("WL-1")
    site.watch(urgency=2)
    site.hear("WL-1", 0, 2.0)
    assert not Matter.objects.exists()
    site.hear("WL-1", 60, 3.4)
    site.hear("WL-1", 120, 3.9)
    (matter,) = site.matters("WL-1")
    appeal = Appeal.objects.get()
    assert (appeal.channel, appeal.area, appeal.source) == ("device", GRID, "WL-1")
    assert "水位 3.4，高于 3" in appeal.text
    assert (matter.kind, matter.since, matter.until, matter.peak) == ("rule", after(60), None, 3.4)
    assert site.case(matter).state == "received"


def test_over_again_the_case_nobody_has_in_hand_is_ended_with_peak_and_curve(site: Site) -> None:
    site.stand("WL-1")
    site.watch()
    for seconds, value in ((0, 2.0), (60, 3.4), (120, 3.9), (180, 2.7), (240, 2.4)):
        site.hear("WL-1", seconds, value)
    (matter,) = site.matters("WL-1")
    assert (matter.until, matter.peak) == (after(240), 3.9)
    assert [value for _, value in matter.curve] == [2.0, 3.4, 3.9, 2.7, 2.4]
    assert site.case(matter).state == "closed"
    assert "最远到 3.9" in notes(matter.case_id)


def test_a_probe_lifted_by_who_works_on_it_ends_no_case(site: Site) -> None:
    site.stand("WL-1")
    site.watch()
    site.hear("WL-1", 0, 3.4)
    maintain(site.cast.administrator, site.ids["WL-1"], after(60), after(600), "清洗探头", after(60))
    site.hear("WL-1", 120, 0.0)
    (matter,) = site.matters("WL-1")
    assert (matter.until, site.case(matter).state) == (None, "received")
    site.hear("WL-1", 660, 1.0)
    assert (site.matters("WL-1")[0].until, site.case(matter).state) == (after(660), "closed")


def test_a_buffer_sent_after_the_works_raises_nothing_of_them(site: Site) -> None:
    site.stand("WL-1")
    site.watch()
    maintain(site.cast.administrator, site.ids["WL-1"], after(60), after(600), "清洗探头", after(60))
    site.hear_all([said("WL-1", seconds, 9.0) for seconds in (120, 300, 599)], 900)
    assert not Matter.objects.exists()
    site.hear_all([said("WL-1", seconds, 4.0) for seconds in (600, 660)], 900)
    assert [one.since for one in site.matters("WL-1")] == [after(600)]


def test_what_was_measured_before_the_works_is_raised_during_them(site: Site) -> None:
    site.stand("WL-1")
    site.watch()
    maintain(site.cast.administrator, site.ids["WL-1"], after(60), after(600), "清洗探头", after(60))
    site.hear_all([said("WL-1", 30, 9.0), said("WL-1", 90, 0.0)], 90)
    assert [(one.since, one.until) for one in site.matters("WL-1")] == [(after(30), None)]


def test_a_case_that_a_body_has_in_hand_is_only_told(site: Site) -> None:
    site.stand("WL-1")
    site.watch()
    site.hear("WL-1", 60, 3.4)
    (matter,) = site.matters("WL-1")
    assert matter.case_id is not None
    item = listed_item()
    for verb, facts in ((Verb.FILE, {"item": item}), (Verb.DISPATCH, {"body": site.cast.water})):
        advance((DISTRICT, matter.case_id), verb, by=site.cast.district_dispatcher, now=after(90), **facts)
    site.hear("WL-1", 120, 1.0)
    assert site.case(matter).state == "dispatched"
    assert "已恢复正常" in notes(matter.case_id)
    assert site.matters("WL-1")[0].until == after(120)


def test_raised_again_within_the_hour_it_goes_on_in_the_open_case(site: Site) -> None:
    site.stand("WL-1")
    site.watch()
    site.hear("WL-1", 60, 3.4)
    (matter,) = site.matters("WL-1")
    assert matter.case_id is not None
    advance(
        (DISTRICT, matter.case_id),
        Verb.FILE,
        by=site.cast.district_dispatcher,
        now=after(61),
        item=listed_item(),
    )
    facts: dict[str, Any] = {"body": site.cast.water}
    advance(
        (DISTRICT, matter.case_id), Verb.DISPATCH, by=site.cast.district_dispatcher, now=after(62), **facts
    )
    site.hear("WL-1", 120, 1.0)
    site.hear("WL-1", 180, 5.0)
    assert [(one.until, one.case_id) for one in site.matters("WL-1")] == [(None, matter.case_id)]
    assert "再次超限" in notes(matter.case_id)
    assert Appeal.objects.count() == 1


def test_what_flutters_is_one_matter_and_a_note(site: Site) -> None:
    site.stand("WL-1")
    site.watch(replace(HIGH, flaps=4))
    for number in range(12):
        site.hear("WL-1", 60 * number, 9.0 if number % 2 == 0 else 1.0)
    last = site.matters("WL-1")[-1]
    assert "时断时续" in notes(last.case_id)
    assert Appeal.objects.count() <= 3
    assert look_at_waiting(DISTRICT, after(60 * 12 + 3600)) == 1
    assert all(one.until is not None for one in site.matters("WL-1"))


def test_what_is_still_raised_when_it_is_calm_is_told_in_its_case(site: Site) -> None:
    site.stand("WL-1")
    site.watch(replace(HIGH, flaps=3))
    for number, value in enumerate((9.0, 1.0, 9.0, 1.0, 4.0)):
        site.hear("WL-1", 60 * number, value)
    last = site.matters("WL-1")[-1]
    assert look_at_waiting(DISTRICT, after(60 * 5 + 3600)) == 1
    assert "再次超限：4" in notes(last.case_id)
    assert [one.id for one in site.matters("WL-1") if one.until is None] == [last.id]
    assert site.case(last).state == "received"
    site.hear("WL-1", 4000, 1.0)
    assert site.case(last).state == "closed"
    assert all(one.until is not None for one in site.matters("WL-1"))


def test_what_is_still_raised_when_its_case_was_ended_is_a_case_of_its_own(site: Site) -> None:
    site.stand("WL-1")
    site.watch(replace(HIGH, flaps=3))
    for number, value in enumerate((9.0, 1.0, 9.0, 1.0, 4.0)):
        site.hear("WL-1", 60 * number, value)
    told = site.matters("WL-1")[-1]
    assert told.case_id is not None
    settle(DISTRICT, told.case_id, "已看过。", after(400))
    look_at_waiting(DISTRICT, after(60 * 5 + 3600))
    last = site.matters("WL-1")[-1]
    assert (last.id != told.id, site.case(last).state) == (True, "received")
    assert [one.id for one in site.matters("WL-1") if one.until is None] == [last.id]


def test_what_flutters_after_its_case_was_ended_is_a_case_of_its_own(site: Site) -> None:
    site.stand("WL-1")
    site.watch(replace(HIGH, flaps=3))
    for number, value in enumerate((9.0, 1.0, 9.0, 1.0, 9.0)):
        site.hear("WL-1", 60 * number, value)
    first, second = site.matters("WL-1")
    assert site.case(first).state == "closed"
    assert (site.case(second).state, second.until) == ("received", None)
    assert "时断时续" in notes(second.case_id)
    assert Appeal.objects.count() == 2


def test_smoke_opens_a_card_that_is_not_ended_by_the_device(site: Site) -> None:
    site.stand("SM-1", kind=DeviceKind.SMOKE)
    site.watch(
        Watch(Compare.EQUALS, 1.0, 0.0), name="烟感", kind=DeviceKind.SMOKE, factor="smoke", follow=Follow.EMERGENCY,
        emergency="fire",
    )  # fmt: skip
    site.hear_all([said("SM-1", 0, values={"smoke": 1})], 0)
    card = Emergency.objects.get()
    assert (card.kind, card.device) == ("fire", "SM-1")
    site.hear_all([said("SM-1", 60, values={"smoke": 0})], 60)
    card.refresh_from_db()
    assert card.over_at is None
    assert site.matters("SM-1")[0].emergency_id == card.id
    assert "已恢复正常" in notes(card.case_id)


def test_smoke_again_after_the_card_was_stood_down_opens_another(site: Site) -> None:
    site.stand("SM-1", kind=DeviceKind.SMOKE)
    site.watch(
        Watch(Compare.EQUALS, 1.0, 0.0), name="烟感", kind=DeviceKind.SMOKE, factor="smoke", follow=Follow.EMERGENCY,
        emergency="fire",
    )  # fmt: skip
    for minute, value in ((0, 1), (1, 0), (2, 1), (3, 0)):
        site.hear("SM-1", 60 * minute, values={"smoke": value})
    # While the card is open, further smoke is a line of it.
    card = Emergency.objects.get()
    assert Mark.objects.filter(kind="again", emergency_id=card.id).count() == 1
    stand_down(site.cast.system, card.id, "误报", after(240))
    site.hear("SM-1", 3000, values={"smoke": 1})
    assert Emergency.objects.filter(over_at=None).count() == 1
    assert site.matters("SM-1")[-1].emergency_id == Emergency.objects.get(over_at=None).id


def test_those_that_wait_for_ever_stand_before_nobody(site: Site, monkeypatch: Any) -> None:
    monkeypatch.setattr("huying.devices.actions.waiting._MOST", 1)
    for number in range(4):
        site.stand(f"WL-{number}", 10 * number, every=0 if number else 30)
    site.watch(replace(HIGH, hold=120))
    site.hear_all([said(f"WL-{number}", 0, 4.0) for number in range(4)], 0)
    maintain(site.cast.administrator, site.ids["WL-1"], MONDAY, MONDAY + timedelta(days=1), "清洗", MONDAY)
    assert look_at_waiting(DISTRICT, after(121)) == 2
    assert len(site.matters("WL-2")) == len(site.matters("WL-3")) == 1


def test_a_device_that_became_another_kind_is_raised_by_no_rule_of_before(site: Site) -> None:
    site.stand("WL-1")
    site.watch(replace(HIGH, hold=120))
    site.hear("WL-1", 0, 4.0)
    other = NewDevice(code="WL-1", kind=DeviceKind.GAS, name="燃气", area=GRID)
    change(site.cast.administrator, site.ids["WL-1"], other, after(60))
    assert look_at_waiting(DISTRICT, after(121)) == 0
    assert not WatchState.objects.exists()


def test_a_quorum_of_neighbours_is_counted_by_their_last_values(site: Site) -> None:
    for code, metres in (("WL-1", 0), ("WL-2", 100), ("WL-3", 200), ("FAR", 1400)):
        site.stand(code, metres)
    site.watch(replace(HIGH, quorum=2, metres=500))
    site.hear_all([said("WL-1", 0, 4.0), said("FAR", 0, 4.0), said("WL-2", 0, 4.0)], 0)
    assert not Matter.objects.exists()
    site.hear("WL-3", 60, 4.0)
    assert [one.since for one in site.matters("WL-3")] == [after(60)]
    assert look_at_waiting(DISTRICT, after(90)) == 2
    assert len(site.matters("WL-1")) == len(site.matters("WL-2")) == 1
    assert site.matters("FAR") == []


def test_a_hold_runs_out_in_the_minutes_look(site: Site) -> None:
    site.stand("WL-1")
    site.watch(replace(HIGH, hold=120))
    site.hear("WL-1", 0, 4.0)
    assert look_at_waiting(DISTRICT, after(60)) == 0
    assert look_at_waiting(DISTRICT, after(121)) == 1
    assert look_at_waiting(DISTRICT, after(122)) == 0
    assert [one.since for one in site.matters("WL-1")] == [MONDAY]


def test_a_hold_counts_no_hours_in_which_nothing_was_heard(site: Site) -> None:
    site.stand("WL-1", every=30)
    site.watch(replace(HIGH, hold=60))
    # The second is beyond as before: how far was judged is known from the last reading, not from the state.
    for seconds in (0, 30, 18000, 18030):
        site.hear("WL-1", seconds, 4.0)
    assert not Matter.objects.exists()
    site.hear("WL-1", 18060, 4.0)
    assert [one.since for one in site.matters("WL-1")] == [after(18000)]


def test_what_is_silent_by_itself_raises_nothing(site: Site) -> None:
    site.stand("WL-1", every=30)
    site.watch(replace(HIGH, hold=120))
    site.hear("WL-1", 0, 4.0)
    assert look_at_waiting(DISTRICT, after(121)) == 0


def test_two_rules_on_one_device_do_not_meet(site: Site) -> None:
    site.stand("WL-1")
    site.watch()
    site.watch(Watch(Compare.ABOVE, 5.0, 4.5), name="水位超保证")
    site.hear("WL-1", 0, 4.0)
    site.hear("WL-1", 60, 6.0)
    assert len(site.matters("WL-1")) == 2
    assert WatchState.objects.count() == 2


def test_matters_are_read_with_their_case_only_by_who_sees_it(site: Site) -> None:
    site.stand("WL-1", body_id=site.cast.water)
    site.watch()
    site.hear("WL-1", 0, 4.0)
    site.hear("WL-1", 60, 5.5)
    (seen,) = matters_of(site.cast.dispatcher, site.ids["WL-1"])
    assert (seen.peak, seen.until) == (5.5, None)
    assert seen.number.startswith("990101-")
    (owner,) = matters_of(site.cast.helper, site.ids["WL-1"])
    assert owner.number == ""
    with pytest.raises(NotFound):
        matters_of(site.cast.other_dispatcher, site.ids["WL-1"])


def test_over_and_beyond_again_in_one_batch_leave_a_matter_and_an_open_case(site: Site) -> None:
    site.stand("WL-1")
    site.watch()
    site.hear("WL-1", 0, 4.0)
    site.hear_all([said("WL-1", 60, 1.0), said("WL-1", 120, 5.0)], 120)
    last = site.matters("WL-1")[-1]
    assert last.until is None
    assert site.case(last).state != "closed"
    # All of it in one batch, as after an outage of the line.
    site.stand("WL-2")
    site.hear_all([said("WL-2", 0, 4.0), said("WL-2", 60, 1.0), said("WL-2", 120, 5.0)], 120)
    last = site.matters("WL-2")[-1]
    assert last.until is None
    assert site.case(last).state != "closed"
