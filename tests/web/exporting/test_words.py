"""What the audit says of how a list was asked for is read by people."""

import pytest
from django.http import QueryDict

from huying.places.queries import area_name
from huying.web.exporting.words import asked_words
from tests.cast import DISTRICT, Cast


@pytest.mark.django_db
def test_areas_and_units_are_said_by_name_and_number(cast: Cast) -> None:
    asked = QueryDict(f"area={DISTRICT}&body={cast.water}")
    assert (
        asked_words(asked, DISTRICT)
        == f"区域 {area_name(DISTRICT, str(DISTRICT))}（{DISTRICT}），单位 水务局（{cast.water}）"
    )
    assert asked_words(QueryDict("body=0&area=999"), DISTRICT) == "单位 0，区域 999"


@pytest.mark.django_db
def test_filters_and_their_values_are_said_in_words(cast: Cast) -> None:
    assert asked_words(QueryDict("tab=handling&lamp=red&channel=web"), DISTRICT) == (
        "页签 处置中，时限灯 已超时，来源 居民网页"
    )


@pytest.mark.parametrize(
    ("of", "said"),
    [("grids", "逐个网格"), ("short", "不齐的网格"), ("done", "已了结"), ("answers", "当场答复抽查")],
)
def test_which_half_of_a_list_was_taken_is_said_in_words(of: str, said: str) -> None:
    assert asked_words(QueryDict(f"of={of}"), DISTRICT) == f"看哪些 {said}"


def test_what_is_empty_is_nothing_and_nothing_is_all_of_it() -> None:
    assert asked_words(QueryDict("q=&lamp="), DISTRICT) == "全部"


def test_what_was_typed_is_kept_as_it_was_typed() -> None:
    assert asked_words(QueryDict("q=closed&body=one&of=1"), DISTRICT) == "查找 closed，单位 one，看哪些 是"


def test_of_a_callers_number_or_a_receipt_the_end_alone_is_kept() -> None:
    said = asked_words(
        QueryDict("q=13800136644 王女士 123456789012 990101-000006834 44030019900101123X 三号楼1502"),
        DISTRICT,
    )
    assert said == "查找 ****6644 王女士 ****9012 990101-000006834 ****123X 三号楼1502"
