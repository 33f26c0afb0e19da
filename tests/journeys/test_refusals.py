"""What a person sees when something is refused."""

from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from huying.access.permissions import Permission as P
from huying.access.roles import Role
from huying.kernel import clock, errors
from huying.people import actions
from huying.web.guard import StaffRequest, guarded, public, signed_in
from tests.people.cast import PASSWORD, SYSTEM, enter, post_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@public
def refuse(request: HttpRequest, name: str) -> HttpResponse:
    kind: type[errors.HuyingError] = getattr(errors, name)
    raise kind(fields={"place": "地址要写到门牌号。"})


@public
def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken")


@signed_in()
def anybody(request: StaffRequest) -> HttpResponse:
    return HttpResponse(request.actor.name)


@guarded(P.ORDER_SIGN, P.CASE_DISPATCH)
def handlers(request: StaffRequest) -> HttpResponse:
    return HttpResponse(request.now.isoformat())


urlpatterns = [
    path("refuse/<str:name>", refuse),
    path("breaks", breaks),
    path("anybody", anybody),
    path("handlers", handlers),
    path("", include("huying.site.urls")),
]
handler500 = "huying.web.refusals.server_error"


@pytest.fixture(autouse=True)
def _here() -> Iterator[None]:
    with override_settings(ROOT_URLCONF=__name__):
        yield


def _client(role: Role) -> Client:
    now = clock.now()
    post = post_of(role)
    made = actions.create_account(
        SYSTEM, f"one-{role}", "某人", [post], now, password=PASSWORD, must_change_password=False
    )
    client = Client()
    enter(client, made)
    return client


@pytest.mark.parametrize(
    ("name", "status"),
    [("Invalid", 400), ("Denied", 403), ("NotFound", 404), ("StaleVersion", 409), ("Unavailable", 503)],
)
def test_each_error_has_its_status_its_words_and_keeps_what_was_typed(name: str, status: int) -> None:
    typed = {"content": "路灯不亮<b>", "password": "Secret-1", "empty": " "}
    answer = Client().post(f"/refuse/{name}", typed)
    assert answer.status_code == status
    assert (getattr(errors, name).__doc__ or "").strip() in answer.text
    assert "地址要写到门牌号。" in answer.text
    assert "路灯不亮&lt;b&gt;" in answer.text
    assert "Secret-1" not in answer.text


def test_what_breaks_shows_what_was_typed_in_plain_words_and_a_way_back() -> None:
    typed = {"note": "已到现场<b>", "expected": "7", "body": "18", "password": "Secret-1"}
    client = Client(raise_request_exception=False)
    answer = client.post("/breaks", typed, headers={"Referer": "http://testserver/anybody"})
    assert answer.status_code == 500
    assert "内部记录" in answer.text
    assert "已到现场&lt;b&gt;" in answer.text
    assert 'href="/anybody"' in answer.text
    assert not [said for said in ("Secret-1", "expected", ">18<", ">7<") if said in answer.text]


def test_a_part_of_a_page_gets_a_part_of_a_page() -> None:
    answer = Client().post("/refuse/Invalid", headers={"HX-Request": "true"})
    assert answer.status_code == 400
    assert "<html" not in answer.text
    assert "地址要写到门牌号。" in answer.text


def test_the_way_back_leads_to_our_own_page_only() -> None:
    ours = Client().post("/refuse/Invalid", headers={"Referer": "http://testserver/anybody?a=1"})
    assert 'href="/anybody?a=1"' in ours.text
    theirs = Client().post("/refuse/Invalid", headers={"Referer": "http://elsewhere.example/anybody"})
    assert "elsewhere.example" not in theirs.text


@pytest.mark.parametrize("role", list(Role))
def test_a_guarded_page_opens_to_the_roles_that_hold_its_permission_and_to_no_other(role: Role) -> None:
    from huying.access.roles import ROLES

    client = _client(role)
    allowed = bool(ROLES[role] & {P.ORDER_SIGN, P.CASE_DISPATCH})
    assert client.get("/handlers").status_code == (200 if allowed else 403)
    assert client.get("/anybody").text == "某人"


def test_strangers_are_sent_to_sign_in() -> None:
    for address in ("/handlers", "/anybody"):
        assert Client().get(address)["Location"] == f"/account/sign-in?next=%2F{address[1:]}"
        assert Client().post(address)["Location"] == "/account/sign-in?next=%2F"


def test_a_host_that_is_not_ours_is_refused_without_breaking() -> None:
    answer = Client(raise_request_exception=False).get("/track", headers={"Host": "elsewhere.example"})
    assert answer.status_code == 400


def test_no_way_back_leads_to_another_site() -> None:
    headers = {"Host": "testserver", "Referer": "http://testserver//elsewhere.example/"}
    page = Client().get("/no-such-page", headers=headers).content.decode()
    assert "elsewhere.example" not in page


@pytest.mark.parametrize("header", ["Referer", "HX-Current-URL"])
def test_an_address_that_is_none_in_a_header_breaks_nothing(header: str) -> None:
    client = Client(raise_request_exception=False)
    answers = [
        client.get(path, headers={header: "http://["}).status_code
        for path in ("/refuse/NotFound", "/handlers")
    ]
    assert 500 not in answers
