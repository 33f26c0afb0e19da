"""Alarms heard: what opens a case or a card, what is the same, what is told again."""

from datetime import timedelta

import pytest

from huying.cases.lifecycle import State
from huying.cases.models import Appeal
from huying.catalogue.queries import items_for_text
from huying.devices.actions import maintain, retire
from huying.devices.models import Misread
from huying.devices.rules.kinds import DeviceKind
from huying.devices.rules.messages import Unread
from huying.emergency.actions import stand_down
from huying.emergency.models import Emergency, Mark
from huying.emergency.rules.kinds import MarkKind
from huying.kernel.errors import Denied
from huying.video.actions import hear_alarm, judge, take_gb28181, take_onvif
from huying.video.models import Told, VideoAlarm
from huying.video.rules.kinds import AlarmDoor, AlarmFollow, AlarmKind, AlarmVerdict
from huying.video.rules.sighting import Sighting
from tests.cast import DISTRICT, MONDAY
from tests.video.conftest import Watch, after, notes
from tests.video.said import CODE, LAUGHS, event, notify, soap

pytestmark = [pytest.mark.django_db, pytest.mark.database]
K = AlarmKind


def test_a_fire_opens_an_emergency_card_where_the_camera_stands(watch: Watch) -> None:
    found = watch.see(K.FIRE, words="楼顶明火", score=93, level=1)
    card = Emergency.objects.get()
    assert (found.emergency_id, found.case_id, found.fresh, found.count) == (card.id, card.case_id, True, 1)
    assert (card.kind, card.device, card.lon, card.lat) == ("fire", "CAM-1", 114.005, 22.005)
    assert "楼顶明火" in card.words
    (row,) = watch.alarms()
    assert (row.follow, row.area, row.score, row.body_id) == (
        "emergency", "990101001001001", 93, watch.cast.water,
    )  # fmt: skip
    assert watch.device().heard_at == MONDAY


def test_the_same_message_again_changes_nothing(watch: Watch) -> None:
    first = watch.see(K.RUBBISH, key="A-1")
    again = watch.see(K.RUBBISH, 1, key="A-1")
    assert (again.alarm_id, again.fresh, again.count) == (first.alarm_id, False, 1)
    assert (Told.objects.count(), Appeal.objects.count()) == (1, 1)


def test_others_become_an_appeal_under_the_item_that_was_set(watch: Watch) -> None:
    item = items_for_text(DISTRICT)[0].code
    watch.rule(K.VENDING, item=item, urgency=1)
    case = watch.case(watch.see(K.VENDING, words="出店经营").case_id)
    assert (case.item, case.channel, case.area) == (item, "device", "990101001001001")
    assert "占道经营" in case.text
    assert "出店经营" in case.text
    assert not Emergency.objects.exists()


def test_what_goes_on_is_one_case_which_is_told_once_a_window(watch: Watch) -> None:
    case_id = watch.see(K.RUBBISH).case_id
    for minutes in (1, 30, 59, 61, 62, 122):
        assert watch.see(K.RUBBISH, minutes).case_id == case_id
    assert watch.alarms()[0].count == 7
    assert notes(case_id).count("摄像机仍在报垃圾堆放") == 2


def test_another_kind_and_another_camera_are_others(watch: Watch) -> None:
    watch.stand("CAM-2")
    cases = {
        watch.see(K.RUBBISH).case_id,
        watch.see(K.PARKING).case_id,
        watch.see(K.RUBBISH, code="CAM-2").case_id,
    }
    assert len(cases) == 3


def test_motion_is_only_recorded_and_anew_after_its_window(watch: Watch) -> None:
    watch.see(K.MOTION)
    watch.see(K.MOTION, 9)
    watch.see(K.MOTION, 20)
    assert [(row.count, row.follow, row.case_id) for row in watch.alarms()] == [
        (2, "record", None), (1, "record", None),
    ]  # fmt: skip
    assert not Appeal.objects.exists()


def test_a_fire_after_its_card_was_stood_down_is_another(watch: Watch) -> None:
    first = watch.see(K.FIRE)
    assert watch.see(K.FIRE, 1).emergency_id == first.emergency_id
    stand_down(watch.cast.district_dispatcher, first.emergency_id or 0, "已扑灭", after(2))
    again = watch.see(K.FIRE, 3)
    assert again.emergency_id != first.emergency_id
    assert again.alarm_id != first.alarm_id


def test_after_a_false_fire_its_window_is_quiet(watch: Watch) -> None:
    first = watch.see(K.FIRE)
    judge(watch.cast.dispatcher, first.alarm_id or 0, AlarmVerdict.FALSE, "晚霞", after(1))
    stand_down(watch.cast.district_dispatcher, first.emergency_id or 0, "误报", after(1))
    assert watch.see(K.FIRE, 3).alarm_id == first.alarm_id
    assert watch.see(K.FIRE, 7).emergency_id != first.emergency_id


def test_an_open_card_is_told_again_once_a_window(watch: Watch) -> None:
    card = watch.see(K.FIRE).emergency_id
    for minutes in (1, 2, 6, 7):
        watch.see(K.FIRE, minutes)
    assert Mark.objects.filter(emergency_id=card, kind=MarkKind.AGAIN.value).count() == 1


def test_an_unsure_camera_is_recorded_and_a_sure_one_then_rings(watch: Watch) -> None:
    watch.rule(K.FIRE, least=80)
    watch.see(K.FIRE, score=40)
    assert not Emergency.objects.exists()
    assert watch.see(K.FIRE, 1, score=95).emergency_id == Emergency.objects.get().id
    assert [row.follow for row in watch.alarms()] == ["record", "emergency"]


def test_while_somebody_works_on_a_camera_only_an_emergency_rings(watch: Watch) -> None:
    admin = watch.cast.administrator
    maintain(admin, watch.device().id, MONDAY, MONDAY + timedelta(hours=1), "擦镜头", MONDAY)
    assert watch.see(K.GATHERING, 1).case_id is None
    assert watch.see(K.FIRE, 1).emergency_id is not None


def test_a_fault_of_the_camera_goes_to_whoever_owns_it(watch: Watch) -> None:
    watch.rule(K.BLIND, item=items_for_text(DISTRICT)[0].code)
    case = watch.case(watch.see(K.BLIND).case_id)
    assert (case.state, case.body_id) == (State.DISPATCHED.value, watch.cast.water)
    assert "权属单位：水务局" in case.text


def test_a_camera_that_says_where_it_is_is_believed_within_the_district(watch: Watch) -> None:
    assert watch.see(K.PARKING, lon=114.0149, lat=22.0049, datum="cgcs2000").alarm_id
    assert watch.see(K.VENDING, lon=10.0, lat=10.0).alarm_id
    near, far = watch.alarms()
    assert (near.lon, near.lat) != (114.005, 22.005)
    assert (far.lon, far.lat, far.area) == (114.005, 22.005, "990101001001001")


def test_who_is_no_camera_of_this_district_opens_nothing(watch: Watch) -> None:
    watch.stand("WL-1", DeviceKind.WATER_LEVEL)
    assert watch.see(K.FIRE, code="NONE").why is Unread.UNKNOWN
    assert watch.see(K.FIRE, code="WL-1").why is Unread.KIND
    retire(watch.cast.administrator, watch.device().id, "拆除", MONDAY)
    assert watch.see(K.FIRE).why is Unread.RETIRED
    assert not VideoAlarm.objects.exists()
    assert not Emergency.objects.exists()


def test_who_may_not_push_leaves_no_trace(watch: Watch) -> None:
    one = Sighting(device="CAM-1", kind=K.FIRE, door=AlarmDoor.WEBHOOK, at=MONDAY)
    with pytest.raises(Denied):
        hear_alarm(watch.cast.seat, one, MONDAY)
    with pytest.raises(Denied):
        take_gb28181(watch.cast.seat, notify(), "", "", MONDAY)
    assert not VideoAlarm.objects.exists()
    assert watch.device().heard_at is None
    # A body's key speaks for its own cameras alone.
    assert hear_alarm(watch.cast.handler, one, MONDAY).why is Unread.UNKNOWN
    assert hear_alarm(watch.cast.helper, one, MONDAY).why is None


def test_a_notification_of_the_standard_is_heard(watch: Watch) -> None:
    watch.stand(CODE)
    raw = notify("gb18030", "GB2312", AlarmDescription="烟火检测")
    found = take_gb28181(watch.pusher, raw, "", "", MONDAY)
    assert found.emergency_id == Emergency.objects.get().id
    assert take_gb28181(watch.pusher, raw, "", "", after(1)).fresh is False
    assert take_gb28181(watch.pusher, LAUGHS, "", "", MONDAY).why is Unread.XML
    assert Misread.objects.get().door == "gb28181"


def test_events_of_one_request_are_heard_one_by_one(watch: Watch) -> None:
    raw = soap(event(), event(value="false"), event("tns1:RuleEngine/CellMotionDetector/Motion", "IsMotion"))
    found = take_onvif(watch.pusher, raw, "", "CAM-1", MONDAY)
    assert [one.over for one in found] == [False, True, False]
    assert [(row.kind, row.follow) for row in watch.alarms()] == [
        ("intrusion", AlarmFollow.APPEAL.value), ("motion", AlarmFollow.RECORD.value),
    ]  # fmt: skip
    assert take_onvif(watch.pusher, raw, "", "NONE", MONDAY)[0].why is Unread.UNKNOWN
    assert Misread.objects.get().device == "NONE"


def test_a_wrong_clock_does_not_keep_a_fire_from_ringing(watch: Watch) -> None:
    assert watch.see(K.FIRE, at=MONDAY - timedelta(hours=3)).emergency_id is not None
    assert "迟到" in Emergency.objects.get().words
