"""A split on the dispatch desk: the item of each part is found by words, with scripts and without."""

import re

import pytest
from django.test import Client

from huying.cases.models import Case
from huying.kernel.numbers import case_number
from tests.cast import DISTRICT, Cast
from tests.web.case.pages import hidden
from tests.web.dispatch.test_desk import said

pytestmark = [pytest.mark.django_db, pytest.mark.database]
MANHOLE = "010102"


def split(dispatcher: Client, case_id: int, **rows: list[str]) -> tuple[int, str]:
    """Send the form of a split with these columns of its rows: (status, page)."""
    way = f"/case/{case_number(DISTRICT, case_id)}/steps/split"
    given = {f"parts-{name}": values for name, values in rows.items()}
    page = dispatcher.post(way, hidden(dispatcher.get(way).content.decode()) | given)
    return page.status_code, page.content.decode()


def picked(page: str) -> str:
    """The item of the first row: the option marked, or the first of them."""
    options = page.split('<select name="parts-item"', 1)[1].split("</select>", 1)[0]
    marked = re.search(r'value="(\w*)" selected', options) or re.search(r'value="(\w*)"', options)
    return marked.group(1) if marked else ""


def test_the_item_of_a_part_is_found_by_words_without_scripts(dispatcher: Client, listed: Cast) -> None:
    case_id = said(listed, "楼下烧烤油烟扰民，门口还少了个盖子")
    status, page = split(dispatcher, case_id, title=["门口少了个盖子"], item=[""], words=["污水井盖"])
    assert (status, picked(page)) == (400, MANHOLE)
    assert not Case.objects.filter(split_from=case_id).exists()
    assert split(dispatcher, case_id, title=["门口少了个盖子"], item=[MANHOLE], words=["污水井盖"])[0] == 302
    assert Case.objects.get(split_from=case_id).item == MANHOLE


def test_words_typed_after_an_item_was_matched_count_for_more(dispatcher: Client, listed: Cast) -> None:
    case_id = said(listed, "楼下烧烤油烟扰民")
    _status, page = split(dispatcher, case_id, title=["路灯不亮"], item=[""], words=[""])
    lamp = picked(page)
    assert lamp not in {"", MANHOLE}
    status, page = split(dispatcher, case_id, title=["路灯不亮"], item=[lamp], words=["污水井盖"])
    assert (status, picked(page)) == (400, MANHOLE)


def test_words_that_find_nothing_are_said_and_split_nothing(dispatcher: Client, listed: Cast) -> None:
    case_id = said(listed, "楼下烧烤油烟扰民")
    status, page = split(dispatcher, case_id, title=["路灯不亮"], item=[MANHOLE], words=["zzzz"])
    assert status == 400
    assert "没有找到“zzzz”" in page
    assert not Case.objects.filter(split_from=case_id).exists()


def test_looking_for_an_item_splits_nothing_yet(dispatcher: Client, listed: Cast) -> None:
    case_id = said(listed, "楼下烧烤油烟扰民")
    way = f"/case/{case_number(DISTRICT, case_id)}/steps/split"
    rows = {"parts-title": "少了盖子", "parts-item": "", "parts-words": "污水井盖", "find": "parts"}
    looked = dispatcher.post(way, hidden(dispatcher.get(way).content.decode()) | rows)
    assert picked(looked.content.decode()) == MANHOLE
    assert not Case.objects.filter(split_from=case_id).exists()


def test_with_scripts_the_list_beside_a_row_fills_as_one_types(dispatcher: Client) -> None:
    def found(**row: str) -> str:
        return dispatcher.get("/case/items/part", row).content.decode()

    assert found(**{"parts-title": "路灯不亮", "parts-words": "污水井盖"}).startswith(
        f'<option value="{MANHOLE}"'
    )
    assert "路灯" in found(**{"parts-title": "路灯不亮", "parts-words": ""})
    assert "没有找到" in found(**{"parts-title": "路灯不亮", "parts-words": "zzzz"})


def test_what_was_picked_by_words_stays_while_the_title_is_mended(dispatcher: Client, listed: Cast) -> None:
    way = f"/case/{case_number(DISTRICT, said(listed, '楼下烧烤油烟扰民'))}/steps/split"
    title, words = re.findall(r'hx-get="(/case/items/part[^"]*)"', dispatcher.get(way).content.decode())[:2]
    row = {"parts-title": "路灯不亮", "parts-words": "污水井盖"}

    def typed(address: str, row: dict[str, str]) -> tuple[int, str]:
        path, _mark, asked = address.partition("?")
        answer = dispatcher.get(path, row | dict(each.split("=") for each in asked.split("&") if asked))
        return answer.status_code, answer.content.decode()

    assert typed(title, row) == (204, "")
    assert MANHOLE in typed(words, row)[1]
    assert "路灯" in typed(title, row | {"parts-words": ""})[1]
