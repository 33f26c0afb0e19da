"""Answers are well formed whatever they hold, and rules of answers and moments hold by property."""

from datetime import UTC, datetime, timedelta, timezone
from xml.etree import ElementTree

import orjson
from hypothesis import given
from hypothesis import strategies as st

from huying.api.open311.taking.answering import case_of_token, token, wants_later
from huying.api.open311.taking.reading import is_link
from huying.api.open311.wire.asking import Params
from huying.api.open311.wire.formats import Format, Rows, Tree, clean, written
from huying.catalogue.rules.questions import Datatype, Question, answers
from huying.kernel.errors import Invalid
from huying.kernel.instants import w3c

TEXTS = st.text(st.characters(codec="utf-8"), max_size=60)


@given(
    st.lists(
        st.tuples(TEXTS, st.none() | st.integers(-(2**63), 2**63 - 1) | st.booleans() | TEXTS), max_size=4
    )
)
def test_any_text_makes_xml_and_json_that_say_the_same(rows) -> None:
    answer = Rows("things", "thing", ("a", "b"), rows)
    root = ElementTree.fromstring(written(answer, Format.XML))
    plain = orjson.loads(written(answer, Format.JSON))
    assert (root.tag, len(root), len(plain)) == ("things", len(rows), len(rows))
    for (text, _value), element, told in zip(rows, root, plain, strict=True):
        assert (element.findtext("a") or "") == clean(text) == (told["a"] or "")


def test_lists_within_are_named_and_never_lost() -> None:
    members = {
        "attributes": [{"code": "A", "values": [{"key": "1", "name": "<一>"}]}, {"code": "B"}],
        "empty": [],
    }
    root = ElementTree.fromstring(written(Tree("service_definition", members), Format.XML))
    assert root.findtext("attributes/attribute/values/value/name") == "<一>"
    assert orjson.loads(written(Tree("x", members), Format.JSON))["empty"] == []


BOUNDS = datetime(1901, 1, 1), datetime(2900, 1, 1)  # noqa: DTZ001


@given(st.datetimes(*BOUNDS), st.integers(-14 * 60, 14 * 60))
def test_a_moment_is_read_as_it_was_written(at: datetime, minutes: int) -> None:
    aware = at.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    assert w3c(aware.isoformat()) == aware
    assert w3c(aware.isoformat().replace("+", " ")) == aware
    assert w3c(at.isoformat()) is None
    assert w3c(at.isoformat(" "), aware.tzinfo) == aware
    midnight = aware.replace(hour=0, minute=0, second=0, microsecond=0)
    ends = w3c(f"{at:%Y-%m-%d}", aware.tzinfo), w3c(f"{at:%Y-%m-%d}", aware.tzinfo, last=True)
    assert ends == (midnight, midnight + timedelta(days=1, microseconds=-1))


@given(TEXTS)
def test_no_text_breaks_the_reader_of_moments(text: str) -> None:
    found = w3c(text)
    assert found is None or found.tzinfo is UTC


CHOICES = (("a", "甲"), ("b", "乙"), ("c", "丙"))


@given(st.lists(st.sampled_from("abc"), max_size=6))
def test_every_way_of_writing_several_choices_means_the_same(keys: list[str]) -> None:
    asked = [Question("M", Datatype.MULTIPLE, "选", choices=CHOICES)]
    each, joined = answers(asked, {"M": keys}), answers(asked, {"M": [",".join(keys)]})
    assert each == joined
    assert (each[0].keys if each else ()) == tuple(dict.fromkeys(keys))


@given(st.sampled_from(list(Datatype)), st.lists(TEXTS, max_size=3))
def test_an_answer_is_kept_or_refused_by_its_name(kind: Datatype, values: list[str]) -> None:
    asked = Question("Q", kind, "问", required=True, choices=CHOICES if kind.has_choices else ())
    asked.check()
    try:
        found = answers([asked], {"Q": values})
    except Invalid as error:
        refused = set(error.fields)
    else:
        refused = {"attribute[Q]"}
        assert [one.code for one in found] == ["Q"]
        assert found[0].said
    assert refused == {"attribute[Q]"}


def test_what_no_question_asks_is_kept_and_what_only_tells_is_not_asked() -> None:
    tells = Question("T", Datatype.TEXT, "请不要自己搬动", required=True, answered=False)
    found = answers([tells], {"T": ["x"], "other": ["1", "2"], "empty": [" "]})
    assert [(one.code, one.said) for one in found] == [("other", "1、2")]


@given(st.integers(1, 999_999_999), st.text("0123456789abcdef", min_size=33, max_size=40))
def test_only_our_own_tokens_lead_anywhere(case: int, forged: str) -> None:
    assert case_of_token(990101, token(990101, case)) == case
    assert case_of_token(990102, token(990101, case)) is None
    assert case_of_token(990101, forged) is None


def test_parameters_as_clients_write_them() -> None:
    params = Params(
        [
            ("a", ""),
            ("b", "1"),
            ("b", "2"),
            ("attribute[X]", "1"),
            ("attribute[X][]", "2"),
            ("attribute[Y][0]", "3"),
        ]
    )
    assert (params.text("a"), params.text("b"), params.listed("b")) == ("", "2", ["1", "2"])
    assert params.attributes() == {"X": ["1", "2"], "Y": ["3"]}
    assert wants_later("foo, respond-async; wait=10")
    assert not wants_later("respond")
    assert [is_link(text) for text in ("https://a.cn/b?c=d", "ftp://a", "http://", "http://a b", "x")] == [
        True, False, False, False, False,
    ]  # fmt: skip
