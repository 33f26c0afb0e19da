"""A resident who is refused or lost stays among the residents' pages, with a way on and every word they wrote."""

from uuid import uuid4

import pytest
from django.test import Client, RequestFactory

from huying.web.refusals import server_error
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def _reported(client: Client, **given: str) -> str:
    said = {"key": str(uuid4()), "text": "小区门口的灯不亮", **given}
    return str(client.post("/report", said)["Location"]).rsplit("/", 1)[1]


def test_an_address_that_leads_nowhere_stays_in_the_frame_of_residents(cast: Cast) -> None:
    answer = Client().get("/nothing")
    assert answer.status_code == 404
    assert 'data-shell="resident"' in answer.text
    assert 'href="tel:12345"' in answer.text


def test_a_form_whose_page_was_too_old_gives_back_each_word_under_its_name(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    sent = {"key": str(uuid4()), "text": "写好的事情", "phone": "13812346677", "lon": "114.2"}
    answer = client.post("/report", sent, headers={"Referer": "http://testserver/report"})
    assert answer.status_code == 403
    assert "写好的事情" in answer.text
    assert '<dt class="faint">什么事</dt>' in answer.text
    assert "114.2" not in answer.text
    assert 'href="/report"' in answer.text


def test_a_fault_of_ours_has_a_page_that_a_phone_can_read_and_a_way_on() -> None:
    page = server_error(RequestFactory().get("/")).content.decode()
    assert 'name="viewport"' in page
    assert 'href="tel:12345"' in page
    assert 'href="/"' in page


def test_a_link_with_a_number_says_what_is_still_asked_for(cast: Cast) -> None:
    number = _reported(Client(), phone="13812346677")
    page = Client().get(f"/track/{number}", follow=True).text
    assert "请填您电话的后四位" in page
    assert f"{number[:4]}-{number[4:8]}-{number[8:]}" in page


@pytest.mark.parametrize("typed", ["123", "abc", "505211810241"])
def test_a_number_that_can_be_none_is_told_at_once_and_kept(cast: Cast, typed: str) -> None:
    answer = Client().get(f"/track/{typed}", follow=True)
    assert answer.status_code == 400
    assert "回执号" in answer.text.split('class="error"')[1]
    assert f'value="{typed}"' in answer.text


def test_somebody_elses_phone_forgets_what_was_reported_on_it(cast: Cast) -> None:
    client = Client()
    number = _reported(client, phone="13812346677")
    assert number in client.get("/track").text
    page = client.post("/mine/forget", follow=True).text
    assert "已从这台手机去掉" in page
    assert number not in page
    assert client.get(f"/track/{number}").status_code == 302


@pytest.mark.parametrize("path", ["/", "/public", "/questions/"])
def test_who_looks_whether_a_page_is_there_is_answered(cast: Cast, path: str) -> None:
    assert Client().head(path).status_code == 200
