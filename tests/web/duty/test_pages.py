"""Teams and duty as people meet them: the sheet, the list, a tap on a number, the dispatcher's desk, handing over."""

import io
import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate
from openpyxl import Workbook

from huying.access.roles import Role
from huying.cases.actions import NewAppeal, receive
from huying.kernel import clock
from huying.people.models import Account, Viewing
from huying.teams.actions import CellEdit, NewMember, change_member, put_cells
from huying.teams.models import Handover, Membership, Shift, Swap
from huying.teams.rules.gaps import Cell
from huying.teams.rules.kinds import DutyRole
from tests.cast import COMMUNITY, DISTRICT, GRID, OTHER_STREET, STREET, Cast
from tests.teams.conftest import Ground, laid
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def ground(cast: Cast) -> Ground:
    return laid(cast)


@pytest.fixture
def dispatcher(ground: Ground) -> Client:
    return desk(Role.STREET_DISPATCHER, STREET)


def on_now(ground: Ground, name: str = "张三") -> Shift:
    """Put somebody on the turn that is under way."""
    now, today = clock.now(), localdate(clock.now())
    for turn in ground.turns.values():
        for day in (today, today - timedelta(days=1)):
            edit = CellEdit(Cell(turn, day, DutyRole.OFFICER), name)
            if put_cells(ground.cast.system, ground.post, [edit], now) == {}:
                row = Shift.objects.latest("pk")
                if row.starts_at <= now:
                    return row
                Shift.objects.filter(pk=row.pk).delete()
    raise AssertionError("the turns leave no hour out")


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def test_the_sheet_keeps_each_square_by_itself(ground: Ground, dispatcher: Client) -> None:
    day = localdate(clock.now()) + timedelta(days=1)
    page = f"/admin/duty/{ground.post}/week?day={day:%Y-%m-%d}"
    good = f"{ground.turns['白班']}-{day:%Y%m%d}-officer"
    bad = f"{ground.turns['夜班']}-{day:%Y%m%d}-officer"
    sent = {f"c-{good}": "张三、李四", f"w-{good}": "", f"c-{bad}": "没这人", f"w-{bad}": ""}
    told = dispatcher.post(page, sent, headers={"Accept": "application/json"}).json()["cells"]
    assert (told[good]["text"], told[good]["wrong"]) == ("张三、李四", "")
    assert "没这人" in told[bad]["wrong"]
    without = dispatcher.post(page, {f"c-{bad}": "没这人", f"w-{bad}": ""})
    assert without.status_code == 409
    shown = without.content.decode()
    assert 'value="没这人"' in shown
    assert "请先加到人员里" in shown
    assert 'value="张三、李四"' in shown
    done = dispatcher.post(page, {f"c-{good}": "李四", f"w-{good}": "张三、李四"})
    assert done.status_code == 302
    assert Shift.objects.filter(cancelled_at=None).count() == 1


def test_two_editors_lose_nothing(ground: Ground, dispatcher: Client) -> None:
    day = localdate(clock.now()) + timedelta(days=1)
    key = f"{ground.turns['白班']}-{day:%Y%m%d}-officer"
    page = f"/admin/duty/{ground.post}/week?day={day:%Y-%m-%d}"
    dispatcher.post(page, {f"c-{key}": "张三", f"w-{key}": ""})
    late = dispatcher.post(page, {f"c-{key}": "李四", f"w-{key}": ""})
    shown = late.content.decode()
    assert late.status_code == 409
    assert 'value="李四"' in shown
    assert "有人刚改成“张三”" in shown


def test_a_post_is_made_with_turns_and_a_rotation_and_shows_its_gaps(
    ground: Ground, dispatcher: Client
) -> None:
    made = dispatcher.post("/admin/duty/", {"area": COMMUNITY, "name": "老渡社区工作站"})
    page = made.headers["Location"]
    turn = {
        "do": "turn",
        "name": "白班",
        "starts": "08:30",
        "ends": "17:30",
        "days": "every",
        "leads": "0",
        "officers": "1",
    }
    assert dispatcher.post(f"{page}/step", turn).status_code == 302
    listed = text(dispatcher, "/admin/duty/?gaps=1")
    assert "老渡社区工作站" in listed
    assert "老渡社区工作站" in text(dispatcher, "/admin/duty/?q=老渡")
    assert "老渡社区工作站" not in text(dispatcher, "/admin/duty/?q=无此处")
    # That nothing was found does not mean that nobody lacks.
    missed = text(dispatcher, "/admin/duty/?gaps=1&q=无此处")
    assert "没有这样的值班点" in missed
    assert "两周内都排满了" not in missed
    number = re.search(r'<option value="(\d+)">白班', text(dispatcher, page))
    assert number
    rotation = {"do": "rotation", "turn": number[1], "role": "officer", "names": "赵六", "each": "1"}
    wrong = dispatcher.post(f"{page}/step", {**rotation, "names": "没这人", "first_day": "2026-01-01"})
    assert wrong.status_code == 400
    assert "没这人" in wrong.content.decode()
    today = localdate(clock.now())
    assert dispatcher.post(f"{page}/step", {**rotation, "first_day": f"{today:%Y-%m-%d}"}).status_code == 302
    assert "老渡社区工作站" not in text(dispatcher, "/admin/duty/?gaps=1")
    assert "赵六" in text(dispatcher, f"{page}/week")


def test_another_street_reads_and_writes_nothing_here(ground: Ground) -> None:
    stranger = desk(Role.STREET_DISPATCHER, OTHER_STREET)
    for path in (
        f"/admin/duty/{ground.post}/week",
        f"/admin/duty/{ground.post}",
        f"/admin/teams/grids/{GRID}",
    ):
        assert stranger.get(path).status_code == 404
    assert stranger.get(f"/duty/now?area={STREET}").status_code == 404
    assert stranger.post(f"/admin/duty/{ground.post}/week", {}).status_code == 404
    assert "青石街道指挥中心" not in text(stranger, "/admin/duty/")
    seat = desk(Role.SEAT)
    assert seat.post(f"/admin/duty/{ground.post}/week", {}).status_code == 403
    assert seat.post(f"/admin/teams/grids/{GRID}", {"name": "甲"}).status_code == 403


def test_the_number_is_shown_by_one_tap_that_is_written_down(ground: Ground, dispatcher: Client) -> None:
    on_now(ground)
    listed = text(dispatcher, "/duty/now")
    assert "138****0000" in listed
    assert "13800000000" not in listed
    address = f"/duty/people/{ground.people['张三']}/phone?for=路面塌陷"
    assert "tel:13800000000" in dispatcher.post(address, headers={"HX-Request": "true"}).content.decode()
    assert "13800000000" in dispatcher.post(address).content.decode()
    assert {(row.kind, row.reason) for row in Viewing.objects.all()} == {("unmask", "路面塌陷")}
    assert desk(Role.DEPARTMENT_HANDLER, str(DISTRICT), ground.cast.urban).post(address).status_code == 403
    assert Viewing.objects.count() == 2


def test_the_dispatcher_sees_who_is_on_duty_beside_the_case_and_on_the_map(
    ground: Ground, dispatcher: Client
) -> None:
    on_now(ground)
    receive(
        DISTRICT,
        [NewAppeal(text="井盖丢失", channel="web", area=GRID)],
        by=ground.cast.system,
        now=clock.now(),
    )
    page = text(dispatcher, "/dispatch/")
    assert "谁在值班" in page
    assert "张三" in page
    found = re.search(
        r'<script id="desk-map" type="application/json">(.*?)</script>',
        text(dispatcher, "/dispatch/map"),
        re.S,
    )
    assert found
    assert [(one["label"], one.get("mark")) for one in json.loads(found[1])["points"]] == [("张三", "duty")]
    # A case without an area is still somebody's.
    receive(DISTRICT, [NewAppeal(text="哪里都行", channel="web")], by=ground.cast.system, now=clock.now())
    assert desk(Role.DISTRICT_DISPATCHER).get("/dispatch/").status_code == 200


def test_who_is_on_duty_counts_what_it_lists_and_costs_the_same(ground: Ground, dispatcher: Client) -> None:
    on_now(ground)
    text(dispatcher, "/duty/now")
    with CaptureQueriesContext(connection) as few:
        page = text(dispatcher, "/duty/now")
    assert page.count("<tr data-person>") == int(re.search(r"data-count>(\d+)", page)[1]) == 1  # type: ignore[index]
    on_now(ground, "张三、李四、王五")
    with CaptureQueriesContext(connection) as many:
        assert text(dispatcher, "/duty/now").count("<tr data-person>") == 3
    assert len(many) == len(few)
    points = dispatcher.get("/duty/now.geojson").json()
    assert (points["people"], len(points["features"])) == (3, 1)


def test_pages_ask_as_often_for_one_post_as_for_many(ground: Ground, dispatcher: Client) -> None:
    pages = ("/admin/duty/", "/admin/teams/", f"/admin/duty/{ground.post}/week?days=28", "/duty/")
    for page in pages:
        text(dispatcher, page)
        with CaptureQueriesContext(connection) as asked:
            text(dispatcher, page)
        assert len(asked) <= 22, page
    text(dispatcher, "/admin/duty/")
    with CaptureQueriesContext(connection) as few:
        text(dispatcher, "/admin/duty/")
    for number in range(5):
        dispatcher.post("/admin/duty/", {"area": COMMUNITY, "name": f"点{number}"})
    text(dispatcher, "/admin/duty/")
    with CaptureQueriesContext(connection) as many:
        text(dispatcher, "/admin/duty/")
    assert len(many) == len(few)


def test_a_team_is_put_together_on_its_page(ground: Ground, dispatcher: Client) -> None:
    page, today = f"/admin/teams/grids/{GRID}", f"{localdate(clock.now()):%Y-%m-%d}"
    said = {
        "name": "孙八",
        "phone": "13877778888",
        "job": "书记",
        "kind": str(ground.kinds["leader"]),
        "since": today,
    }
    assert dispatcher.post(page, said).status_code == 302
    assert "孙八" in text(dispatcher, page)
    assert "缺" in text(dispatcher, page)
    assert "孙八" in text(dispatcher, f"/admin/teams/?area={COMMUNITY}")
    # What the numbers above the list are of: every grid, and those that lack somebody.
    every, lacking = (text(dispatcher, f"/admin/teams/?area={DISTRICT}&of={of}") for of in ("grids", "short"))
    assert "孙八" in every
    assert GRID in every
    assert "缺" in lacking
    assert all("缺" in row for row in lacking.split("<tbody>")[1].split("<tr")[1:])
    wrong = dispatcher.post(page, {**said, "phone": "12"})
    assert wrong.status_code == 400
    assert 'value="孙八"' in wrong.content.decode()
    row = Membership.objects.get()
    dispatcher.post(f"{page}/end", {"membership": row.pk})
    assert Membership.objects.get().valid_to == localdate(clock.now())
    member = f"/admin/teams/members/{row.member_id}"
    assert "138****8888" in text(dispatcher, member)
    assert dispatcher.post(f"{member}/left").status_code == 302
    assert "已离队" in text(dispatcher, member)


def test_kinds_are_the_districts_own(ground: Ground) -> None:
    admin = desk(Role.ADMINISTRATOR)
    assert admin.post("/admin/teams/kinds", {"name": "快递骑手", "part": "force"}).status_code == 302
    assert admin.post("/admin/teams/kinds", {"name": "快递骑手", "part": "force"}).status_code == 409
    assert (
        desk(Role.STREET_DISPATCHER, STREET)
        .post("/admin/teams/kinds", {"name": "甲", "part": "force"})
        .status_code
        == 403
    )


def test_an_excel_sheet_is_looked_at_first(ground: Ground, dispatcher: Client) -> None:
    day = localdate(clock.now()) + timedelta(days=3)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["日期", "值班点", "班次", "角色", "姓名"])
    sheet.append([day, "青石街道指挥中心", "白班", "值班员", "张三"])

    def file(name: str = "roster.xlsx") -> io.BytesIO:
        out = io.BytesIO()
        book.save(out)
        out.seek(0)
        out.name = name
        return out

    assert (
        "1 行都能导入"
        in dispatcher.post("/admin/duty/import", {"file": file(), "do": "look"}).content.decode()
    )
    assert not Shift.objects.exists()
    assert dispatcher.post("/admin/duty/import", {"file": file(), "do": "apply"}).status_code == 302
    assert Shift.objects.get().day == day
    sheet.append([day, "青石街道指挥中心", "白班", "值班员", "没这人"])
    refused = dispatcher.post("/admin/duty/import", {"file": file(), "do": "apply"})
    assert refused.status_code == 400
    assert "第 3 行 姓名" in refused.content.decode()
    assert dispatcher.get("/admin/duty/import?sheet").content.decode().startswith("\ufeff日期,值班点")


def me(ground: Ground, client: Client, name: str) -> None:
    """The member of this name signs in as the client's account."""
    account = Account.objects.get(pk=int(client.session["_auth_user_id"]))
    change_member(ground.cast.system, ground.people[name], NewMember(name, STREET, login=account.login))


def test_my_duty_stands_where_my_day_begins_and_is_swapped(ground: Ground, dispatcher: Client) -> None:
    me(ground, dispatcher, "张三")
    assert "duty-strip" not in text(dispatcher, "/dispatch/")
    on_now(ground)
    assert "正在 青石街道指挥中心 值班" in text(dispatcher, "/dispatch/")
    assert "正在值班" in text(dispatcher, "/duty/")
    assert "duty-strip" not in text(dispatcher, "/case/")
    day = localdate(clock.now()) + timedelta(days=2)
    edit = CellEdit(Cell(ground.turns["白班"], day, DutyRole.OFFICER), "张三")
    put_cells(ground.cast.system, ground.post, [edit], clock.now())
    shift = Shift.objects.latest("pk")
    page = f"/duty/shifts/{shift.pk}/swap"
    assert "没这人" in dispatcher.post(page, {"name": "没这人", "reason": "有事"}).content.decode()
    assert dispatcher.post(page, {"name": "李四", "reason": "有事"}).status_code == 302
    assert "等李四答复" in text(dispatcher, "/duty/")
    other = desk(Role.STREET_LEADER, STREET)
    me(ground, other, "李四")
    assert "请您换班" in text(other, "/duty/")
    other.post(f"/duty/swaps/{Swap.objects.get().pk}", {"do": "take"})
    assert Shift.objects.get(day=day, cancelled_at=None).member_id == ground.people["李四"]
    assert dispatcher.get(page).status_code == 404


def test_duty_is_handed_over_between_two_people_on_the_page(ground: Ground, dispatcher: Client) -> None:
    me(ground, dispatcher, "张三")
    comes = desk(Role.STREET_LEADER, STREET)
    me(ground, comes, "李四")
    receive(
        DISTRICT,
        [NewAppeal(text="井盖丢失", channel="web", area=GRID)],
        by=ground.cast.system,
        now=clock.now(),
    )
    now = clock.now()
    mine = on_now(ground)
    # The end of my turn is now, and the next one has begun.
    Shift.objects.filter(pk=mine.pk).update(
        starts_at=now - timedelta(hours=9), ends_at=now - timedelta(minutes=5)
    )
    follows = Shift.objects.get(pk=mine.pk)
    follows.pk, follows.member_id = None, ground.people["李四"]
    follows.turn_id = next(one for one in ground.turns.values() if one != mine.turn_id)
    follows.starts_at, follows.ends_at = now - timedelta(minutes=5), now + timedelta(hours=9)
    follows.save(force_insert=True)
    assert "交班" in text(dispatcher, "/duty/")
    give = f"/duty/shifts/{mine.pk}/handover"
    assert "井盖丢失" in text(dispatcher, give)
    empty = dispatcher.post(give, {"notes": ""})
    assert empty.status_code == 400
    page = dispatcher.post(give, {"notes": "井盖已围挡"}).headers["Location"]
    assert "看过了" not in text(dispatcher, page)
    assert dispatcher.post(page, {}).status_code == 403
    assert "等您接" in text(comes, "/duty/")
    assert "井盖已围挡" in text(comes, page)
    assert comes.post(page, {"remark": "收到"}).status_code == 302
    assert Handover.objects.get().remark == "收到"
    assert "收到" in text(dispatcher, f"/admin/duty/{ground.post}/handovers") + text(dispatcher, page)


@pytest.mark.parametrize(
    "query", ["day=9999-12-31", "day=nonsense", "days=99999", "day=0001-01-01&days=28", "day=2026-02-30"]
)
def test_every_question_to_the_sheet_is_answered(ground: Ground, dispatcher: Client, query: str) -> None:
    page = f"/admin/duty/{ground.post}/week?{query}"
    assert dispatcher.get(page).status_code == 200
    garbage = {
        "c-x": "a",
        "c-1-2-3": "b",
        "c-9-20260230-officer": "张三",
        "c-999999-20261201-officer": "张三",
    }
    assert dispatcher.post(page, garbage).status_code in {200, 409}
    assert (
        dispatcher.post(f"/admin/duty/{ground.post}/step", {"do": "end_turn", "which": "x"}).status_code
        == 400
    )
    assert dispatcher.get("/duty/now?area=abc").status_code == 200
