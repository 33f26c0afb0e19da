"""A draft of the list is edited like a spreadsheet: by keyboard alone, a block at once, a wrong cell kept and marked."""

from typing import Any

import pytest
from django.test import Client

from huying.access.roles import Role
from huying.catalogue.actions import load_starter, new_draft
from huying.catalogue.models import Condition
from huying.kernel import clock
from huying.people import actions
from huying.people.actions import NewPost
from tests.browser.conftest import DESK, PASSWORD, PHONE, Site
from tests.cast import DISTRICT
from tests.people.cast import enter

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture(scope="module")
def session(site: Site, django_db_blocker: Any) -> str:
    """A draft of the starter list, and the session of who edits it."""
    with django_db_blocker.unblock():
        now = clock.now()
        new_draft(site.cast.system, load_starter(site.cast.system, DISTRICT, now), "春季修订", now)
        post = NewPost(Role.ADMINISTRATOR, str(DISTRICT))
        made = actions.create_account(
            site.cast.system, "gao", "高敏", [post], now, password=PASSWORD, must_change_password=False
        )
        client = Client()
        enter(client, made)
    return client.cookies["sessionid"].value


def _held(field: str, number: int = 1) -> Any:
    row = Condition.objects.get(item__edition__number=2, item__code="010101", number=number)
    return getattr(row, field)


def test_cells_are_edited_by_keyboard_and_pasted_as_a_block(site: Site, window: Any, session: str) -> None:
    opened = window(DESK)
    opened.page.context.add_cookies([{"name": "sessionid", "value": session, "url": opened.url}])
    page = opened.go("/admin/catalogue/2")
    first = page.locator('tr[data-code="010101"][data-place="1"] td[data-field="text"]')
    state = page.locator("[data-sheet-state]")
    first.focus()
    for _step in range(5):
        page.keyboard.press("ArrowRight")
    page.keyboard.type("3h")
    page.keyboard.press("Enter")
    state.get_by_text("已保存").wait_for()
    handle = page.locator('tr[data-code="010101"][data-place="1"] td[data-field="handle"]')
    assert handle.inner_text() == "3工作时"
    assert page.evaluate("document.activeElement.closest('tr').dataset.place") == "2"
    assert _held("handle_amount") == 3

    page.keyboard.press("Enter")
    page.keyboard.type("soon")
    page.keyboard.press("Tab")
    wrong = page.locator('td[data-kept="wrong"]')
    wrong.wait_for()
    assert wrong.inner_text() == "soon"
    assert "看不懂" in state.inner_text()

    page.evaluate(
        "text => { const data = new DataTransfer(); data.setData('text/plain', text);"
        " document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true})) }",
        "归位\n更换",
    )
    state.get_by_text("已保存").wait_for()
    assert [_held("closing_standard", number) for number in (2, 3)] == ["归位", "更换"]
    page.keyboard.press("Control+z")
    page.locator('td[data-kept="sending"]').first.wait_for(state="detached")
    assert _held("closing_standard", 2) != "归位"
    assert opened.barriers() == []
    assert opened.overflow() == 0
    assert opened.faults == []
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert opened.overflow() == 0
