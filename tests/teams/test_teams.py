"""Grid teams: who is in them, since when, seen and changed by whom; phones stay sealed."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from huying.people.models import Viewing
from huying.teams.actions import (
    NewMember,
    call_member,
    change_member,
    end_kind,
    ensure_member,
    import_teams,
    join_team,
    leave_duty,
    leave_team,
    load_starter_kinds,
    put_kind,
)
from huying.teams.models import Member, Membership
from huying.teams.queries import kinds_of, member_for, team_for, teams_within
from huying.teams.rules.kinds import Part
from tests.cast import COMMUNITY, DISTRICT, GRID, MONDAY, STREET
from tests.teams.conftest import Ground

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TODAY = localdate(MONDAY)
OTHER_GRID = f"{COMMUNITY}002"


def join(ground: Ground, name: str, kind: str, grid: str = GRID) -> int:
    by = ground.cast.dispatcher
    return join_team(by, grid, ground.people[name], ground.kinds[kind], TODAY, MONDAY)


def test_one_person_may_work_in_several_grids_and_joins_each_once(ground: Ground) -> None:
    first = join(ground, "张三", "building")
    assert join(ground, "张三", "building") == first
    join(ground, "张三", "building", OTHER_GRID)
    assert set(teams_within(ground.cast.dispatcher, COMMUNITY, TODAY)) == {GRID, OTHER_GRID}
    row = member_for(ground.cast.dispatcher, ground.people["张三"], MONDAY)
    assert row.grids == ((GRID, "楼栋长"), (OTHER_GRID, "楼栋长"))


def test_a_new_leader_ends_the_one_before_on_that_day(ground: Ground) -> None:
    join(ground, "张三", "leader")
    later = TODAY + timedelta(days=7)
    join_team(ground.cast.dispatcher, GRID, ground.people["李四"], ground.kinds["leader"], later, MONDAY)
    assert teams_within(ground.cast.dispatcher, GRID, TODAY)[GRID].leader == "张三"
    assert teams_within(ground.cast.dispatcher, GRID, later)[GRID].leader == "李四"
    assert teams_within(ground.cast.dispatcher, GRID, later)[GRID].counts == {Part.LEADER: 1}


def test_the_team_says_what_it_lacks(ground: Ground) -> None:
    join(ground, "张三", "leader")
    join(ground, "李四", "worker")
    team = teams_within(ground.cast.dispatcher, STREET, TODAY)[GRID]
    assert team.lacks == {Part.WORKER: 1, Part.FORCE: 1}
    assert [line.kind for line in team_for(ground.cast.dispatcher, GRID, TODAY)] == ["网格长", "专职网格员"]


def test_leaving_keeps_what_was(ground: Ground) -> None:
    number = join(ground, "张三", "leader")
    later = TODAY + timedelta(days=3)
    leave_team(ground.cast.dispatcher, number, later)
    leave_team(ground.cast.dispatcher, number, later + timedelta(days=9))
    row = Membership.objects.get(pk=number)
    assert (row.valid_to, row.ended_by) == (later, "陈建国")
    assert team_for(ground.cast.dispatcher, GRID, TODAY)
    assert not team_for(ground.cast.dispatcher, GRID, later)


def test_a_phone_is_one_person_whose_number_lies_sealed(ground: Ground) -> None:
    by = ground.cast.dispatcher
    new = NewMember("周七", GRID, "138 0000 9999")
    number = ensure_member(by, new, MONDAY)
    assert ensure_member(by, NewMember("周七", STREET, "13800009999"), MONDAY) == number
    with pytest.raises(Conflict):
        ensure_member(by, NewMember("别人", GRID, "13800009999"), MONDAY)
    row = Member.objects.get(pk=number)
    assert b"13800009999" not in bytes(row.phone_sealed or b"")
    assert member_for(by, number, MONDAY).phone == "138****9999"


def test_the_whole_number_is_seen_by_who_may_and_written_down(ground: Ground) -> None:
    number = ground.people["张三"]
    assert call_member(ground.cast.dispatcher, number, "路面塌陷", MONDAY) == "13800000000"
    seen = Viewing.objects.get()
    assert (seen.kind, seen.actor_name, seen.reason) == ("unmask", "陈建国", "路面塌陷")
    assert "张三" in seen.what
    for nobody in (ground.cast.handler, ground.cast.auditor):
        with pytest.raises(Denied):
            call_member(nobody, number, "想看", MONDAY)
    with pytest.raises(NotFound):
        call_member(ground.cast.other_dispatcher, number, "别的街道", MONDAY)
    assert Viewing.objects.count() == 1


def test_another_street_neither_sees_nor_changes_a_team(ground: Ground) -> None:
    join(ground, "张三", "leader")
    stranger = ground.cast.other_dispatcher
    with pytest.raises(NotFound):
        team_for(stranger, GRID, TODAY)
    with pytest.raises(Denied):
        join_team(stranger, GRID, ground.people["张三"], ground.kinds["leader"], TODAY, MONDAY)
    with pytest.raises(Denied):
        change_member(stranger, ground.people["张三"], NewMember("改名", STREET))
    with pytest.raises(Denied):
        put_kind(ground.cast.dispatcher, "新类", Part.FORCE, MONDAY)


def test_only_grids_have_teams_and_only_kinds_in_use_are_given(ground: Ground) -> None:
    by = ground.cast.administrator
    with pytest.raises(Invalid):
        join_team(by, COMMUNITY, ground.people["张三"], ground.kinds["leader"], TODAY, MONDAY)
    end_kind(by, ground.kinds["lawyer"], MONDAY)
    with pytest.raises(Invalid):
        join_team(by, GRID, ground.people["张三"], ground.kinds["lawyer"], TODAY, MONDAY)
    assert "法律顾问" not in [kind.name for kind in kinds_of(DISTRICT)]
    own = put_kind(by, "快递骑手", Part.FORCE, MONDAY)
    join_team(by, GRID, ground.people["张三"], own, TODAY, MONDAY)
    put_kind(by, "新就业群体", Part.FORCE, MONDAY, own)
    assert [line.kind for line in team_for(by, GRID, TODAY)] == ["新就业群体"]
    assert load_starter_kinds(by, MONDAY) == 0


def test_whoever_left_is_in_no_team(ground: Ground) -> None:
    join(ground, "张三", "leader")
    leave_duty(ground.cast.dispatcher, ground.people["张三"], MONDAY)
    assert teams_within(ground.cast.dispatcher, GRID, TODAY) == {}
    assert member_for(ground.cast.dispatcher, ground.people["张三"], MONDAY).left


def sheet(*lines: str) -> bytes:
    return "\n".join(["网格,类别,姓名,电话,职务", *lines]).encode()


def test_teams_come_out_of_a_sheet_all_or_nothing(ground: Ground) -> None:
    by = ground.cast.administrator
    good = f"青石街道 老渡社区 第1网格,网格长,孙八,13800008888,书记\n{GRID},楼栋长,吴九,,"
    bad = sheet(good, "没有的网格,楼栋长,甲,,", f"{GRID},没有的类别,乙,,", f"{GRID},楼栋长,丙,123,")
    report = import_teams(by, bad, MONDAY, dry_run=False)
    assert [(fault.number, fault.column) for fault in report.faults] == [
        (4, "网格"),
        (5, "类别"),
        (6, "电话"),
    ]
    assert not Membership.objects.exists()
    look = import_teams(by, sheet(good), MONDAY, dry_run=True)
    assert (look.made, look.applied, Membership.objects.count()) == (2, False, 0)
    assert import_teams(by, sheet(good), MONDAY, dry_run=False).applied
    again = import_teams(by, sheet(good), MONDAY, dry_run=False)
    assert (again.made, again.known, Membership.objects.count()) == (0, 2, 2)
    # Whoever has one street does not write into another's grid.
    theirs = import_teams(ground.cast.other_dispatcher, sheet(f"{GRID},楼栋长,丁,,"), MONDAY, dry_run=False)
    assert len(theirs.faults) == 1
