"""Plans of grids at the administrator's desk: the ground brought in, a plan asked for, compared, published."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from huying.access.roles import Role
from huying.gridding.actions import draw
from huying.gridding.models import GridPlan, Site
from huying.kernel import clock
from huying.people.models import Account
from huying.people.queries import actor_by_id
from huying.places.models import Area
from huying.places.queries import forget
from tests.cast import COMMUNITY, DISTRICT, GRID, Cast
from tests.gridding.town import QUICK, settle
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]
HOME = "/admin/grids/"
WISHES = {
    "name": "均一均", "scope": COMMUNITY, "grids": "3", "within": "community", "keep": "50", "tolerance": "10",
    "people": "0", "homes": "100", "buildings": "0", "shops": "0", "cases": "0", "days": "365",
}  # fmt: skip


@pytest.fixture
def admin(cast: Cast) -> Client:
    settle(cast)
    forget(DISTRICT)
    return desk(Role.ADMINISTRATOR)


def planned(admin: Client, **changed: str) -> str:
    answer = admin.post(f"{HOME}new", WISHES | changed)
    assert answer.status_code == 302, answer.content.decode()
    page = str(answer.headers["Location"])
    by = actor_by_id(DISTRICT, Account.objects.get(login__startswith="administrator").pk, clock.now())
    assert "正在计算" in admin.get(page).content.decode()
    draw(by, int(page.rsplit("/", 1)[1]), clock.now(), effort=QUICK)
    return page


def test_a_plan_is_asked_for_compared_and_published(admin: Client) -> None:
    worker = desk(Role.GRID_WORKER, GRID)
    assert worker.get(HOME).status_code == 403
    assert "做一个方案" in admin.get(HOME).content.decode()
    assert admin.get(f"{HOME}new").context["form"]["people"].value() == 40
    page = planned(admin)
    shown = admin.get(page)
    told = shown.content.decode()
    assert {line[0] for line in shown.context["figures"]} >= {
        "工作量最多相差",
        "换网格的住户",
        "被拆开的小区",
    }
    assert "网格员" in told
    assert "新设" in told
    lines = shown.context["lines"]
    assert [line.workers[0][0] for line in lines if line.row.code == GRID] == ["网格员"]
    assert "均一均" in admin.get(HOME).content.decode()
    today = f"{timezone.localdate() + timedelta(days=1):%Y-%m-%d}"
    wrong = admin.post(f"{page}/publish", {"day": today, "reason": ""})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (400, ["reason"])
    assert admin.post(f"{page}/publish", {"day": today, "reason": "3 号纪要"}).status_code == 302
    assert Area.objects.filter(code=f"{COMMUNITY}003").exists()
    assert "撤回这次发布" in admin.get(page).content.decode()
    assert admin.post(f"{page}/withdraw").status_code == 302
    assert not Area.objects.filter(code=f"{COMMUNITY}003").exists()
    assert "另一版" in admin.get(f"{HOME}new?like={page.rsplit('/', 1)[1]}").content.decode()


def test_its_borders_are_on_the_map_and_in_a_file(admin: Client) -> None:
    page = planned(admin)
    answer = admin.get(f"{page}.geojson?file")
    assert "attachment" in answer.headers["Content-Disposition"]
    features = answer.json()["features"]
    assert [one["properties"]["number"] for one in features] == [1, 2, 3]
    assert len(admin.get(f"{page}/today.geojson").json()["features"]) == 2


def test_asking_again_what_is_not_lost_and_giving_up(admin: Client) -> None:
    page = planned(admin)
    assert "不用再算" in admin.post(f"{page}/again", follow=True).content.decode()
    assert "已放弃" in admin.post(f"{page}/drop", follow=True).content.decode()
    assert GridPlan.objects.get().state == "dropped"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"grids": "0"}, "grids"),
        ({"keep": "200"}, "keep"),
        ({"homes": "0"}, "people"),
    ],
)
def test_wishes_that_cannot_be_are_said_at_their_field(
    admin: Client, wrong: dict[str, str], field: str
) -> None:
    answer = admin.post(f"{HOME}new", WISHES | wrong)
    assert answer.status_code == 400
    assert answer.context["form"].errors.get(field)
    assert not GridPlan.objects.exists()


def sent(admin: Client, name: str, content: bytes) -> Any:
    return admin.post(f"{HOME}ground", {"file": SimpleUploadedFile(name, content), "datum": "cgcs2000"})


def test_the_ground_is_brought_in_and_taken_away(admin: Client) -> None:
    Site.objects.all().delete()
    assert "还没有楼栋" in admin.get(f"{HOME}new").content.decode()
    assert sent(admin, "楼栋.csv", "编号,经度,纬度,户数\n1,114.001,22.001,34\n".encode()).status_code == 302
    partly = sent(admin, "楼栋.csv", "编号,经度,纬度,户数\n2,114.001,22.001,3\n3,x,22,1\n".encode())
    assert (partly.status_code, "第 3 行" in partly.content.decode()) == (200, True)
    assert sent(admin, "楼栋.doc", b"1").status_code == 400
    assert sent(admin, "楼栋.csv", b"name\n1").status_code == 400
    assert Site.objects.count() == 2
    assert admin.post(f"{HOME}ground/clear", {"kind": "building"}).status_code == 302
    assert not Site.objects.exists()
    assert admin.post(f"{HOME}ground/clear", {"kind": "people"}).status_code == 400


def test_a_page_of_a_plan_asks_a_bounded_number_of_questions(
    admin: Client, django_assert_max_num_queries: Any
) -> None:
    page = planned(admin)
    admin.get(page)
    with django_assert_max_num_queries(20):
        admin.get(page)
    with django_assert_max_num_queries(20):
        admin.get(HOME)


def test_the_page_that_waits_becomes_the_plan_when_it_is_drawn(admin: Client) -> None:
    page = str(admin.post(f"{HOME}new", WISHES).headers["Location"])
    waiting = admin.get(page, headers={"HX-Request": "true"})
    assert "正在计算" in waiting.content.decode()
    assert "<html" not in waiting.content.decode()
    GridPlan.objects.update(state="failed", problem="路断了")
    assert admin.get(page, headers={"HX-Request": "true"}).headers["HX-Redirect"] == page
    assert "路断了" in admin.get(page).content.decode()
