"""Rosters: filled by rotation and by hand, gaps, swaps, handing over; who is on duty now is one query."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huying.access.actor import Actor
from huying.access.roles import Role
from huying.cases.actions import NewAppeal, receive
from huying.kernel.errors import Conflict, Denied, HuyingError, Invalid, NotFound
from huying.people.actions import NewPost, create_account
from huying.people.models import Account
from huying.people.queries import actor_of
from huying.teams.actions import (
    CellEdit,
    NewMember,
    answer_swap,
    ask_swap,
    change_member,
    create_post,
    end_post,
    end_rotation,
    ensure_member,
    fill_rotations,
    give_duty,
    import_roster,
    leave_duty,
    put_cells,
    put_turn,
    set_rotation,
    take_duty,
    withdraw_swap,
)
from huying.teams.models import Handover, Shift
from huying.teams.queries import duty_of, gaps_of, on_duty_around, on_duty_within, posts_for, roster_for
from huying.teams.queries.handing import handover_for, unsigned_for
from huying.teams.rules.gaps import Cell
from huying.teams.rules.kinds import DutyDays, DutyRole
from tests.cast import COMMUNITY, DISTRICT, GRID, MONDAY, STREET
from tests.teams.conftest import DAY, Ground

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TODAY = date(2026, 3, 2)


def put(
    ground: Ground, text: str, turn: str = "白班", day: date = TODAY, was: str | None = None
) -> dict[Cell, HuyingError]:
    cell = Cell(ground.turns[turn], day, DutyRole.OFFICER)
    return put_cells(ground.cast.dispatcher, ground.post, [CellEdit(cell, text, was)], MONDAY)


def on(ground: Ground, now: datetime = MONDAY) -> list[str]:
    return [one.name for one in on_duty_within(ground.cast.dispatcher, STREET, now)]


def account(ground: Ground, name: str) -> Actor:
    """Give a member an account and answer with the actor behind it."""
    number = ground.people[name]
    made = create_account(
        ground.cast.system, f"login-{number}", name, [NewPost(Role.STREET_DISPATCHER, STREET)], MONDAY
    )
    change_member(ground.cast.system, number, NewMember(name, STREET, login=f"login-{number}"))
    return actor_of(Account.objects.get(pk=made), MONDAY)


def test_who_is_put_into_a_square_is_on_duty_then(ground: Ground) -> None:
    assert put(ground, "张三、李四") == {}
    assert on(ground) == ["张三", "李四"]
    assert on(ground, MONDAY + timedelta(hours=12)) == []
    assert put(ground, "李四") == {}
    assert on(ground) == ["李四"]
    assert Shift.objects.get(member=ground.people["张三"]).cancelled_by == "陈建国"
    assert put(ground, "李四") == {}
    assert Shift.objects.count() == 2


def test_who_answers_for_a_place_is_seen_from_the_grid_up_in_one_query(ground: Ground) -> None:
    put(ground, "张三")
    here = create_post(ground.cast.system, GRID, "第1网格", MONDAY)
    turn = put_turn(ground.cast.system, here, DAY, MONDAY)
    edit = CellEdit(Cell(turn, TODAY, DutyRole.OFFICER), "老主任")
    assert put_cells(ground.cast.dispatcher, here, [edit], MONDAY) == {}
    with CaptureQueriesContext(connection) as asked:
        found = on_duty_around(ground.cast.dispatcher, GRID, MONDAY)
    assert len(asked) == 1
    assert [(one.name, one.area) for one in found] == [("老主任", GRID), ("张三", STREET)]
    assert "13800000004" not in str(found)
    # A grid worker sees who answers above; another street sees nobody here.
    assert len(on_duty_around(ground.cast.grid_worker, GRID, MONDAY)) == 2
    assert on_duty_around(ground.cast.other_dispatcher, GRID, MONDAY) == []
    with pytest.raises(NotFound):
        on_duty_within(ground.cast.other_dispatcher, STREET, MONDAY)


def test_the_question_who_is_on_duty_walks_its_index(ground: Ground) -> None:
    put(ground, "张三")
    columns = "district, post_id, turn_id, role, area, member_id, made_at, made_by, cancelled_by"
    with connection.cursor() as cursor:
        # Ten years of a post, so that walking all of it would cost.
        cursor.execute(
            f"INSERT INTO teams_shift ({columns}, day, starts_at, ends_at) SELECT {columns}, day - n, "
            "starts_at - n * interval '1 day', ends_at - n * interval '1 day' "
            "FROM teams_shift, generate_series(1, 4000) n"
        )
        cursor.execute("ANALYZE teams_shift")
    with CaptureQueriesContext(connection) as asked:
        assert on(ground) == ["张三"]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {asked[0]['sql']}")
        assert "teams_shift_now" in str(cursor.fetchall())


def test_nobody_is_in_two_places_and_unknown_names_are_said(ground: Ground) -> None:
    put(ground, "张三")
    other = create_post(ground.cast.system, COMMUNITY, "老渡社区工作站", MONDAY)
    turn = put_turn(ground.cast.system, other, DAY, MONDAY)
    cell = Cell(turn, TODAY, DutyRole.LEAD)
    [busy] = put_cells(ground.cast.dispatcher, other, [CellEdit(cell, "张三")], MONDAY).values()
    assert "青石街道指挥中心" in busy.message
    [unknown] = put(ground, "张三、没这人").values()
    assert "没这人" in unknown.message
    # What is refused leaves its square as it was.
    assert on(ground) == ["张三"]


def test_namesakes_are_told_apart_by_the_end_of_their_phone(ground: Ground) -> None:
    ensure_member(ground.cast.system, NewMember("张三", STREET, "13911117777"), MONDAY)
    [both] = put(ground, "张三").values()
    assert isinstance(both, Invalid)
    assert put(ground, "张三 7777") == {}
    roster = roster_for(ground.cast.dispatcher, ground.post, TODAY, 1, MONDAY)
    assert list(roster.people.values()) == [["张三 7777"]]


def test_a_square_changed_by_another_meanwhile_is_not_overwritten(ground: Ground) -> None:
    put(ground, "张三", was="")
    [late] = put(ground, "李四", was="").values()
    assert isinstance(late, Conflict)
    assert "张三" in late.message
    assert on(ground) == ["张三"]
    assert put(ground, "张三", was="") == {}


def test_what_is_over_is_not_rewritten(ground: Ground) -> None:
    [past] = put(ground, "张三", day=TODAY - timedelta(days=1), turn="白班").values()
    assert isinstance(past, Conflict)


def test_a_rotation_fills_the_roster_and_leaves_the_hand_of_people_alone(ground: Ground) -> None:
    by = ground.cast.dispatcher
    put(ground, "王五")
    set_rotation(by, ground.turns["白班"], DutyRole.OFFICER, "张三、李四", 1, TODAY, MONDAY)
    roster = roster_for(by, ground.post, TODAY, 4, MONDAY)
    told = [
        roster.people[Cell(ground.turns["白班"], TODAY + timedelta(days=n), DutyRole.OFFICER)]
        for n in range(4)
    ]
    assert told == [["王五"], ["李四"], ["张三"], ["李四"]]
    assert Shift.objects.filter(cancelled_at=None).count() == 29
    assert put(ground, "", day=TODAY + timedelta(days=1)) == {}
    assert fill_rotations(DISTRICT, MONDAY) == 0
    assert fill_rotations(DISTRICT, MONDAY + timedelta(days=2)) == 2
    gaps = roster_for(by, ground.post, TODAY, 4, MONDAY).gaps
    assert gaps[Cell(ground.turns["白班"], TODAY + timedelta(days=1), DutyRole.OFFICER)] == 1


def test_a_rotation_of_working_days_passes_over_holidays(ground: Ground) -> None:
    # 2026-05-01 to 05 are holidays, Saturday the 9th is worked for them.
    by, now = ground.cast.dispatcher, datetime.fromisoformat("2026-04-29T09:00+08:00")
    post = create_post(by, STREET, "综合服务窗口", now)

    turn = put_turn(by, post, replace(DAY, days=DutyDays.WORKING, leads=0), now)
    set_rotation(by, turn, DutyRole.OFFICER, "张三、李四", 1, date(2026, 4, 29), now)
    days = list(Shift.objects.filter(turn=turn).order_by("day").values_list("day", "member__name")[:6])
    assert [(day.month, day.day) for day, _name in days] == [(4, 29), (4, 30), (5, 6), (5, 7), (5, 8), (5, 9)]
    assert [name for _day, name in days] == ["张三", "李四"] * 3


def test_the_worker_always_keeps_somebody_on_duty(ground: Ground) -> None:
    for turn in ground.turns.values():
        set_rotation(ground.cast.dispatcher, turn, DutyRole.OFFICER, "张三、李四、王五", 1, TODAY, MONDAY)
    for weeks in range(1, 9):
        fill_rotations(DISTRICT, MONDAY + timedelta(weeks=weeks))
        for hours in range(0, 168, 7):
            assert on(ground, MONDAY + timedelta(weeks=weeks, hours=hours))


def test_ending_a_rotation_or_a_post_empties_what_is_to_come(ground: Ground) -> None:
    by = ground.cast.dispatcher
    number = set_rotation(by, ground.turns["白班"], DutyRole.OFFICER, "张三、李四", 2, TODAY, MONDAY)
    end_rotation(by, number, MONDAY)
    assert [row.day for row in Shift.objects.filter(cancelled_at=None)] == [TODAY]
    end_post(by, ground.post, MONDAY - timedelta(hours=3))
    assert not Shift.objects.filter(cancelled_at=None).exists()
    with pytest.raises(NotFound):
        roster_for(by, ground.post, TODAY, 7, MONDAY)


def test_whoever_leaves_leaves_gaps(ground: Ground) -> None:
    by = ground.cast.dispatcher
    put(ground, "张三", day=TODAY + timedelta(days=1))
    assert leave_duty(by, ground.people["张三"], MONDAY) == 1
    tomorrow = Cell(ground.turns["白班"], TODAY + timedelta(days=1), DutyRole.OFFICER)
    [gaps] = gaps_of(by, posts_for(by), TODAY, 2, MONDAY).values()
    assert tomorrow in gaps
    # A turn that is over lacks nobody any more.
    [later] = gaps_of(by, posts_for(by), TODAY, 2, MONDAY + timedelta(days=2)).values()
    assert tomorrow not in later


def test_another_street_draws_up_no_roster_here(ground: Ground) -> None:
    cell = Cell(ground.turns["白班"], TODAY, DutyRole.OFFICER)
    with pytest.raises(Denied):
        put_cells(ground.cast.other_dispatcher, ground.post, [CellEdit(cell, "张三")], MONDAY)
    with pytest.raises(Denied):
        create_post(ground.cast.handler, STREET, "我的", MONDAY)


def test_a_swap_changes_nothing_until_it_is_agreed(ground: Ground) -> None:
    mine, theirs = account(ground, "张三"), account(ground, "李四")
    day = TODAY + timedelta(days=1)
    put(ground, "张三", day=day)
    shift = Shift.objects.get()
    with pytest.raises(Invalid):
        ask_swap(mine, shift.pk, "张三", "有事", MONDAY)
    asked = ask_swap(mine, shift.pk, "李四", "家里有事", MONDAY)
    assert ask_swap(mine, shift.pk, "李四", "家里有事", MONDAY) == asked
    [question] = duty_of(theirs.account_id, MONDAY).asked
    assert (question.by, question.reason, question.shift.starts_at) == ("张三", "家里有事", shift.starts_at)
    assert duty_of(mine.account_id, MONDAY).shifts[0].asked == "李四"
    with pytest.raises(Denied):
        answer_swap(ground.cast.handler, asked, True, MONDAY)
    answer_swap(theirs, asked, True, MONDAY)
    with pytest.raises(Conflict):
        answer_swap(theirs, asked, True, MONDAY)
    assert duty_of(mine.account_id, MONDAY).shifts == ()
    assert [one.post for one in duty_of(theirs.account_id, MONDAY).shifts] == ["青石街道指挥中心"]


def test_a_question_may_be_withdrawn_and_one_may_say_no(ground: Ground) -> None:
    mine, theirs = account(ground, "张三"), account(ground, "李四")
    put(ground, "张三", day=TODAY + timedelta(days=1))
    shift = Shift.objects.get()
    asked = ask_swap(mine, shift.pk, "李四", "有事", MONDAY)
    withdraw_swap(mine, asked, MONDAY)
    assert duty_of(theirs.account_id, MONDAY).asked == ()
    again = ask_swap(mine, shift.pk, "李四", "有事", MONDAY)
    answer_swap(theirs, again, False, MONDAY)
    assert Shift.objects.get().cancelled_at is None
    with pytest.raises(Conflict):
        ask_swap(mine, shift.pk, "李四", "有事", shift.starts_at)


def test_duty_is_handed_over_with_what_is_open_and_two_signatures(ground: Ground) -> None:
    goes, comes, other = (account(ground, name) for name in ("张三", "李四", "王五"))
    put(ground, "张三")
    put(ground, "李四", turn="夜班")
    receive(
        DISTRICT, [NewAppeal(text="井盖丢失", channel="web", area=GRID)], by=ground.cast.system, now=MONDAY
    )
    shift = Shift.objects.get(member=ground.people["张三"])
    end = shift.ends_at
    assert duty_of(goes.account_id, MONDAY).give == ()
    with pytest.raises(Conflict):
        give_duty(goes, shift.pk, "早了", MONDAY)
    [left] = duty_of(goes.account_id, end).give
    assert left.id == shift.pk
    with pytest.raises(Invalid):
        give_duty(goes, shift.pk, "  ", end)
    with pytest.raises(NotFound):
        give_duty(comes, shift.pk, "不是我的班", end)
    assert unsigned_for(goes, [ground.post], end + timedelta(hours=2)) == {ground.post: 1}
    handed = give_duty(goes, shift.pk, "一件井盖要盯", end)
    assert give_duty(goes, shift.pk, "再点一次", end) == handed
    [(number, _post, name, at)] = duty_of(comes.account_id, end).take
    assert (number, name, at) == (handed, "张三", end)
    row = handover_for(comes, handed, end)
    assert (row.numbers["open"], len(row.cases), row.mine) == (1, 1, True)
    for nobody in (goes, other):
        with pytest.raises(Denied):
            take_duty(nobody, handed, "", end)
    take_duty(comes, handed, "收到", end)
    take_duty(comes, handed, "再点一次", end + timedelta(minutes=1))
    signed = Handover.objects.get()
    assert (signed.taken_by, signed.remark, signed.taken_at) == ("李四", "收到", end)
    assert unsigned_for(goes, [ground.post], end + timedelta(hours=2)) == {ground.post: 0}
    assert duty_of(comes.account_id, end).take == ()


def test_who_comes_later_is_not_asked_to_sign_for_who_takes_over(ground: Ground) -> None:
    goes, comes, later = (account(ground, name) for name in ("张三", "李四", "王五"))
    put(ground, "张三")
    put(ground, "李四", turn="夜班")
    put(ground, "王五", day=TODAY + timedelta(days=1))
    shift = Shift.objects.get(member=ground.people["张三"])
    handed = give_duty(goes, shift.pk, "无", shift.ends_at)
    assert [one[0] for one in duty_of(comes.account_id, shift.ends_at).take] == [handed]
    assert duty_of(later.account_id, shift.ends_at).take == ()


def test_whoever_goes_on_alone_hands_nothing_over(ground: Ground) -> None:
    goes = account(ground, "张三")
    put(ground, "张三")
    put(ground, "张三", turn="夜班")
    assert duty_of(goes.account_id, Shift.objects.order_by("ends_at")[0].ends_at).give == ()


def roster_sheet(*lines: str) -> bytes:
    return "\n".join(["日期,值班点,班次,角色,姓名,电话", *lines]).encode()


def test_a_roster_comes_out_of_a_sheet_all_or_nothing(ground: Ground) -> None:
    by, post = ground.cast.dispatcher, "青石街道指挥中心"
    good = [f"2026-03-0{day},{post},夜班,值班员,张三," for day in (3, 4)]
    new = f"2026/3/5,{post},白班,带班领导,新来的,13877776666"
    bad = [
        f"三月三,{post},夜班,值班员,张三,",
        "2026-03-05,没有的点,夜班,值班员,张三,",
        f"2026-03-05,{post},中班,值班员,张三,",
        f"2026-03-05,{post},夜班,保安,张三,",
        f"2026-03-05,{post},夜班,值班员,没这人,",
        f"2026-03-01,{post},白班,值班员,张三,",
    ]
    report = import_roster(by, roster_sheet(*good, new, *bad), MONDAY, dry_run=False)
    assert [fault.number for fault in report.faults] == [5, 6, 7, 8, 9, 10]
    assert [fault.column for fault in report.faults] == ["日期", "值班点", "班次", "角色", "姓名", "日期"]
    assert not Shift.objects.exists()
    assert import_roster(by, roster_sheet(*good, new), MONDAY, dry_run=True).made == 3
    assert not Shift.objects.exists()
    assert import_roster(by, roster_sheet(*good, new), MONDAY, dry_run=False).applied
    again = import_roster(by, roster_sheet(*good, new), MONDAY, dry_run=False)
    assert (again.made, again.known, Shift.objects.count()) == (0, 3, 3)
    with pytest.raises(Denied):
        import_roster(ground.cast.handler, roster_sheet(*good), MONDAY, dry_run=True)
