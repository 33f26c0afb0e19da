from datetime import UTC, datetime

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from huying.web.components import Lamp, Tone, TrackStep
from huying.web.templatetags import look

DUE = datetime(2031, 3, 5, 10, 30, tzinfo=UTC)


def _drawn(source: str, **values: object) -> str:
    return Template("{% load look %}" + source).render(Context(values))


@pytest.mark.parametrize(
    ("tone", "word"), [(Tone.GREEN, "时限内"), (Tone.AMBER, "快到时限"), (Tone.RED, "已超时")]
)
def test_a_lamp_says_its_state_in_words_and_names_the_exact_time(tone: Tone, word: str) -> None:
    drawn = _drawn("{% lamp clock %}", clock=Lamp(tone, "签收", DUE))
    assert word in drawn
    assert "2031年3月5日 18:30" in drawn
    assert f"lamp-{tone.value}" in drawn


def test_lamps_of_different_tones_have_different_shapes() -> None:
    shapes = {
        _drawn("{% lamp c %}", c=Lamp(t, "签收", DUE)).split("</svg>")[0].split(">", 2)[2]
        for t in list(Tone)[:5]
    }
    assert len(shapes) == 5


def test_the_explanation_opens_line_by_line() -> None:
    drawn = _drawn("{% lamp c %}", c=Lamp(Tone.GREEN, "签收", DUE, explanation=("甲", "乙")))
    assert "<li>甲</li><li>乙</li>" in drawn
    assert "<details" in drawn


def test_a_time_is_said_in_the_readers_language() -> None:
    with translation.override("en"):
        assert "05 Mar 2031 18:30" in look.moment(DUE)


class _Form(forms.Form):
    name = forms.CharField(label="姓名", help_text="写全名", error_messages={"required": "请写姓名。"})


def test_a_wrong_field_names_its_error_and_keeps_its_hint() -> None:
    drawn = _drawn("{% field f.name %}", f=_Form({}))
    assert 'aria-invalid="true"' in drawn
    assert 'aria-describedby="id_name-hint id_name-error"' in drawn
    assert 'id="id_name-error"' in drawn
    assert "请写姓名。" in drawn


def test_what_was_said_on_the_way_cannot_become_markup() -> None:
    drawn = _drawn("{% track s %}", s=[TrackStep(DUE, "<b>x</b>", "<script>", current=True)])
    assert "<script>" not in drawn
    assert "&lt;b&gt;" in drawn
    assert 'aria-current="step"' in drawn


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "3月5日"), ("en", "5 Mar")])
def test_a_day_is_said_as_people_say_it(language: str, said: str) -> None:
    with translation.override(language):
        assert _drawn("{{ at|day }}", at=DUE) == said


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "电话："), ("en", "电话: ")])
def test_the_summary_of_errors_has_the_colon_of_its_language(language: str, said: str) -> None:
    class Asked(forms.Form):
        phone = forms.CharField(label="电话")

    with translation.override(language):
        assert said in _drawn('{% include "components/wrongs.html" %}', form=Asked({}))
