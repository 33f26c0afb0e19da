"""Lists beyond those of cases: the rows of the audit, and rows that open by their first link, walked by keys."""

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import expect

from huying.access.roles import Role
from huying.cases.actions import NewAppeal, receive
from huying.kernel import clock
from huying.people import actions
from huying.people.actions import NewPost
from tests.browser.conftest import DESK, PASSWORD, Site
from tests.cast import DISTRICT, GRID
from tests.people.cast import enter
from tests.web.matters import counted

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture(scope="module")
def sessions(site: Site, django_db_blocker: Any) -> dict[Role, str]:
    """An auditor and an evaluator who are signed in; two others signed in before them; one case is counted."""
    found = {}
    with django_db_blocker.unblock():
        now = clock.now()
        for login in ("sun", "wu"):
            Client().post("/account/sign-in", {"login": login, "password": PASSWORD})
        new = NewAppeal(text="路灯坏了三盏", channel="web", area=GRID)
        receive(DISTRICT, [new], by=site.cast.system, now=now)
        counted(now)
        for role in (Role.AUDITOR, Role.EVALUATOR):
            post = NewPost(role, str(DISTRICT))
            made = actions.create_account(
                site.cast.system,
                role.value,
                role.zh,
                [post],
                now,
                password=PASSWORD,
                must_change_password=False,
            )
            client = Client()
            enter(client, made)
            found[role] = client.cookies["sessionid"].value
    return found


def _as(window: Any, sessions: dict[Role, str], role: Role) -> Any:
    view = window(DESK)
    view.page.context.add_cookies([{"name": "sessionid", "value": sessions[role], "url": view.url}])
    return view


def test_who_signed_in_is_walked_and_opened_by_keys(window: Any, sessions: dict[Role, str]) -> None:
    view = _as(window, sessions, Role.AUDITOR)
    page = view.go("/admin/audit/sign-ins")
    for key in ("j", "j", "k"):
        page.keyboard.press(key)
    chosen = page.locator("[data-list] tr[aria-selected=true]")
    expect(chosen).to_have_count(1)
    address = chosen.get_attribute("data-href")
    assert address.startswith("?account=")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")
    page.keyboard.press("?")
    page.wait_for_selector("#keyboard-help[open]")
    assert page.locator("#keyboard-help kbd", has_text="j").first.is_visible()
    assert view.faults == []


def test_ranks_are_walked_by_keys(window: Any, sessions: dict[Role, str]) -> None:
    view = _as(window, sessions, Role.EVALUATOR)
    page = view.go("/evaluation/?by=area&every=1")
    page.keyboard.press("j")
    chosen = page.locator("table.ranks tr[aria-selected=true]")
    expect(chosen).to_have_count(1)
    assert view.faults == []


def test_a_row_without_an_address_opens_by_its_first_link(window: Any, sessions: dict[Role, str]) -> None:
    view = _as(window, sessions, Role.AUDITOR)
    page = view.go("/admin/audit/sign-ins")
    page.evaluate(
        "document.querySelectorAll('tr[data-href]').forEach((row) => row.removeAttribute('data-href'))"
    )
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**?account=*")
    assert view.faults == []
