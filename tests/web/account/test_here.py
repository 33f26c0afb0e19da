"""Before it sends what was typed, a page asks whether the desk is there and still knows who sits at it."""

import pytest
from django.test import Client

from huying.access.roles import Role
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_stranger_is_nobody_and_a_page_without_a_session_asks_nothing(client: Client) -> None:
    assert client.get("/account/here").json()["who"] == 0
    assert "line-lost" not in client.get("/account/sign-in").content.decode()


def test_the_answer_names_who_the_page_was_made_for_and_its_token_sends_a_form() -> None:
    client = desk(Role.SEAT)
    client.handler.enforce_csrf_checks = True
    page = client.get("/account/").content.decode()
    told = client.get("/account/here").json()
    assert told["who"] > 0
    assert f'data-who="{told["who"]}"' in page
    form = {"csrfmiddlewaretoken": told["token"]}
    assert client.post("/account/notices/read", form).status_code == 302
    assert client.post("/account/notices/read").status_code == 403
