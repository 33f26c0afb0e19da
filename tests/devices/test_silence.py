"""Devices that are not heard, and those that are retired."""

from datetime import timedelta

import pytest

from huying.cases.actions import advance
from huying.cases.lifecycle import Verb
from huying.cases.models import Appeal, Order
from huying.devices.actions import (
    look_for_silent,
    maintain,
    put_case_rule,
    retire,
)
from huying.devices.rules.kinds import Compare, DeviceKind, Follow, MatterKind
from huying.devices.rules.watching import Watch
from huying.emergency.models import Emergency
from tests.cast import DISTRICT, MONDAY
from tests.devices.conftest import Site, after, listed_item, notes, said

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_silent_device_is_a_matter_of_its_owner_and_over_when_heard(site: Site) -> None:
    site.stand("WL-1", every=300, body_id=site.cast.water)
    put_case_rule(site.cast.administrator, MatterKind.SILENCE, listed_item(), 1, "交权属单位", MONDAY)
    site.hear("WL-1", 0, 1.0)
    assert look_for_silent(DISTRICT, after(899)) == 0
    assert look_for_silent(DISTRICT, after(901)) == 1
    assert look_for_silent(DISTRICT, after(960)) == 0
    (matter,) = site.matters("WL-1")
    assert (matter.kind, matter.since, matter.until) == ("silence", MONDAY, None)
    assert site.device("WL-1").silent_at == after(901)
    case = site.case(matter)
    assert (case.state, case.body_id) == ("dispatched", site.cast.water)
    assert Order.objects.get(case_id=matter.case_id).body_id == site.cast.water
    site.hear("WL-1", 1000, 1.0)
    assert site.matters("WL-1")[0].until == after(1000)
    assert site.device("WL-1").silent_at is None
    assert "已全部恢复联系" in notes(matter.case_id)


def test_many_of_one_owner_are_one_case_that_ends_with_the_last(site: Site) -> None:
    for number in range(4):
        site.stand(f"WL-{number}", 10 * number, every=60)
    for number in range(4):
        site.hear(f"WL-{number}", 30 * number, 1.0)
    assert look_for_silent(DISTRICT, after(220)) == 2
    assert look_for_silent(DISTRICT, after(300)) == 2
    cases = {one.case_id for number in range(4) for one in site.matters(f"WL-{number}")}
    assert len(cases) == 1
    assert Appeal.objects.count() == 1
    site.hear_all([said(f"WL-{number}", 400, 1.0) for number in range(3)], 400)
    assert site.case(site.matters("WL-0")[0]).state == "received"
    site.hear("WL-3", 460, 1.0)
    assert site.case(site.matters("WL-0")[0]).state == "closed"


def test_a_clock_that_is_behind_makes_no_silence(site: Site) -> None:
    site.stand("WL-1", every=60)
    for minute in range(60, 66):
        site.hear_all([said("WL-1", 60 * minute - 3600, 1.0)], 60 * minute)
        assert look_for_silent(DISTRICT, after(60 * minute + 30)) == 0
    assert not Appeal.objects.exists()


def test_who_is_worked_on_speaks_only_when_needed_or_is_retired_is_not_missed(site: Site) -> None:
    site.stand("WL-1", every=60)
    site.stand("WL-2", every=0)
    site.stand("WL-3", every=60)
    site.hear_all([said(code, 0, 1.0) for code in ("WL-1", "WL-2", "WL-3")], 0)
    maintain(site.cast.administrator, site.ids["WL-1"], MONDAY, MONDAY + timedelta(days=1), "清洗", MONDAY)
    retire(site.cast.administrator, site.ids["WL-3"], "拆除", after(60))
    assert look_for_silent(DISTRICT, after(7200)) == 0


def test_a_retired_device_lets_go_of_its_cases(site: Site) -> None:
    site.stand("WL-1", every=60)
    site.watch()
    site.hear("WL-1", 0, 4.0)
    look_for_silent(DISTRICT, after(600))
    retire(site.cast.administrator, site.ids["WL-1"], "拆除", after(660))
    raised, silent = site.matters("WL-1")
    assert (raised.kind, silent.kind) == ("rule", "silence")
    for matter in (raised, silent):
        assert (matter.until, site.case(matter).state) == (after(660), "closed")
        assert "（WL-1）已停用，不再监测：拆除。" in notes(matter.case_id)


def test_a_retired_device_ends_no_case_that_others_or_people_have_in_hand(site: Site) -> None:
    for code in ("WL-1", "WL-2"):
        site.stand(code, every=60, body_id=site.cast.water)
    site.stand("WL-3")
    site.watch()
    site.hear_all([said("WL-1", 0, 1.0), said("WL-2", 0, 1.0), said("WL-3", 0, 9.0)], 0)
    look_for_silent(DISTRICT, after(600))
    by, (raised,) = site.cast.district_dispatcher, site.matters("WL-3")
    assert raised.case_id is not None
    for verb, facts in ((Verb.FILE, {"item": listed_item()}), (Verb.DISPATCH, {"body": site.cast.water})):
        advance((DISTRICT, raised.case_id), verb, by=by, now=after(610), **facts)
    for code in ("WL-1", "WL-3"):
        retire(site.cast.administrator, site.ids[code], "拆除", after(660))
    (silent,) = site.matters("WL-1")
    assert (silent.until, site.case(silent).state) == (after(660), "received")
    assert (site.matters("WL-3")[0].until, site.case(raised).state) == (after(660), "dispatched")
    assert site.matters("WL-2")[0].until is None
    for matter in (silent, raised):
        assert "已停用" in notes(matter.case_id)
    retire(site.cast.administrator, site.ids["WL-2"], "拆除", after(720))
    assert site.case(silent).state == "closed"


def test_a_retired_detector_stands_no_card_down(site: Site) -> None:
    site.stand("SM-1", kind=DeviceKind.SMOKE)
    site.watch(
        Watch(Compare.EQUALS, 1.0, 0.0), name="烟感", kind=DeviceKind.SMOKE, factor="smoke", follow=Follow.EMERGENCY,
        emergency="fire",
    )  # fmt: skip
    site.hear("SM-1", 0, values={"smoke": 1})
    retire(site.cast.administrator, site.ids["SM-1"], "拆除", after(60))
    card = Emergency.objects.get()
    assert (card.over_at, site.matters("SM-1")[0].until) == (None, after(60))
    assert "已停用" in notes(card.case_id)
