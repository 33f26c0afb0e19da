"""One tap makes a resident one more caller of a matter close by; without scripts one step after sending."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect
from shapely.geometry import box

from huying.cases.actions import NewAppeal, advance, receive
from huying.cases.lifecycle import Verb
from huying.cases.models import Appeal, Case, CaseAppeal
from huying.catalogue.actions import load_starter
from huying.kernel import clock
from huying.loop.allocate.queries import suggest_items
from huying.places.actions import put_areas
from huying.places.queries import forget
from huying.places.rules.drafts import AreaDraft
from huying.places.rules.levels import Level
from tests.cast import COMMUNITY, DISTRICT, MONDAY, STREET

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
TEXT = "这条路的路灯不亮，晚上黑得很"
AT = {"longitude": 114.3, "latitude": 22.7}


def _lamp(site: Any) -> None:
    """An open matter of a lamp at AT, told by somebody else three hours ago."""
    began, cast = clock.now() - timedelta(hours=3), site.cast
    here = box(114.2, 22.6, 114.4, 22.8)
    drafts = [
        AreaDraft("呼应区", Level.DISTRICT, here, str(DISTRICT)),
        AreaDraft("青石街道", Level.STREET, here, STREET),
        AreaDraft("桂花社区", Level.COMMUNITY, here, COMMUNITY),
    ]
    put_areas(DISTRICT, drafts, now=MONDAY)
    load_starter(cast.system, DISTRICT, began)
    new = NewAppeal(
        text="王大妈家门口灯坏了", channel="web", kind="complaint", area=COMMUNITY, lon=114.3, lat=22.7
    )
    kept = receive(DISTRICT, [new], by=cast.system, now=began)[0]
    item = suggest_items(DISTRICT, [TEXT], 1)[0][0].code
    advance((DISTRICT, kept.case_id), Verb.FILE, by=cast.dispatcher, now=began, item=item)


def test_one_more_caller_with_and_without_scripts(window: Any, site: Any, commits: Any) -> None:
    commits(_lamp, site)
    forget(DISTRICT)
    view = window((360, 780), geolocation=AT, permissions=["geolocation"])
    page = view.go("/report")
    page.fill("[name=text]", TEXT)
    page.click("[data-locate]")
    page.wait_for_selector("[data-join]")
    assert page.evaluate("document.activeElement.closest('[data-neighbours]')") is None
    expect(page.locator("main")).not_to_contain_text("王大妈", use_inner_text=True)
    assert view.barriers() == []
    view.keep_picture("resident-neighbours")
    page.click("[data-join]")
    page.wait_for_url("**/receipt/*")
    expect(page.locator("main")).to_contain_text("一起办", use_inner_text=True)
    plain = window((360, 780), java_script_enabled=False)
    page = plain.go("/report")
    page.fill("[name=text]", TEXT)
    page.select_option("[name=area]", COMMUNITY)
    page.click("[data-send]")
    page.click("button:has-text('就是这事')")
    expect(page.locator("main")).to_contain_text("一起办", use_inner_text=True)
    joined = CaseAppeal.objects.filter(
        until=None, appeal_id__in=Appeal.objects.filter(text=TEXT).values_list("id", flat=True)
    )
    assert joined.count() == 2
    assert len({link.case_id for link in joined}) == 1
    assert Case.objects.get(id=joined[0].case_id).appeals == 3
    assert view.faults == plain.faults == []
