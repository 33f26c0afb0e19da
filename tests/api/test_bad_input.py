"""What an outside system sends by mistake or on purpose: each is a problem that says which, and leaves no trace."""

import json
import re
from typing import Any

import pytest
from shapely.geometry import box

from huying.access.roles import Role
from huying.api.v1.enclosed import EXAMPLE, photos_in
from huying.cases.lifecycle import FACTS, FactKind
from huying.cases.lifecycle.clean import clean_facts
from huying.cases.lifecycle.steps import Step
from huying.cases.lifecycle.table import TABLE
from huying.cases.models import Appeal, Case, CaseAppeal, Deed, Entry, Order, Statement
from huying.geo.datums import Datum, convert
from huying.kernel.errors import Invalid
from huying.people.models import Caller
from huying.places.actions import put_areas
from huying.places.queries import forget
from huying.places.rules.drafts import AreaDraft
from huying.places.rules.levels import Level
from tests.cast import DISTRICT, MONDAY

pytestmark = pytest.mark.django_db
# Whatever JSON can say, in the place of any fact.
STRANGE: list[Any] = [
    -1, 2**63, 10**400, 1.5, True, "\x00", "nan", "²", "９", "长" * 50_000, "yesterday", "2026-03-02T09:00:00", [],
    ["x"], [1] * 500, [[[]]], {}, {"a": {}}, [{"item": {}, "title": []}], [{"item": "X1", "title": "长" * 121}],
    [{"item": "X1", "title": "路面破损", "condition": "x"}], [{"item": "X1", "title": "路面破损", "area": 7}],
]  # fmt: skip
DEEP = b'{"note": ' + b"[" * 5000 + b"]" * 5000 + b"}"


@pytest.fixture
def centre(outside):
    return outside(Role.DISTRICT_DISPATCHER)


@pytest.fixture
def number(centre) -> str:
    return centre.post("appeals", {"text": "春风路垃圾没人收，臭得很", "kind": "complaint"}).json()["case"]


@pytest.fixture
def drawn(cast):
    whole = box(114.2, 22.6, 114.4, 22.8)
    put_areas(DISTRICT, [AreaDraft("呼应区", Level.DISTRICT, whole, str(DISTRICT))], now=MONDAY)
    forget(DISTRICT)
    yield
    forget(DISTRICT)


@pytest.mark.parametrize("photo", ["９", "a", 7, None, ""])
def test_a_photo_that_is_no_base64_is_named(photo: object) -> None:
    with pytest.raises(Invalid) as wrong:
        photos_in([EXAMPLE, photo])
    assert "2" in str(wrong.value.fields["photos"])


def rows() -> list[int]:
    kept = (Appeal, Case, CaseAppeal, Caller, Deed, Entry, Order, Statement)
    return [model._default_manager.count() for model in kept]


def problem(answer: Any, status: int) -> dict[str, Any]:
    """The problem that an answer is."""
    assert answer.status_code == status, answer.content.decode()[:500]
    assert answer.headers["Content-Type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert told["status"] == status
    return told


def named(told: dict[str, Any]) -> set[str]:
    return {each["field"] for each in told["errors"]}


@pytest.mark.parametrize("name", [name for name, fact in FACTS.items() if fact.kind is not FactKind.REASONS])
def test_no_fact_is_broken_by_anything_json_can_say(name: str) -> None:
    step = next((row for row in TABLE if name in row.asks + row.takes), None)
    assert step is not None
    for strange in STRANGE:
        _refused_or_clean(step, name, strange)


def _refused_or_clean(step: Step, name: str, strange: Any) -> None:
    try:
        clean = clean_facts(step, {name: strange})
    except Invalid as refused:
        text = refused.fields.get(name, "")
        assert not re.search("[a-z]{4}", text.replace("yesterday", "")), text
    else:
        assert isinstance(clean[name], str | int | float | bool | list)


@pytest.mark.parametrize("condition", ["nan", "²", "9" * 30, -1, 1.5])
def test_a_condition_that_is_none_is_refused(centre, number, condition) -> None:
    before = rows()
    told = problem(centre.post(f"cases/{number}/file", {"item": "X1", "condition": condition}), 400)
    assert named(told) == {"condition"}
    assert rows() == before


@pytest.mark.parametrize(("fact", "value"), [("kind", "war"), ("item", {"a": 1}), ("area", ["990101"])])
def test_a_code_that_nobody_knows_is_refused(centre, number, fact, value) -> None:
    told = problem(centre.post(f"cases/{number}/file", {"item": "X1", fact: value}), 400)
    assert named(told) == {fact}


@pytest.mark.parametrize("path", ["cases/{}/note", "appeals"])
@pytest.mark.parametrize(
    ("body", "status"),
    [
        (DEEP, 400),
        (b"\xff\xfe", 400),
        (b'{"note": "\xed\xa0\x80", "text": "\xed\xa0\x80"}', 400),
        (b'{"note": "\\ud800", "text": "\\ud800"}', 400),
        (b'{"note": "' + b"x" * 10_000_000 + b'"}', 413),
    ],
)
def test_a_body_that_cannot_be_read_or_taken_is_a_problem(centre, number, path, body, status) -> None:
    before = rows()
    problem(centre.post(path.format(number), body), status)
    assert rows() == before


@pytest.mark.parametrize("path", ["cases/{}/note", "appeals"])
@pytest.mark.parametrize("media", ["text/xml", "multipart/form-data; boundary=x", "text/plain"])
def test_only_json_is_read(centre, number, path, media) -> None:
    before, body = rows(), json.dumps({"note": "看过", "text": "路灯不亮"}).encode()
    client = centre._client
    problem(client.post(f"/api/v1/{path.format(number)}", data=body, content_type=media), 415)
    assert rows() == before


def test_an_address_that_is_none_and_a_method_it_does_not_take_are_problems(centre) -> None:
    problem(centre.get("nothing/here"), 404)
    refused = centre.send("delete", "bodies")
    problem(refused, 405)
    assert set(refused.headers["Allow"].split(", ")) == {"GET", "POST"}
    problem(centre.post("articles", b"{"), 400)


def test_the_head_of_what_can_be_read_is_told_without_its_body(centre) -> None:
    whole, head = centre.get("bodies"), centre.send("head", "bodies")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == str(len(whole.content))
    assert head.headers["Content-Type"] == whole.headers["Content-Type"]
    assert centre.send("head", "cases/1/file").status_code == 405


@pytest.mark.parametrize(
    "query",
    [{"q": "a\x00b", "area": "x"}, {"item": "\x00"}, {"kind": "a\x00"}, {"after": "AAAA"}, {"body": "9" * 30},
     {"body": "²"}, {"q": "x" * 5000}, {"until": "tomorrow"}, {"closed": "perhaps"}],
)  # fmt: skip
def test_a_question_that_cannot_be_asked_is_a_problem(centre, query) -> None:
    answer = centre.get("cases", **query)
    assert answer.status_code == 200 or problem(answer, 400)


@pytest.mark.parametrize("used", ["short", "k" * 81, "a\tb cdefghij", "呼应呼应呼应呼应"])
def test_a_key_that_is_none_is_named(centre, number, used) -> None:
    before = rows()
    for path, body in ((f"cases/{number}/note", {"note": "看过"}), ("appeals", {"text": "路灯不亮"})):
        told = problem(centre.post(path, body, Idempotency_Key=used), 400)
        assert named(told) == {"key"}
    assert rows() == before


def test_a_key_used_again_for_another_step_is_a_conflict(centre, number) -> None:
    assert (
        centre.post(f"cases/{number}/note", {"note": "看过"}, Idempotency_Key="same-key-1").status_code == 200
    )
    before = rows()
    problem(centre.post(f"cases/{number}/note", {"note": "没看"}, Idempotency_Key="same-key-1"), 422)
    assert rows() == before


def test_an_appeal_under_a_used_key_is_another_appeal(centre) -> None:
    first = centre.post("appeals", {"text": "路灯不亮"}, Idempotency_Key="same-key-2").json()["receipt"]
    other = centre.post("appeals", {"text": "井盖坏了"}, Idempotency_Key="same-key-2").json()["receipt"]
    assert first != other


def test_latitude_and_longitude_the_wrong_way_round_are_told(drawn, centre) -> None:
    told = problem(centre.post("appeals", {"text": "路灯不亮", "lon": 22.7, "lat": 114.3}), 400)
    assert named(told) == {"lat"}
    assert "写反" in told["errors"][0]["detail"]
    assert not Appeal.objects.exists()


@pytest.mark.parametrize("datum", ["gcj02", "bd09", "wgs84", "cgcs2000"])
def test_a_datum_that_is_declared_is_believed(drawn, centre, datum) -> None:
    lon, lat = convert(114.3, 22.7, Datum.CGCS2000, Datum(datum))
    answer = centre.post("appeals", {"text": "路灯不亮", "lon": lon, "lat": lat, "datum": datum})
    assert answer.status_code == 201
    kept = Appeal.objects.get()
    assert (kept.lon, kept.lat) == (pytest.approx(114.3, abs=1e-6), pytest.approx(22.7, abs=1e-6))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"lon": 114.3, "lat": 22.7, "datum": "mars"}, "datum"),
        ({"lon": 114.3, "lat": 22.7, "datum": 7}, "datum"),
        ({"lon": 121.4, "lat": 31.2}, "lon"),
        ({"lon": 114.3}, "lat"),
        ({"lon": True, "lat": 22.7}, "lon"),
    ],
)
def test_a_place_that_is_none_of_ours_is_refused_and_named(drawn, centre, given, field) -> None:
    told = problem(centre.post("appeals", {"text": "路灯不亮", "phone": "13800000001", **given}), 400)
    assert named(told) == {field}
    assert rows() == [0] * 8
