"""Units, people, keys, areas, audit and health."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from huying.access.roles import Role
from huying.cases.actions import beat
from huying.cases.models import Stumble
from huying.kernel import clock
from huying.people.models import Account, ApiKey, Viewing
from huying.people.queries import actor_of_key, body_for, find_body
from tests.cast import DISTRICT, STREET, Cast
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def admin(cast: Cast) -> Client:
    return desk(Role.ADMINISTRATOR)


def test_a_unit_is_made_bears_a_duty_and_is_known_by_another_name(admin: Client) -> None:
    made = admin.post(
        "/admin/bodies", {"name": "市政服务中心", "code": "SZ", "kind": "department", "area": str(DISTRICT)}
    )
    place = made.headers["Location"]
    number = int(place.rsplit("/", 1)[1])
    admin.post(f"{place}/bearings", {"duty": "lighting", "area": STREET})
    admin.post(f"{place}/spellings", {"aliases": "路灯所\n灯管所"})
    assert body_for(DISTRICT, "lighting", STREET, clock.now()) == number
    assert getattr(find_body(DISTRICT, "灯管所"), "id", None) == number
    assert "城市照明" in admin.get(place).content.decode()
    form = admin.get("/admin/accounts", {"unit": number}).context["form"]
    assert [form[name].value() for name in ("body", "role")] == [number, "department_handler"]
    closed = admin.post(f"{place}/end", follow=True).content.decode()
    assert "重新启用" in closed
    assert '<span class="chip chip-amber">已停用</span>' in closed
    assert "从今天起承担" not in closed
    assert body_for(DISTRICT, "lighting", STREET, clock.now()) != number
    assert number not in [one.id for one, _area in admin.get("/admin/bodies").context["rows"]]
    admin.post(f"{place}/reopen")
    assert number in [one.id for one, _area in admin.get("/admin/bodies").context["rows"]]
    assert body_for(DISTRICT, "lighting", STREET, clock.now()) != number
    assert "启用" in [one.deed for one in admin.get(place).context["changes"]]


def test_a_unit_with_a_name_already_taken_is_refused(admin: Client) -> None:
    said = {"name": "水务局", "code": "ZZ", "kind": "department", "area": str(DISTRICT)}
    assert admin.post("/admin/bodies", said).status_code == 409


def test_a_person_gets_a_first_password_once(admin: Client) -> None:
    said = {"name": "新来的", "login": "xinlai", "role": "street_dispatcher", "area": STREET}
    if not admin.get("/admin/accounts").context["form"].fields["area"].choices[1:]:
        said["area"] = str(DISTRICT)
    made = admin.post("/admin/accounts", said)
    first = made.context["first"]
    account = Account.objects.get(login="xinlai")
    assert len(first) >= 10
    assert account.check_password(first)
    assert account.must_change_password
    assert first not in admin.get(f"/admin/accounts/{account.pk}").content.decode()


def test_a_taken_login_is_said_at_its_field(admin: Client) -> None:
    said = {"name": "重名", "login": "same", "role": "seat", "area": str(DISTRICT)}
    admin.post("/admin/accounts", said)
    refused = admin.post("/admin/accounts", said)
    assert refused.status_code == 409
    assert refused.context["form"].errors["login"]


def test_posts_are_given_and_ended_and_an_account_is_stopped(admin: Client, cast: Cast) -> None:
    admin.post("/admin/accounts", {"name": "李四", "login": "li4", "role": "seat", "area": str(DISTRICT)})
    account = Account.objects.get(login="li4")
    page = f"/admin/accounts/{account.pk}"
    admin.post(page, {"role": "department_handler", "area": str(DISTRICT), "body": str(cast.water)})
    text = admin.get(page).content.decode()
    assert "部门经办人" in text
    assert "水务局" in text
    post = re.findall(r'name="post" value="(\d+)"', text)[0]
    admin.post(f"{page}/step", {"do": "end", "post": post})
    ended = admin.get(page).context
    assert [role for _post, role, _area in ended["posts"]] == ["部门经办人"]
    assert [role for _post, role, _area in ended["over"]] == ["坐席"]
    admin.post(f"{page}/step", {"do": "stop"})
    account.refresh_from_db()
    assert not account.is_active


def test_a_post_until_the_last_day_of_all_is_refused(admin: Client) -> None:
    said = {"name": "李四", "login": "li4", "role": "seat", "area": str(DISTRICT), "until": "9999-12-31"}
    assert "until" in admin.post("/admin/accounts", said).context["form"].errors
    me = int(admin.session["_auth_user_id"])
    assert admin.post(f"/admin/accounts/{me}/step", {"do": "end", "post": "9" * 5000}).status_code == 302


def test_nobody_stops_themselves(admin: Client) -> None:
    me = Account.objects.get(pk=int(admin.session["_auth_user_id"]))
    admin.post(f"/admin/accounts/{me.pk}/step", {"do": "stop"})
    me.refresh_from_db()
    assert me.is_active


def test_a_key_is_shown_once_and_ends_when_told(admin: Client) -> None:
    said = {"name": "市热线", "role": "seat", "area": str(DISTRICT), "scopes": ["appeal:receive"]}
    made = admin.post("/admin/keys", said)
    raw = made.context["raw"]
    assert raw in made.content.decode()
    actor = actor_of_key(raw, clock.now())
    assert actor is not None
    assert actor.name == "市热线"
    assert raw not in admin.get("/admin/keys").content.decode()
    admin.post(f"/admin/keys/{ApiKey.objects.get().pk}/end")
    assert actor_of_key(raw, clock.now()) is None


def test_a_key_may_not_hold_more_than_its_role(admin: Client) -> None:
    said = {"name": "市热线", "role": "seat", "area": str(DISTRICT), "scopes": ["account:edit"]}
    assert admin.post("/admin/keys", said).status_code == 400
    assert not ApiKey.objects.exists()


def test_areas_are_listed_and_drawn(admin: Client) -> None:
    assert "区划与网格" in admin.get("/admin/areas").content.decode()
    shapes = admin.get("/admin/areas.geojson?level=street").json()
    assert shapes["type"] == "FeatureCollection"


def test_the_audit_tells_who_searched_and_is_the_auditors_alone(admin: Client) -> None:
    seat, auditor = desk(Role.SEAT), desk(Role.AUDITOR)
    seat.post(
        "/seat/", {"text": "路灯不亮", "phone": "13800138000", "key": "0b7f0b0e-35b7-4b07-8a0c-111111111111"}
    )
    seat.post("/seat/caller", {"phone": "13800138000"})
    assert Viewing.objects.count() == 1
    page = auditor.get("/admin/audit").content.decode()
    assert "按号码查找" in page
    assert "坐席" in page
    assert "没有这样的记录" in auditor.get("/admin/audit?kind=export").content.decode()
    assert admin.get("/admin/audit").status_code == 403


def test_health_shows_a_silent_worker_and_stumbles_are_crossed_off(admin: Client) -> None:
    now = clock.now()
    beat("worker", now - timedelta(hours=1), {})
    row = Stumble.objects.create(
        district=DISTRICT, handler="search", case_id=1, seq=1, at=now, error="词典坏了"
    )
    page = admin.get("/admin/health").content.decode()
    assert "没有动静" in page
    assert "词典坏了" in page
    admin.post(f"/admin/health/{row.pk}/settled")
    assert "词典坏了" not in admin.get("/admin/health").content.decode()


def test_lists_cost_the_same_however_long(admin: Client, django_assert_max_num_queries: object) -> None:
    for number in range(6):
        said = {"name": f"甲{number}", "login": f"jia{number}", "role": "seat", "area": str(DISTRICT)}
        admin.post("/admin/accounts", said)
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        admin.get("/admin/accounts")
