"""A muster from the call to the thanks: who is told, who has a place, who waits, who was there, what counts."""

from datetime import timedelta

import pytest

from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from huying.notices.actions import opt_out
from huying.notices.models import Notice
from huying.volunteers.actions import (
    cancel,
    check_in,
    check_out,
    claim,
    close,
    give_up,
    mark,
    rest,
    tell_more,
    widen,
)
from huying.volunteers.models import Claim, Muster, Told, Volunteer
from huying.volunteers.queries import figures_for, muster_for, musters_for, volunteer_for
from huying.volunteers.queries.musters import MusterFilter
from huying.volunteers.rules.kinds import Phase, Standing, VolunteerKind
from tests.cast import COMMUNITY, DISTRICT, GRID, MONDAY, OTHER_STREET, STREET
from tests.volunteers.conftest import ENDS, SPOT, STARTS, Ground, station

pytestmark = [pytest.mark.django_db, pytest.mark.database]
FAR = (114.02, 22.005)


def told(muster_id: int) -> set[int]:
    return set(Told.objects.filter(muster_id=muster_id).values_list("volunteer_id", flat=True))


def texts(ground: Ground, name: str) -> list[str]:
    caller = Volunteer.objects.get(id=ground.people[name]).caller_id
    return list(Notice.objects.filter(caller_id=caller).order_by("id").values_list("text", flat=True))


def test_those_it_is_for_are_told_with_a_link_of_their_own(ground: Ground) -> None:
    ground.stand("张小明")
    ground.stand("李小红", kind=VolunteerKind.MEMBER)
    resting = ground.stand("王大山")
    rest(DISTRICT, Volunteer.objects.get(id=resting).caller_id, True, MONDAY)
    muster = ground.call()
    assert told(muster) == {ground.people["张小明"], ground.people["李小红"]}
    (text,) = texts(ground, "张小明")
    assert "清扫楼道" in text
    assert (
        f"https://huying.example.cn/volunteer/called/{DISTRICT}-{muster}-{ground.people['张小明']}-" in text
    )
    assert texts(ground, "王大山") == []
    assert Notice.objects.filter(occasion="mustered", case_id=None).count() == 2


def test_party_members_alone_and_grids_alone(ground: Ground) -> None:
    ground.stand("张小明")
    ground.stand("李小红", kind=VolunteerKind.MEMBER)
    ground.stand("远处的", metres=800)
    assert told(ground.call(only=VolunteerKind.MEMBER)) == {ground.people["李小红"]}
    assert told(ground.call("m-2", areas=[GRID])) == {ground.people["张小明"], ground.people["李小红"]}
    assert told(ground.call("m-3", near=500)) == {ground.people["张小明"], ground.people["李小红"]}


def test_quiet_hours_and_who_wants_no_messages_hold(ground: Ground) -> None:
    ground.stand("张小明")
    ground.stand("李小红")
    silent = Volunteer.objects.get(id=ground.people["李小红"]).caller_id
    opt_out(DISTRICT, silent, MONDAY)
    late = MONDAY + timedelta(hours=14)
    muster = ground.call(now=late)
    assert told(muster) == set(ground.people.values())
    (notice,) = Notice.objects.all()
    assert notice.caller_id != silent
    assert notice.due_at == MONDAY + timedelta(hours=23)


def test_the_same_form_sent_twice_is_one_muster(ground: Ground) -> None:
    ground.stand("张小明")
    assert ground.call() == ground.call()
    assert (Muster.objects.count(), Notice.objects.count()) == (1, 1)


def test_places_end_at_the_quota_and_who_waits_is_called_up(ground: Ground) -> None:
    for name in "甲乙丙丁":
        ground.stand(name)
    muster = ground.call()
    stands = [claim(DISTRICT, muster, ground.people[name], MONDAY) for name in "甲乙丙丁"]
    assert [one.standing for one in stands] == ["held", "held", "waiting", "waiting"]
    assert [one.ahead for one in stands] == [0, 0, 0, 1]
    assert claim(DISTRICT, muster, ground.people["甲"], MONDAY).standing is Standing.HELD
    give_up(DISTRICT, muster, ground.people["甲"], MONDAY + timedelta(hours=1))
    assert [ground.standing(muster, name) for name in "甲乙丙丁"] == ["left", "held", "held", "waiting"]
    assert "候补上了" in texts(ground, "丙")[-1]
    give_up(DISTRICT, muster, ground.people["甲"], MONDAY + timedelta(hours=1))
    assert claim(DISTRICT, muster, ground.people["甲"], MONDAY + timedelta(hours=2)).ahead == 1
    assert widen(station(), muster, 4, MONDAY + timedelta(hours=3)) == 2
    with pytest.raises(Invalid):
        widen(station(), muster, 3, MONDAY + timedelta(hours=3))
    row = Muster.objects.get()
    assert (row.first_at, row.filled_at) == (MONDAY, MONDAY)


def test_who_may_not_come_forward_is_told_why(ground: Ground) -> None:
    ground.stand("张小明", skills=["clean"])
    ground.stand("远处的", metres=3000, area=COMMUNITY)
    muster = ground.call(only=VolunteerKind.MEMBER)
    skilled = ground.call("m-2", skills=["first_aid"])
    plain = ground.call("m-3")
    for number, name, why in (
        (muster, "张小明", "报到党员"),
        (skilled, "张小明", "技能"),
        (plain, "远处的", "太远"),
    ):
        with pytest.raises(Conflict, match=why):
            claim(DISTRICT, number, ground.people[name], MONDAY)
    with pytest.raises(Conflict, match="结束"):
        claim(DISTRICT, plain, ground.people["张小明"], ENDS)
    with pytest.raises(NotFound):
        claim(DISTRICT, 10**9, ground.people["张小明"], MONDAY)
    assert not Claim.objects.exists()


def test_waiting_ends_somewhere(ground: Ground) -> None:
    people = [ground.stand(f"人{number}") for number in range(12)]
    muster = ground.call(quota=1)
    for who in people[:11]:
        claim(DISTRICT, muster, who, MONDAY)
    with pytest.raises(Conflict, match="候补也满了"):
        claim(DISTRICT, muster, people[11], MONDAY)


def test_one_checks_in_at_the_place_at_its_time(ground: Ground) -> None:
    ground.stand("张小明")
    who, muster = ground.people["张小明"], ground.call()
    with pytest.raises(NotFound):
        check_in(DISTRICT, muster, who, *SPOT, STARTS)
    claim(DISTRICT, muster, who, MONDAY)
    with pytest.raises(Conflict, match="还没到签到时间"):
        check_in(DISTRICT, muster, who, *SPOT, MONDAY)
    with pytest.raises(Invalid, match="离集合点约"):
        check_in(DISTRICT, muster, who, *FAR, STARTS)
    with pytest.raises(Conflict, match="还没有签到"):
        check_out(DISTRICT, muster, who, STARTS)
    near = STARTS + timedelta(minutes=5)
    assert check_in(DISTRICT, muster, who, *SPOT, near) == 0
    assert check_in(DISTRICT, muster, who, *FAR, ENDS) == 0
    with pytest.raises(Conflict, match="已经签到"):
        give_up(DISTRICT, muster, who, near)
    check_out(DISTRICT, muster, who, ENDS - timedelta(minutes=15))
    check_out(DISTRICT, muster, who, ENDS)
    row = Claim.objects.get()
    assert (row.standing, row.in_at, row.out_at) == ("done", near, ENDS - timedelta(minutes=15))
    assert row.in_metres == 0
    assert not {"lon", "lat"} & {field.name for field in Claim._meta.get_fields()}


def test_hours_are_settled_thanked_and_written_down_once(ground: Ground) -> None:
    for name in "甲乙丙丁":
        ground.stand(name)
    muster = ground.call(quota=3)
    for name in "甲乙丙丁":
        claim(DISTRICT, muster, ground.people[name], MONDAY)
    check_in(DISTRICT, muster, ground.people["甲"], *SPOT, STARTS)
    check_out(DISTRICT, muster, ground.people["甲"], STARTS + timedelta(minutes=90))
    mark(station(), muster, ground.people["乙"], Standing.PRESENT, STARTS, ENDS)
    with pytest.raises(Conflict, match="还没结束"):
        close(station(), muster, "", ENDS - timedelta(minutes=1))
    with pytest.raises(Invalid):
        close(station(), muster, "", ENDS, {ground.people["乙"]: 121})
    settled = close(station(), muster, "都扫完了", ENDS, {ground.people["乙"]: 60})
    assert (settled.came, settled.absent, settled.minutes) == (2, 1, 150)
    assert [ground.standing(muster, name) for name in "甲乙丙丁"] == ["done", "done", "absent", "left"]
    again = close(station(), muster, "又来", ENDS + timedelta(days=1))
    assert (again.came, again.absent, again.minutes) == (2, 1, 150)
    assert Muster.objects.get().closing == "都扫完了"
    assert "1.5 小时" in texts(ground, "甲")[-1]
    assert Notice.objects.filter(text__contains="服务时长").count() == 2
    with pytest.raises(Conflict):
        mark(station(), muster, ground.people["丙"], Standing.PRESENT, None, ENDS)
    row = volunteer_for(station(), ground.people["甲"])
    assert (row.came, row.absent, row.minutes) == (1, 0, 90)
    assert volunteer_for(station(), ground.people["丙"]).absent == 1


def test_who_leads_fills_no_more_places_than_there_are(ground: Ground) -> None:
    for name in "甲乙":
        ground.stand(name)
    muster = ground.call(quota=1)
    for name in "甲乙":
        claim(DISTRICT, muster, ground.people[name], MONDAY)
    with pytest.raises(Conflict, match="名额已满"):
        mark(station(), muster, ground.people["乙"], Standing.PRESENT, None, STARTS)
    mark(station(), muster, ground.people["甲"], Standing.ABSENT, None, STARTS)
    assert ground.standing(muster, "乙") == "held"
    with pytest.raises(Conflict, match="先登记到场"):
        mark(station(), muster, ground.people["乙"], Standing.DONE, None, STARTS)
    mark(station(), muster, ground.people["乙"], Standing.PRESENT, None, STARTS)
    with pytest.raises(Invalid):
        mark(station(), muster, ground.people["乙"], Standing.DONE, ENDS, STARTS)
    mark(station(), muster, ground.people["乙"], Standing.DONE, ENDS, ENDS)
    assert ground.standing(muster, "乙") == "done"


def test_a_cancelled_muster_is_told_to_those_who_would_come(ground: Ground) -> None:
    for name in "甲乙":
        ground.stand(name)
    muster = ground.call()
    claim(DISTRICT, muster, ground.people["甲"], MONDAY)
    with pytest.raises(Invalid):
        cancel(station(), muster, " ", MONDAY)
    cancel(station(), muster, "下雨改期", MONDAY + timedelta(hours=1))
    cancel(station(), muster, "又取消", MONDAY + timedelta(hours=2))
    assert "下雨改期" in texts(ground, "甲")[-1]
    assert len(texts(ground, "乙")) == 1
    with pytest.raises(Conflict):
        claim(DISTRICT, muster, ground.people["乙"], MONDAY)
    with pytest.raises(Conflict):
        close(station(), muster, "", ENDS)
    assert muster_for(station(), muster, ENDS).line.phase is Phase.CANCELLED


def test_the_next_are_told_until_nobody_is_left(ground: Ground) -> None:
    for number in range(25):
        ground.stand(f"人{number}", metres=10 * number)
    muster = ground.call(quota=1)
    assert len(told(muster)) == 20
    assert tell_more(station(), muster, MONDAY + timedelta(hours=1)) == 5
    with pytest.raises(Conflict):
        tell_more(station(), muster, MONDAY + timedelta(hours=1))
    assert Muster.objects.get().told == 25


def test_whose_area_it_is_not_sees_nothing_and_may_nothing(ground: Ground) -> None:
    ground.stand("张小明")
    muster = ground.call()
    elsewhere = station(f"{OTHER_STREET}001")
    with pytest.raises(NotFound):
        muster_for(elsewhere, muster, MONDAY)
    with pytest.raises(NotFound):
        cancel(elsewhere, muster, "不要了", MONDAY)
    with pytest.raises(NotFound):
        volunteer_for(elsewhere, ground.people["张小明"])
    with pytest.raises(Denied):
        ground.call("m-2", by=elsewhere)
    with pytest.raises(Denied):
        ground.call("m-3", by=station(), areas=[STREET])
    worker = ground.cast.grid_worker
    assert muster_for(worker, muster, MONDAY).may_run is False
    with pytest.raises(Denied):
        cancel(worker, muster, "不要了", MONDAY)
    assert Muster.objects.get().cancelled_at is None
    street = ground.call("m-4", by=ground.cast.dispatcher, areas=[STREET])
    assert [one.id for one in musters_for(station(), MusterFilter(), MONDAY)] == [street, muster]
    assert muster_for(station(), street, MONDAY).may_run is False


def test_figures_say_how_many_answered_and_how_quickly(ground: Ground) -> None:
    for name in "甲乙丙":
        ground.stand(name, kind=VolunteerKind.MEMBER if name == "甲" else VolunteerKind.RESIDENT)
    muster = ground.call()
    claim(DISTRICT, muster, ground.people["甲"], MONDAY + timedelta(minutes=4))
    claim(DISTRICT, muster, ground.people["乙"], MONDAY + timedelta(minutes=10))
    mark(station(), muster, ground.people["甲"], Standing.PRESENT, STARTS, ENDS)
    close(station(), muster, "", ENDS)
    found = figures_for(station(), MONDAY, ENDS)
    assert (found.musters, found.filled, found.told, found.answered) == (1, 1, 3, 2)
    assert (found.came, found.absent, found.minutes) == (1, 1, 120)
    assert (found.first_seconds, found.full_seconds) == (240, 600)
    (community,) = found.communities
    assert (community.area, community.people, community.members, community.minutes) == (COMMUNITY, 3, 1, 120)
    assert figures_for(station(), ENDS, ENDS + timedelta(days=1)).musters == 0
