"""The reasons of a suggestion are said in the reader's language; nothing that was said is lost."""

import re

import pytest
from django.utils import translation

from huying.web.reasons import reason

SAID = (
    "首判：“污水管堵塞”先由碧浦街道办处置",
    "清单：“楼道堆物”由万户物业牵头",
    "历史：近 90 天碧浦街道最近 20 件同类中 17 件由碧浦执法队办理",
    "先例：2026-03 裁定（案件 990101-000000064）同类情形由其办理",
)


@pytest.mark.parametrize("said", SAID)
def test_a_reason_is_said_in_english_with_its_names_and_numbers(said: str) -> None:
    with translation.override("en"):
        told = reason(said)
    assert re.match("(First judgement|List|History|Precedent): ", told)
    names = re.findall(r"“(.+?)”|由(.+?)(?:处置|牵头|办理)$|(\d[\d-]*)", said)
    assert all(word in told for found in names for word in found if word and word != "其")


@pytest.mark.parametrize("said", [*SAID, "另外说的一句"])
def test_in_chinese_it_stands_as_it_was_said(said: str) -> None:
    with translation.override("zh-hans"):
        assert reason(said) == said


def test_a_sentence_of_another_making_is_left_alone() -> None:
    with translation.override("en"):
        assert reason("另外说的一句") == "另外说的一句"
