"""Standards and checklists: what is refused, what is read back as it was typed, which answers ask for help."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from huying.residents.rules.kinds import CareLevel
from huying.residents.rules.starter import starter_kinds
from huying.visits.rules.checklists import alarming, kept, parsed, starter, typed, wrong_in
from huying.visits.rules.kinds import AnswerKind
from huying.visits.rules.standards import USUAL, due_at, first_look, next_look
from huying.visits.rules.standards import wrong_in as wrong_standard
from tests.visits.conftest import ZONE, at

TYPED = "精神怎么样 | 好、一般、差 | 差 | 必答\n有没有摔倒 | 是、否 | 是\n药够不够\n想说什么 | 填写"


def test_what_is_typed_is_read_back_the_same() -> None:
    questions = parsed(TYPED)
    assert [one.kind for one in questions] == [
        AnswerKind.CHOICE, AnswerKind.YES_NO, AnswerKind.YES_NO, AnswerKind.TEXT,
    ]  # fmt: skip
    assert parsed(typed(questions)) == questions


@pytest.mark.parametrize(
    "lines",
    [
        "",
        "一" * 61,
        "好吗 | 好",
        "好吗 | 好、坏 | 差",
        "摔倒 | 是、否 | 也许",
        "\n".join(f"第{n}问" for n in range(31)),
    ],
)
def test_lists_without_sense_are_refused(lines: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parsed(lines)


def test_answers_are_checked_and_those_that_ask_for_help_are_found() -> None:
    questions = parsed(TYPED)
    assert set(wrong_in(questions, {"q1": "很好", "q2": "maybe", "q4": "长" * 501})) == {"q1", "q2", "q4"}
    assert set(wrong_in(questions, {})) == {"q1"}
    answers = {"q1": "差", "q2": "no", "q3": "yes"}
    assert wrong_in(questions, answers) == {}
    assert [one.text for one in alarming(questions, answers)] == ["精神怎么样"]
    assert kept(questions, answers) == [["精神怎么样", "差"], ["有没有摔倒", "否"], ["药够不够", "是"]]


def test_every_kind_the_platform_brings_has_questions() -> None:
    assert set(starter()) == {"", *(one.code for one in starter_kinds())}
    assert all(one.alarm in {"", "yes", "no", *one.choices} for held in starter().values() for one in held)


def test_the_usual_standards_are_the_fields() -> None:
    assert {level: one.every for level, one in USUAL.items()} == {
        CareLevel.HIGH: 7, CareLevel.KEY: 31, CareLevel.GENERAL: 92,
    }  # fmt: skip
    assert USUAL[CareLevel.HIGH].upheaval_hours == 24
    assert all(not wrong_standard(one) for one in USUAL.values())
    wrong = replace(USUAL[CareLevel.HIGH], every=0, minutes=4, upheaval_hours=-1, street_hours=-1)
    assert set(wrong_standard(wrong)) == {"every", "minutes", "upheaval_hours", "street_hours"}


def test_the_ladder_is_looked_at_in_the_evening_then_when_due_then_later() -> None:
    due = due_at(date(2026, 3, 6), ZONE)
    assert due == at(6, 23).replace(minute=59)
    assert first_look(date(2026, 3, 4), due, ZONE) == at(4, 18)
    assert first_look(date(2026, 3, 7), due, ZONE) == due
    standard = USUAL[CareLevel.HIGH]
    assert next_look(1, due, standard) == due
    assert next_look(2, due, standard) == due + timedelta(hours=24)
    assert next_look(3, due, standard) is None
