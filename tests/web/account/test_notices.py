"""The bell, the list and the choices, each by its owner alone and at a known price."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huying.access.roles import Role
from huying.kernel import clock
from huying.notices.models import Notice, Preference
from huying.people.models import Account
from tests.cast import DISTRICT, Cast
from tests.web.desks import desk
from tests.web.matters import handled, number


@pytest.fixture
def client(cast: Cast) -> Client:
    return desk(Role.DEPARTMENT_HANDLER, str(DISTRICT), cast.urban)


def _notices(count: int, case: Any = None, **more: Any) -> None:
    account, now = Account.objects.get(), clock.now()
    Notice.objects.bulk_create(
        Notice(
            district=DISTRICT, account_id=account.pk, occasion="order", way="page", title=f"新工单 {place}",
            text="请办理", link="/", once=f"{place}", made_at=now - timedelta(minutes=place), due_at=now,
            state="sent", case_id=case.id if case else None, **more,
        )
        for place in range(count)
    )  # fmt: skip


def _text(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_bell_counts_on_every_page_by_one_query(client: Client) -> None:
    _notices(3)
    client.get("/account/notices/bell")
    with CaptureQueriesContext(
        connection,
    ) as seen:
        page = _text(client.get("/account/"))
    assert 'data-unread="3"' in page
    assert "3 条未读消息" in page
    assert len([one for one in seen if "notices_notice" in one["sql"]]) == 1


def test_a_hundred_and_more_are_not_counted_on(client: Client) -> None:
    _notices(130)
    assert "99+" in _text(client.get("/account/notices/bell"))


def test_the_list_costs_the_same_whatever_its_length(client: Client) -> None:
    _notices(2)
    client.get("/account/notices")
    with CaptureQueriesContext(connection) as few:
        client.get("/account/notices")
    Notice.objects.all().delete()
    _notices(50)
    with CaptureQueriesContext(connection) as many:
        answer = client.get("/account/notices")
    assert len(many) == len(few) <= 6
    assert _text(answer).count("<tr data-href") == 50
    assert "before=" in _text(answer)


def test_opening_one_leads_to_its_case_and_takes_it_as_read(client: Client, cast: Cast) -> None:
    case = handled(cast)
    _notices(1, case)
    one = Notice.objects.get()
    answer = client.get(f"/account/notices/{one.id}")
    assert answer["Location"] == f"/case/{number(case)}"
    assert Notice.objects.get().read_at is not None
    assert "都看过了" in _text(client.get("/account/notices"))
    assert "新工单 0" in _text(client.get("/account/notices?show=all"))


def test_the_case_itself_takes_what_was_told_of_it_as_read(client: Client, cast: Cast) -> None:
    case = handled(cast)
    _notices(2, case)
    client.get(f"/case/{number(case)}")
    assert not Notice.objects.filter(read_at=None).exists()


def test_nobody_opens_anothers(client: Client, cast: Cast) -> None:
    _notices(1)
    stranger = desk(Role.SEAT)
    assert stranger.get(f"/account/notices/{Notice.objects.get().id}").status_code == 404
    assert Notice.objects.get().read_at is None
    assert Client().get("/account/notices/bell").status_code == 302


def test_all_read_of_one_occasion(client: Client) -> None:
    _notices(3)
    Notice.objects.filter(once="1").update(occasion="red")
    client.post("/account/notices/read", {"about": "red"})
    assert Notice.objects.filter(read_at=None).count() == 2
    client.post("/account/notices/read", {"about": ""})
    assert not Notice.objects.filter(read_at=None).exists()


def test_looking_at_the_bell_keeps_no_session_open(client: Client) -> None:
    client.get("/account/")
    session = client.session
    session["seen"] = seen = clock.now().timestamp() - 600
    session.save()
    client.get("/account/notices/bell", headers={"X-Unattended": "1"})
    assert client.session["seen"] == seen
    client.get("/account/notices/bell")
    assert client.session["seen"] > seen


CHOICES = {
    "mail": "li@example.cn",
    "wechat": "",
    "quiet_since": "22:00",
    "quiet_until": "07:00",
    "digest_hour": "9",
}


def test_choices_are_kept_and_shown_again(client: Client) -> None:
    client.post("/account/notices/choices", {**CHOICES, "order": ["page", "mail"], "urged": []})
    kept = Preference.objects.get()
    assert kept.ways["order"] == ["page", "mail"]
    assert kept.ways["urged"] == []
    assert kept.digest_hour == 9
    assert b"li@example.cn" not in bytes(kept.mail_sealed or b"")
    page = _text(client.get("/account/notices/choices"))
    assert "li@example.cn" in page


def test_a_refused_choice_keeps_what_was_typed(client: Client) -> None:
    answer = client.post("/account/notices/choices", {**CHOICES, "mail": "", "order": ["mail"]})
    assert answer.status_code == 400
    assert "选了邮件通知，请填邮箱。" in _text(answer)
    assert 'name="order" value="mail" checked' in _text(answer)
    assert not Preference.objects.exists()
