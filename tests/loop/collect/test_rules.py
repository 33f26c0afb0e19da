"""What a new appeal must be: every wrong input is named, every right one passes unharmed."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.access.actor import Actor, ActorKind
from huying.kernel.errors import Invalid
from huying.loop.collect.rules import (
    KEY_MOST,
    PLACE_MOST,
    TEXT_MOST,
    AppealForm,
    Wrong,
    clean,
    readable,
    scoped_key,
)

GOOD = AppealForm(text="垃圾没人收", channel="web")
WRONG = [
    ({"text": ""}, "text", Wrong.TEXT_SHORT),
    ({"text": " \n字\t "}, "text", Wrong.TEXT_SHORT),
    ({"text": "\x00\x01\x02"}, "text", Wrong.TEXT_SHORT),
    ({"text": "字" * (TEXT_MOST + 1)}, "text", Wrong.TEXT_LONG),
    ({"place_text": "路" * (PLACE_MOST + 1)}, "place_text", Wrong.PLACE_LONG),
    ({"name": "王" * 41}, "name", Wrong.NAME_LONG),
    ({"phone": "12"}, "phone", Wrong.PHONE),
    ({"phone": "13800000001; drop table"}, "phone", Wrong.PHONE),
    ({"kind": "nonsense"}, "kind", Wrong.KIND),
    ({"channel": "pigeon"}, "channel", Wrong.CHANNEL),
    ({"datum": "utm", "lon": 114.0, "lat": 22.0}, "datum", Wrong.DATUM),
    ({"lon": 114.0}, "lat", Wrong.HALF_POINT),
    ({"lat": 22.0}, "lon", Wrong.HALF_POINT),
    ({"lon": 181.0, "lat": 22.0}, "lon", Wrong.POINT),
    ({"lon": 114.0, "lat": -91.0}, "lat", Wrong.POINT),
    ({"lon": float("nan"), "lat": 22.0}, "lon", Wrong.POINT),
    ({"lon": 114.0, "lat": float("inf")}, "lat", Wrong.POINT),
    ({"key": "short"}, "key", Wrong.KEY),
    ({"key": "k" * (KEY_MOST + 1)}, "key", Wrong.KEY),
    ({"key": "有汉字的幂等键啊啊"}, "key", Wrong.KEY),
    ({"key": "with space in"}, "key", Wrong.KEY),
    ({"photos": 7}, "photos", Wrong.PHOTOS),
    ({"photos": -1}, "photos", Wrong.PHOTOS),
    ({"external_number": "9" * 65}, "external_number", Wrong.EXTERNAL_LONG),
    ({"source": "源" * 41}, "source", Wrong.SOURCE_LONG),
]


@pytest.mark.parametrize(("change", "field", "wrong"), WRONG)
def test_a_wrong_input_is_named_and_nothing_else(change, field, wrong) -> None:
    with pytest.raises(Invalid) as refused:
        clean(replace(GOOD, **change))
    assert refused.value.fields == {field: wrong.zh}


def test_everything_wrong_is_named_at_once() -> None:
    with pytest.raises(Invalid) as refused:
        clean(AppealForm(text="", channel="pigeon", kind="x", phone="1", datum="moon", key="k"))
    assert set(refused.value.fields) == {"text", "channel", "kind", "phone", "datum", "key"}


def test_script_and_markup_are_kept_as_they_were_said() -> None:
    said = "<script>alert('垃圾')</script> & ${7*7} {{7*7}} ' OR 1=1 --"
    assert clean(replace(GOOD, text=said)).text == said


def test_marks_that_turn_text_around_are_taken_out() -> None:
    assert readable("路灯\u202e坏了\u2069\x07\r\n第二行\ttab") == "路灯坏了\n第二行\ttab"


@settings(max_examples=80)
@given(st.text(max_size=60))
def test_what_is_readable_can_be_stored_and_stays(text: str) -> None:
    once = readable(text)
    assert readable(once) == once
    assert "\x00" not in once
    once.encode("utf-8")


@pytest.mark.parametrize("typed", ["138-0000-0001", "+86 13800000001", "１３８００００００１１"])
def test_one_phone_has_one_form(typed: str) -> None:
    phone = clean(replace(GOOD, phone=typed)).phone
    assert phone.startswith("1380000")
    assert len(phone) == 11


def test_limits_themselves_are_allowed() -> None:
    edge = replace(
        GOOD, text="字" * TEXT_MOST, place_text="路" * PLACE_MOST, key="k" * KEY_MOST, lon=180.0, lat=-90.0
    )
    assert clean(edge).text == "字" * TEXT_MOST


def _by(key_id: int | None) -> Actor:
    return Actor(
        kind=ActorKind.KEY if key_id else ActorKind.RESIDENT, district=990101, name="系统", key_id=key_id
    )


def test_the_same_key_of_two_systems_never_meets() -> None:
    form = replace(GOOD, key="20260302-0001")
    assert scoped_key(_by(1), form) != scoped_key(_by(2), form) != scoped_key(_by(None), form)
    assert scoped_key(_by(1), form) == scoped_key(_by(1), replace(form))


def test_a_key_used_again_for_other_words_is_another_key() -> None:
    form = replace(GOOD, key="20260302-0001")
    assert scoped_key(_by(1), form) != scoped_key(_by(1), replace(form, text="路灯不亮"))


def test_without_a_key_there_is_none() -> None:
    assert scoped_key(_by(1), GOOD) is None
