"""Cases brought together and taken apart by dragging, and by keys just the same."""

from typing import Any

import pytest
from playwright.sync_api import expect

from huying.cases.actions import NewAppeal, advance, receive
from huying.cases.lifecycle import Verb
from huying.cases.models import Case, CaseAppeal
from huying.kernel import clock
from huying.kernel.numbers import case_number
from tests.browser.conftest import DESK, PASSWORD, Site
from tests.cast import DISTRICT, GRID

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
TEXTS = ("楼下垃圾三天没收", "垃圾堆到路上了", "巷口垃圾发臭", "路灯坏了三盏，井盖也丢了一个")


@pytest.fixture(scope="module")
def ids(site: Site, django_db_blocker: Any) -> list[int]:
    """Four appeals, each a case of its own; the last one's is filed."""
    with django_db_blocker.unblock():
        now, by = clock.now(), site.cast.district_dispatcher
        new = [NewAppeal(text=text, channel="web", area=GRID, lon=114.3, lat=22.7) for text in TEXTS]
        found = [receipt.case_id for receipt in receive(DISTRICT, new, by=site.cast.system, now=now)]
        advance((DISTRICT, found[3]), Verb.FILE, by=by, now=now, item="X1")
    return found


def _desk(window: Any, case: int) -> Any:
    view = window(DESK)
    page = view.go("/account/sign-in")
    page.fill("[name=login]", "sun")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_load_state()
    view.go(f"/dispatch/?tab=all&case={case_number(DISTRICT, case)}")
    page.wait_for_selector("[data-list] tr[draggable=true]")
    return view


def _row(page: Any, text: str) -> Any:
    return page.locator("[data-list] tr", has=page.locator("a.list-title", has_text=text))


def test_a_case_dragged_onto_another_is_merged_when_the_question_is_answered(
    window: Any, ids: list[int]
) -> None:
    view = _desk(window, ids[0])
    page = view.page
    _row(page, TEXTS[1]).drag_to(_row(page, TEXTS[0]))
    page.wait_for_selector("#merge-dialog[open]")
    expect(page.locator("[data-merge-from]")).to_contain_text(TEXTS[1], use_inner_text=True)
    expect(page.locator("[data-merge-into]")).to_contain_text(TEXTS[0], use_inner_text=True)
    view.keep_picture("merge-dialog-desk")
    assert view.barriers() == []
    page.keyboard.press("Escape")
    assert Case.objects.get(id=ids[1]).merged_into is None
    _row(page, TEXTS[1]).drag_to(_row(page, TEXTS[0]))
    page.click("#merge-dialog .button-first")
    page.wait_for_selector(".notice-green:has-text('已并入 1 件')")
    assert Case.objects.get(id=ids[1]).merged_into == ids[0]
    assert view.faults == []


def test_ticked_cases_are_merged_into_the_open_one_by_keys_alone(window: Any, ids: list[int]) -> None:
    view = _desk(window, ids[0])
    page = view.page
    pick = _row(page, TEXTS[2]).locator("[data-pick]")
    pick.focus()
    page.keyboard.press("Space")
    page.locator("[data-merge-picked]").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#merge-dialog[open]")
    page.locator("#merge-dialog .button-first").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".notice-green:has-text('已并入')")
    assert Case.objects.get(id=ids[2]).merged_into == ids[0]
    assert view.faults == []


@pytest.mark.parametrize("way", ["dragged", "keyed"])
def test_marked_words_become_a_part_of_a_split(window: Any, ids: list[int], way: str) -> None:
    view = _desk(window, ids[3])
    page = view.page
    page.evaluate(
        """() => {
          const text = document.querySelector('.appeal-text').firstChild, range = document.createRange();
          range.setStart(text, 7); range.setEnd(text, text.length);
          getSelection().removeAllRanges(); getSelection().addRange(range);
        }"""
    )
    if way == "keyed":
        page.keyboard.press("s")
    else:
        page.evaluate(
            """() => {
              const data = new DataTransfer();
              data.setData('text/plain', getSelection().toString());
              const how = { bubbles: true, cancelable: true, dataTransfer: data };
              const say = (target, kind) => target.dispatchEvent(new DragEvent(kind, how));
              const zone = document.querySelector('[data-split-zone]');
              say(document.querySelector('.appeal-text'), 'dragstart');
              if (zone.hidden) throw new Error('no place to drop');
              say(zone, 'dragover'); say(zone, 'drop');
            }"""
        )
    page.wait_for_selector("#step [name=parts-title]")
    page.wait_for_function("document.querySelector('#step [name=parts-title]').value")
    expect(page.locator("#step [name=parts-title] >> nth=0")).to_have_value("井盖也丢了一个")
    if way == "keyed":
        page.fill("#step [name=parts-item] >> nth=0", "X2")
        page.click("#step .button-first")
        page.wait_for_selector(".notice-green")
        part = Case.objects.get(split_from=ids[3])
        assert part.title == "井盖也丢了一个"
        links = CaseAppeal.objects.filter(case_id__in=[part.id, ids[3]]).values_list("appeal_id", flat=True)
        assert len(links) == 2
        assert len(set(links)) == 1
    assert view.faults == []


def test_a_draft_of_several_parts_comes_back_each_in_its_own_row(window: Any, ids: list[int]) -> None:
    view = _desk(window, ids[3])
    page, titles = view.page, "#step [name=parts-title]"
    page.evaluate("document.querySelector('#actions [data-verb=split]').click()")
    page.fill(f"{titles} >> nth=0", "井盖也丢了一个")
    page.fill(f"{titles} >> nth=1", "人行道也坏了")
    page.wait_for_selector("#step [data-saved-note]:has-text('已自动保存')")
    page.reload()
    page.evaluate("document.querySelector('#actions [data-verb=split]').click()")
    page.wait_for_selector("#step [data-saved-note]:has-text('已恢复')")
    kept = [field.input_value() for field in page.locator(titles).all()]
    assert kept == ["井盖也丢了一个", "人行道也坏了", "", ""]
    assert view.faults == []
