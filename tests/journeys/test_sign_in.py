"""From the sign-in page to the first page and out again, as a browser does it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from huying.kernel import clock
from huying.people import actions, queries
from huying.people.models import Account, OpenSession
from huying.people.rules.codes import code_at
from tests.people.cast import DISTRICT, PASSWORD, SYSTEM, Cast, enter, make_cast

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SIGN_IN = "/account/sign-in"
PROFILE = "/account/"


@pytest.fixture
def cast() -> Cast:
    return make_cast(clock.now() - timedelta(days=1))


def _sign_in(client: Client, login: str, password: str = PASSWORD, query: str = "") -> Any:
    return client.post(f"{SIGN_IN}{query}", {"login": login, "password": password})


def test_a_handler_signs_in_sees_the_account_and_signs_out(client: Client, cast: Cast) -> None:
    assert client.get(PROFILE)["Location"] == f"{SIGN_IN}?next=%2Faccount%2F"
    answer = _sign_in(client, "sun", query="?next=/account/")
    assert answer["Location"] == PROFILE
    page = client.get(PROFILE)
    assert "孙海" in page.text
    assert "部门经办人 · 水务局" in page.text
    assert page["Cache-Control"] == "private, no-store"
    assert client.post("/account/sign-out")["Location"] == SIGN_IN
    assert client.get(PROFILE).status_code == 302


def test_a_wrong_password_keeps_the_name_and_never_shows_the_password(client: Client, cast: Cast) -> None:
    answer = _sign_in(client, "sun", "wrong-Password-1")
    assert answer.status_code == 400
    assert 'value="sun"' in answer.text
    assert "登录名或密码不对" in answer.text
    assert "wrong-Password-1" not in answer.text


def test_five_wrong_ones_lock_and_say_until_when(client: Client, cast: Cast) -> None:
    for _attempt in range(5):
        answer = _sign_in(client, "sun", "wrong")
    assert "已连续输错 5 次" in answer.text
    locked = _sign_in(client, "sun")
    assert locked.status_code == 403
    assert re.search(r"已锁定。\d\d:\d\d 后再试", locked.text)


def test_nobody_is_sent_to_another_site_after_signing_in(client: Client, cast: Cast) -> None:
    for elsewhere in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        answer = _sign_in(client, "sun", query=f"?next={elsewhere}")
        assert answer["Location"].startswith("/")
        assert not answer["Location"].startswith("//")
        client.post("/account/sign-out")


def test_the_session_key_changes_when_somebody_signs_in(client: Client, cast: Cast) -> None:
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    _sign_in(client, "sun")
    assert client.cookies["sessionid"].value != planted
    assert client.get(PROFILE).status_code == 200


def test_a_first_password_must_be_changed_before_anything_else(client: Client, cast: Cast) -> None:
    first = actions.reset_sign_in(SYSTEM, cast.sun, clock.now())
    _sign_in(client, "sun", first)
    assert client.get(PROFILE)["Location"] == "/account/password"
    wrong = client.post("/account/password", {"old": first, "new": "weak", "again": "weak"})
    assert wrong.status_code == 400
    assert "密码至少 8 位" in wrong.text
    apart = client.post("/account/password", {"old": first, "new": "Huying-new-1", "again": "Huying-new-2"})
    assert "两遍不一样" in apart.text
    done = client.post("/account/password", {"old": first, "new": "Huying-new-1", "again": "Huying-new-1"})
    assert done["Location"] == PROFILE
    assert client.get(PROFILE).status_code == 200
    assert _sign_in(Client(), "sun", "Huying-new-1").status_code == 302


def test_an_administrator_sets_up_a_second_factor_first_and_needs_it_ever_after(
    client: Client, cast: Cast
) -> None:
    _sign_in(client, "wang")
    assert client.get(PROFILE)["Location"] == "/account/second-factor"
    page = client.get("/account/second-factor")
    shown = re.search(r"<code[^>]*>([A-Z2-7 ]+)</code>", page.text)
    assert shown is not None
    secret = shown[1].replace(" ", "")
    assert "<svg" in page.text
    codes = client.post("/account/second-factor", {"code": code_at(secret, clock.now())})
    recovery = re.findall(r"\b[2-9A-Z]{5}-[2-9A-Z]{5}\b", codes.text)
    assert len(recovery) == 10
    assert client.get(PROFILE).status_code == 200

    other = Client()
    assert _sign_in(other, "wang")["Location"].startswith("/account/code")
    assert other.get(PROFILE).status_code == 302
    wrong = other.post("/account/code", {"code": "000000"})
    assert wrong.status_code == 400
    assert other.post("/account/code", {"code": recovery[0]}).status_code == 302
    assert other.get(PROFILE).status_code == 200


def test_the_code_page_is_closed_to_who_has_not_shown_a_password(client: Client, cast: Cast) -> None:
    assert client.post("/account/code", {"code": "000000"})["Location"] == SIGN_IN


def test_a_session_can_be_ended_from_another_browser(client: Client, cast: Cast) -> None:
    there = Client()
    _sign_in(there, "sun")
    _sign_in(client, "sun")
    (session_id,) = (
        info.id
        for info in queries.open_sessions(cast.sun, client.session.session_key or "", clock.now(), 1800)
        if not info.here
    )
    client.post(f"/account/sessions/{session_id}/end")
    assert there.get(PROFILE).status_code == 302
    assert client.get(PROFILE).status_code == 200


def test_nobody_ends_the_session_of_another(client: Client, cast: Cast) -> None:
    _sign_in(Client(), "zhao")
    _sign_in(client, "sun")
    theirs = OpenSession.objects.get(account_id=cast.zhao)
    assert client.post(f"/account/sessions/{theirs.pk}/end").status_code == 404
    theirs.refresh_from_db()
    assert theirs.ended_at is None


@pytest.mark.parametrize(
    ("key", "ago", "status"),
    [("seen", 1799, 200), ("seen", 1801, 302), ("since", 43100, 200), ("since", 43201, 302)],
)
def test_a_session_ends_after_half_an_hour_idle_and_after_twelve_hours(
    client: Client, cast: Cast, key: str, ago: int, status: int
) -> None:
    _sign_in(client, "sun")
    session = client.session
    session[key] = clock.now().timestamp() - ago
    session.save()
    assert client.get(PROFILE).status_code == status
    assert OpenSession.objects.filter(ended_at=None).exists() == (status == 200)


def test_a_stopped_account_is_out_at_its_next_click(client: Client, cast: Cast) -> None:
    _sign_in(client, "sun")
    actions.set_active(SYSTEM, cast.sun, False, clock.now())
    assert client.get(PROFILE).status_code == 302


def test_the_language_follows_the_account(client: Client, cast: Cast) -> None:
    enter(client, cast.sun)
    answer = client.post(reverse("set_language"), {"language": "en", "next": PROFILE})
    assert answer["Location"] == PROFILE
    assert Account.objects.get(pk=cast.sun).language == "en"
    assert '<html lang="en"' in client.get(PROFILE).text
    client.post(reverse("set_language"), {"language": "xx", "next": "//evil.example"})
    assert Account.objects.get(pk=cast.sun).language == "en"


def test_a_form_whose_page_was_open_too_long_shows_what_was_typed_but_no_secret(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(SIGN_IN, {"login": "sun", "password": PASSWORD, "note": "井盖缺失"})
    assert answer.status_code == 403
    assert "井盖缺失" in answer.text
    assert PASSWORD not in answer.text


def test_an_address_that_leads_nowhere_says_so(client: Client) -> None:
    answer = client.get("/no-such-page")
    assert answer.status_code == 404
    assert "没有这个页面" in answer.text


def test_a_fragment_is_sent_to_the_sign_in_page_as_a_whole(client: Client) -> None:
    address = "http://testserver/dispatch/?mine=1"
    answer = client.get(PROFILE, headers={"HX-Request": "true", "HX-Current-URL": address})
    assert answer["HX-Redirect"] == f"{SIGN_IN}?next=%2Fdispatch%2F%3Fmine%3D1"


def test_a_page_costs_three_queries_to_know_who_asks_and_one_for_the_bell(
    client: Client, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    assert cast.sun
    enter(client, cast.sun)
    client.get(PROFILE)
    with django_assert_max_num_queries(4):
        client.get("/account/no-such-page")
    assert Account.objects.get(pk=cast.sun).district == DISTRICT
