"""From bytes to a form: what cannot be read is named, and nothing else is ever raised."""

import contextlib

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.api.intake.reading import read
from huying.api.problems import language_of, problem
from huying.kernel.errors import Invalid

BROKEN = [
    b"",
    b"{",
    b"[]",
    b'"text"',
    b"null",
    b"\xff\xfe",
    '{"text": "缺一半'.encode(),
    b'{"text": "a\x00b"}',
    b"NaN",
]
WRONG = [
    ({"text": 5}, "text"),
    ({"text": ["a"]}, "text"),
    ({"lon": "114.3"}, "lon"),
    ({"lat": True}, "lat"),
    ({"latt": 22.6}, "latt"),
    ({"district": "99010"}, "district"),
    ({"district": 9901011}, "district"),
    ({"district": "九九零一零一"}, "district"),
    ({"name": {}}, "name"),
]


@pytest.mark.parametrize("body", BROKEN)
def test_what_is_no_json_object_is_refused(body: bytes) -> None:
    with pytest.raises(Invalid):
        read(body, "", None)


@pytest.mark.parametrize(("body", "field"), WRONG)
def test_a_member_of_the_wrong_sort_is_named(body, field) -> None:
    with pytest.raises(Invalid) as refused:
        read(orjson.dumps({"text": "垃圾", **body}), "", None)
    assert set(refused.value.fields) == {field}


def test_a_whole_appeal_is_read_as_given() -> None:
    body = {
        "text": "垃圾",
        "lon": 114,
        "lat": 22.6,
        "datum": "gcj02",
        "district": 990101,
        "name": None,
    }
    asked = read(orjson.dumps(body), "key", "20260302-0001")
    assert (asked.raw_key, asked.district) == ("key", 990101)
    assert (asked.form.lon, asked.form.datum, asked.form.name, asked.form.key) == (
        114,
        "gcj02",
        "",
        "20260302-0001",
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(["text", "lon", "lat", "district", "phone", "datum", "kind", "channel", "key"])


@settings(max_examples=150)
@given(st.dictionaries(NAMES | st.text(max_size=6), JSON, max_size=5))
def test_no_json_breaks_the_reader(given_body) -> None:
    try:
        body = orjson.dumps(given_body)
    except TypeError:
        return
    with contextlib.suppress(Invalid):
        assert isinstance(read(body, "", None).form.text, str)


@settings(max_examples=60)
@given(st.binary(max_size=60))
def test_no_bytes_break_the_reader(body: bytes) -> None:
    with contextlib.suppress(Invalid):
        read(body, "", None)


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "zh-hans"),
        ("en", "en"),
        ("en-GB,zh;q=0.5", "en"),
        ("zh-CN,en;q=0.9", "zh-hans"),
        ("fr", "zh-hans"),
        ("🙂;;q=x", "zh-hans"),
    ],
)
def test_the_language_is_the_callers(accepted: str, language: str) -> None:
    assert language_of(accepted) == language


def test_a_problem_names_its_fields() -> None:
    said = problem(Invalid(fields={"text": "请写一下是什么事，至少 2 个字。"}), "zh-hans")
    assert said["status"] == 400
    assert said["errors"] == [{"field": "text", "detail": "请写一下是什么事，至少 2 个字。"}]
