"""Redrawing borders at the administrator's desk: from the list, previewed, decided, and denied to others."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from huying.access.roles import Role
from huying.cases.actions import NewAppeal, receive
from huying.kernel import clock
from huying.people.actions import NewPost
from huying.places.actions import put_areas
from huying.places.models import Area, AreaChange
from huying.places.queries import locate_point
from huying.places.rules.drafts import AreaDraft
from huying.places.rules.levels import Level
from tests.cast import COMMUNITY, DISTRICT, GRID, MONDAY, Cast
from tests.places.conftest import box
from tests.places.test_redrawing import at
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]
HOME = "/admin/areas/changes"
EAST, NEW = f"{COMMUNITY}002", f"{COMMUNITY}003"
LINE = "{:.6f},{:.6f}\n{:.6f},{:.6f}".format(*at(-0.1, 0.2), *at(0.6, 0.2))


@pytest.fixture
def ground(cast: Cast) -> Cast:
    drafts = [
        AreaDraft("青石街道", Level.STREET, box(0, 0, 1, 1)),
        AreaDraft("老渡社区", Level.COMMUNITY, box(0, 0, 1, 0.5)),
        AreaDraft("第1网格", Level.GRID, box(0, 0, 0.5, 0.5)),
        AreaDraft("第2网格", Level.GRID, box(0.5, 0, 0.5, 0.5)),
    ]
    put_areas(DISTRICT, drafts, now=MONDAY, source="测绘")
    return cast


@pytest.fixture
def cases(ground: Cast) -> None:
    """Three cases in the south of the first grid, one in its north, one without a position."""
    spots = [at(0.1, 0.05), at(0.2, 0.05), at(0.3, 0.1), at(0.2, 0.4)]
    new = [NewAppeal(text="路灯不亮", channel="web", area=GRID, lon=lon, lat=lat) for lon, lat in spots]
    new.append(NewAppeal(text="井盖丢失", channel="web", area=GRID))
    receive(DISTRICT, new, by=ground.system, now=clock.now())


@pytest.fixture
def admin(ground: Cast) -> Client:
    return desk(Role.ADMINISTRATOR)


def opened(admin: Client) -> str:
    answer = admin.post(HOME, {"in": COMMUNITY, "once": str(uuid4())})
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def split(admin: Client, page: str, **changed: Any) -> Any:
    said = {"kind": "split", "codes": GRID, "points": LINE, "name": "渡口网格", "length": "0"} | changed
    return admin.post(f"{page}/steps", said)


def test_a_grid_is_split_from_the_list_previewed_and_put_in_force(admin: Client, cases: None) -> None:
    assert f'value="{COMMUNITY}"' in admin.get(f"/admin/areas?in={COMMUNITY}").content.decode()
    page = opened(admin)
    assert split(admin, page).status_code == 302
    meant = admin.get(page).context["meant"]
    assert (meant.month_moved, meant.open_moved, meant.nowhere) == (3, 3, 1)
    rows = {line.code: (line.what, line.month) for line in meant.lines}
    assert rows == {GRID: ("redrawn", ("4", "1")), EAST: ("", ("0", "0")), NEW: ("begun", ("—", "3"))}
    assert not Area.objects.filter(code=NEW).exists()
    today = f"{timezone.localdate():%Y-%m-%d}"
    said = {"force-day": today, "force-reason": "3 号纪要", "force-length": "1"}
    where = f"/admin/areas?in={COMMUNITY}"
    assert f'href="{page}">接着改' in admin.get(where).content.decode()
    assert admin.post(f"{page}/force", said).status_code == 302
    located = locate_point(DISTRICT, *at(0.2, 0.1))
    assert located is not None
    assert located.grid == NEW
    begun = admin.get(where).content.decode()
    assert "渡口网格" in begun
    assert "起要变：" not in begun
    shown = admin.get(page)
    assert "3 号纪要" in shown.content.decode()
    assert {line.code: line.what for line in shown.context["meant"].lines}[NEW] == "begun"
    assert "3 号纪要" in admin.get(HOME).content.decode()


def test_counts_open_for_who_reads_cases_and_say_why_not_to_others(admin: Client, cases: None) -> None:
    page = opened(admin)
    link = f'<a href="/case/?area={GRID}">4</a>'
    plain = admin.get(page).content.decode()
    assert "管理员看不到案件，所以件数点不开" in plain
    assert link not in plain
    both = NewPost(Role.DISTRICT_DISPATCHER, str(DISTRICT))
    shown = desk(Role.ADMINISTRATOR, str(DISTRICT), None, both).get(page).content.decode()
    assert "管理员看不到案件" not in shown
    assert link in shown


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"points": "114.0,22.0\n不知道"}, "第 2 行读不出坐标"),
        ({"points": '{"type": "LineString"'}, "GeoJSON 读不出来"),
        ({"points": "114.1,22.1\n114.2,22.2"}, "没有把第1网格切成两块"),
        ({"name": ""}, "请给新的区域起个名称"),
        ({"codes": []}, "一次选一个"),
        ({"length": "5"}, "同时在改"),
    ],
)
def test_a_step_refused_says_why_and_keeps_what_was_typed(
    admin: Client, changed: dict[str, Any], words: str
) -> None:
    page = opened(admin)
    refused = split(admin, page, **changed)
    text = refused.content.decode()
    assert refused.status_code in {400, 409}
    assert words in text
    assert "checked" in text or changed.get("codes") == []
    assert changed.get("name", "渡口网格") in text
    assert AreaChange.objects.get().steps == []


def test_geojson_is_pasted_as_well(admin: Client) -> None:
    page = opened(admin)
    line = '{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[%s]}}'
    pairs = ",".join(f"[{lon},{lat}]" for lon, lat in (at(-0.1, 0.2), at(0.6, 0.2)))
    assert split(admin, page, points=line % pairs).status_code == 302
    features = admin.get(f"{page}.geojson").json()["features"]
    assert [one["properties"]["code"] for one in features] == [GRID, EAST, NEW]


def test_a_step_is_taken_back_and_a_draft_given_up(admin: Client) -> None:
    page = opened(admin)
    split(admin, page)
    admin.post(f"{page}/undo", {"length": "1"})
    assert AreaChange.objects.get().steps == []
    assert admin.post(f"{page}/undo", {"length": "x"}).status_code == 400
    admin.post(f"{page}/drop")
    assert AreaChange.objects.get().state == "dropped"
    assert Area.objects.filter(level="grid").count() == 2


def test_a_draft_somebody_overtook_is_shown_and_drawn_anew(admin: Client) -> None:
    mine, theirs = opened(admin), opened(admin)
    for page in (mine, theirs):
        split(admin, page)
    said = {"force-day": f"{timezone.localdate():%Y-%m-%d}", "force-reason": "纪要", "force-length": "1"}
    admin.post(f"{theirs}/force", said)
    refused = admin.post(f"{mine}/force", said)
    assert refused.status_code == 409
    assert "已有他人改过" in refused.content.decode()
    assert "按现在的边界重做" in refused.content.decode()
    renewed = admin.post(f"{mine}/renew", follow=True).content.decode()
    assert "有 1 步做不成了" in renewed
    assert "/renew" not in renewed


def test_a_change_for_later_is_withdrawn(admin: Client) -> None:
    page = opened(admin)
    split(admin, page)
    day = f"{timezone.localdate() + timedelta(days=5):%Y-%m-%d}"
    admin.post(f"{page}/force", {"force-day": day, "force-reason": "纪要", "force-length": "1"})
    assert "撤回这次变更" in admin.get(page).content.decode()
    where = f"/admin/areas?in={COMMUNITY}"
    waits = admin.get(where).content.decode()
    assert "起要变：" in waits
    assert f'href="{page}">纪要</a>' in waits
    admin.post(f"{page}/drop")
    assert "起要变：" not in admin.get(where).content.decode()
    assert Area.objects.filter(level="grid", valid_to__isnull=True).count() == 2


def test_others_are_kept_out_and_leave_no_trace(admin: Client) -> None:
    page = opened(admin)
    street = desk(Role.ADMINISTRATOR, "990101002")
    assert street.post(HOME, {"in": COMMUNITY}).status_code == 403
    assert desk(Role.STREET_DISPATCHER).get(page).status_code == 403
    for path in ("", ".geojson"):
        assert street.get(f"{page}{path}").status_code == 404
    assert split(street, page).status_code == 404
    for path in ("undo", "drop", "renew"):
        street.post(f"{page}/{path}", {"length": "1"})
    row = AreaChange.objects.get()
    assert (row.state, row.steps) == ("draft", [])


def test_the_page_asks_little(admin: Client, cases: None, django_assert_max_num_queries: Any) -> None:
    page = opened(admin)
    split(admin, page)
    admin.get(page)
    with django_assert_max_num_queries(18):
        admin.get(page)


def test_posts_of_an_area_that_ends_are_listed_and_moved_in_one_step(admin: Client) -> None:
    workers = {code: desk(Role.GRID_WORKER, code) for code in (GRID, EAST)}
    page = opened(admin)
    admin.post(f"{page}/steps", {"length": "0", "kind": "merge", "codes": [EAST, GRID], "name": "并成的"})
    drawn = admin.get(page).context
    ((held, _role, name),) = drawn["left"]
    assert held.post.area not in drawn["codes"]
    assert name in {"第1网格", "第2网格"}
    assert admin.get("/admin/posts/left").context["rows"] == []
    said = {"force-length": "1", "force-day": f"{timezone.localdate()}", "force-reason": "人口少"}
    assert admin.post(f"{page}/force", said).status_code == 302
    assert "还挂在已撤销的区域" in admin.get("/admin/accounts").content.decode()
    (row,) = admin.get("/admin/posts/left").context["rows"]
    (kept,) = set(drawn["codes"])
    way = f"/admin/posts/{row['held'].post.id}/move"
    for nowhere in (held.post.area, f"{DISTRICT}<b>", f"{DISTRICT}9", ""):
        admin.post(way, {"area": nowhere})
        assert len(admin.get("/admin/posts/left").context["rows"]) == 1
    admin.post(way, {"area": kept})
    assert admin.get("/admin/posts/left").context["rows"] == []
    assert "还挂在已撤销的区域" not in admin.get("/admin/accounts").content.decode()
    assert workers[held.post.area].get("/admin/posts/left").status_code == 403


def test_an_area_with_areas_below_it_is_said_to_stay(admin: Client) -> None:
    answer = admin.post(HOME, {"in": str(DISTRICT), "once": str(uuid4())})
    page = admin.get(answer.headers["Location"])
    ((name, below, code),) = page.context["holding"]
    assert (name, below) == ("青石街道", 1)
    assert f"?in={code}" in page.content.decode()
    assert "不能拆" in page.content.decode()
