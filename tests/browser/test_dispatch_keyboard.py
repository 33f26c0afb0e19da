"""A dispatcher's day by real keys alone: signing in, every kind of decision, two people at one case, a lost line."""

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from huying.cases.actions import NewAppeal, receive
from huying.cases.models import Case
from huying.catalogue import actions as catalogue
from huying.catalogue.queries.live import forget as forget_list
from huying.kernel import clock
from huying.kernel.numbers import case_number
from huying.loop.allocate.queries.held import forget
from huying.places import queries as places
from huying.places.actions import put_areas
from huying.places.rules.drafts import AreaDraft
from huying.places.rules.levels import Level
from tests.browser.conftest import DESK, PASSWORD, Site
from tests.cast import DISTRICT, GRID, MONDAY
from tests.people.cast import SYSTEM
from tests.places.conftest import box

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
# In the order in which the desk lists them: the dangerous one first, then as they came.
TEXTS = (
    "路口污水井盖丢失，很危险",
    "楼下烧烤油烟扰民，晚上十一点还在营业",
    "路灯坏了三盏，整条巷子黑漆漆",
    "请问居住证在哪里办",
    "跨街道的河道发臭，街道办不了",
    "门口垃圾三天没收",
    "垃圾堆到路上了",
    "路灯坏了一盏，人行道也破损了",
)
AREAS = (
    AreaDraft("青石街道", Level.STREET, box(0, 0, 1, 1)),
    AreaDraft("泉水社区", Level.COMMUNITY, box(0, 0, 1, 1)),
    AreaDraft("第01网格", Level.GRID, box(0, 0, 0.5, 1)),
    AreaDraft("第02网格", Level.GRID, box(0.5, 0, 0.5, 1)),
)
HELD = "() => document.activeElement !== document.body && document.activeElement.tagName"


@pytest.fixture(scope="module")
def ids(site: Site, django_db_blocker: Any) -> Any:
    """The list in force, and an appeal for every kind of decision."""
    with django_db_blocker.unblock():
        forget(DISTRICT)
        catalogue.load_starter(SYSTEM, DISTRICT, MONDAY)
        now = clock.now()
        put_areas(DISTRICT, AREAS, now=MONDAY)
        new = [NewAppeal(text=text, channel="web", area=GRID, lon=114.3, lat=22.7) for text in TEXTS]
        found = [receipt.case_id for receipt in receive(DISTRICT, new, by=site.cast.system, now=now)]
    yield found
    places.forget(DISTRICT)
    forget_list(DISTRICT)
    forget(DISTRICT)


class Keys:
    """Hands that have no mouse; after every key something holds the focus."""

    def __init__(self, opened: Any) -> None:
        self.opened, self.page = opened, opened.page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            # A key may lead to another page: this waits over it.
            self.page.wait_for_function(HELD, timeout=15_000)

    def sign_in(self, login: str) -> None:
        page = self.opened.go("/account/sign-in")
        page.focus("[name=login]")
        page.keyboard.type(login)
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_selector("[data-list]")
        page.wait_for_function("() => document.activeElement.matches('tr[aria-selected=true]')")

    def walk_to(self, case: int) -> None:
        """From line to line until the case is open."""
        number = case_number(DISTRICT, case)
        for _ in TEXTS:
            if number in self.page.get_attribute("tr[aria-selected=true]", "data-href"):
                break
            self.press("j")
        self.page.wait_for_selector(f"#pane [data-case='{number}']")

    def tab_to(self, selector: str) -> None:
        for _ in range(60):
            if self.page.evaluate("one => document.activeElement.matches(one)", selector):
                return
            self.press("Tab")
        raise AssertionError(f"no way to {selector}")

    def done(self, words: str, then: int | None = None) -> None:
        """It is said that it is done, and what is open now is ``then``."""
        self.page.wait_for_selector(f".notice-green:has-text('{words}')")
        self.page.wait_for_function("() => document.activeElement.matches('tr[aria-selected=true]')")
        if then is not None:
            self.page.wait_for_selector(f"#pane [data-case='{case_number(DISTRICT, then)}']")


def _state(case: int) -> str:
    return str(Case.objects.get(id=case).state)


def test_a_day_without_a_mouse(window: Any, ids: list[int]) -> None:
    keys = Keys(window(DESK))
    page = keys.page
    keys.sign_in("sun")
    keys.press("?")
    expect(page.locator("#keyboard-help")).to_contain_text("按选好的单位派单", use_inner_text=True)
    keys.press("Escape")

    # The suggestion as it stands.
    keys.walk_to(ids[0])
    keys.press("a")
    keys.done("已派给", ids[1])
    assert _state(ids[0]) == "dispatched"

    # Another unit than the first.
    keys.press("2")
    second = page.evaluate("document.activeElement.closest('label').querySelector('strong').textContent")
    keys.press("a")
    keys.done(f"已派给{second}", ids[2])

    # What it is and where: another item, found by words; the area below the fold.
    keys.press("i")
    keys.tab_to("[name=item-words]")
    page.keyboard.type("店外经营")
    page.wait_for_selector("#found-item input")
    with page.expect_response(lambda answer: "/bodies" in answer.url):
        keys.press("ArrowDown")
    picked = page.evaluate("document.activeElement.value")
    keys.press("o")
    keys.tab_to("[data-decision] [name=area]")
    keys.press("End")
    area = page.input_value("[data-decision] [name=area]")
    keys.press("Escape", "a")
    keys.done("已派给", ids[3])
    corrected = Case.objects.get(id=ids[2])
    assert (corrected.area, corrected.item) == (area, picked)
    assert corrected.area != GRID

    # Answered at once.
    keys.press("r")
    keys.tab_to("#step [name=reply]")
    page.keyboard.type("到社区便民服务中心办，带身份证和租房合同。")
    keys.tab_to("#step .button-first")
    keys.press("Enter")
    keys.done("已记入办理过程", ids[4])
    assert _state(ids[3]) == "closed"

    # Too much for the street.
    keys.press("u")
    keys.tab_to("#step textarea")
    page.keyboard.type("河道跨两个街道，请区里牵头。")
    keys.tab_to("#step .button-first")
    keys.press("Enter")
    keys.done("已记入办理过程", ids[5])
    assert Case.objects.get(id=ids[4]).level == "district"

    # The same matter twice: the other one is ticked and brought into the one that is open.
    keys.press("j", "x", "k")
    keys.walk_to(ids[5])
    keys.press("b")
    page.wait_for_selector("#merge-dialog[open]")
    keys.press("Enter")
    keys.done("已并入 1 件")
    assert Case.objects.get(id=ids[6]).merged_into == ids[5]

    # Two matters in one; what each is about is found while it is typed, and seen before it is sent.
    keys.walk_to(ids[7])
    keys.press("s")
    keys.tab_to("#step [name=parts-title]")
    page.keyboard.type("人行道破损")
    page.wait_for_selector("#step [name=parts-item] option:not([value=''])", state="attached")
    keys.tab_to("#step .button-first")
    keys.press("Enter")
    keys.done("已记入办理过程", ids[7])
    assert Case.objects.filter(split_from=ids[7]).count() == 1
    assert keys.opened.faults == []


def test_a_lost_line_and_an_ended_session_lose_nothing(window: Any, ids: list[int]) -> None:
    keys = Keys(window(DESK))
    page, context = keys.page, keys.page.context
    keys.sign_in("wu")
    row = page.get_attribute("tr[aria-selected=true]", "data-href")
    keys.press("n")
    keys.tab_to("#step [name=note]")
    page.keyboard.type("已问过物业")
    keys.tab_to("#step .button-first")

    # No line: the form stays, the next case does not pretend to be open.
    context.set_offline(True)
    keys.press("Enter")
    page.wait_for_selector("#step [data-line-lost=lost]")
    expect(page.locator("#step [name=note]")).to_have_value("已问过物业")
    keys.press("Escape", "Escape", "j")
    page.wait_for_selector("#pane > [data-line-lost]")
    keys.press("a")
    context.set_offline(False)
    keys.tab_to("#pane [data-line-lost] button")
    keys.press("Enter")
    page.wait_for_selector("#pane [data-case]")

    # Signed out meanwhile: said in place, and sent after signing in elsewhere.
    keys.press("Escape", "k")
    page.wait_for_selector(f"#pane [data-case='{row.split('case=')[1]}']")
    keys.press("n")
    keys.tab_to("#step .button-first")
    expect(page.locator("#step [name=note]")).to_have_value("已问过物业")
    mine = context.cookies()
    context.clear_cookies(name="sessionid")
    keys.press("Enter")
    page.wait_for_selector("#step [data-line-lost=ended]")
    context.add_cookies(mine)
    keys.press("Enter")
    keys.done("已记入办理过程")
    expect(page).to_have_url(re.compile(re.escape(row)))
