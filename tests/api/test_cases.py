"""Cases through the interface: the table's verbs, versions, keys, scope, and refusals that leave no trace."""

import pytest

from huying.access.permissions import Permission
from huying.access.roles import Role
from huying.api.v1.steps import ASKED, NOT_ASKED
from huying.cases.lifecycle import TABLE, Verb
from huying.cases.models import Case, Entry
from tests.cast import OTHER_STREET

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre(outside):
    return outside(Role.DISTRICT_DISPATCHER)


@pytest.fixture
def number(centre) -> str:
    return centre.post("appeals", {"text": "春风路垃圾没人收，臭得很", "kind": "complaint"}).json()["case"]


def traces() -> tuple[int, list[str]]:
    return Entry.objects.count(), list(Case.objects.values_list("state", flat=True))


def test_a_case_goes_its_way_by_the_verbs_of_the_table(cast, outside, centre, number) -> None:
    handler = outside(Role.DEPARTMENT_HANDLER, body_id=cast.urban)
    assert handler.get(f"cases/{number}").status_code == 404
    assert centre.post(f"cases/{number}/file", {"item": "X1"}).json()["state"] == "filed"
    assert centre.post(f"cases/{number}/dispatch", {"body": cast.urban}).json()["state"] == "dispatched"
    assert handler.post(f"cases/{number}/sign").json()["state"] == "handling"
    handler.post(f"cases/{number}/contact", {"reached": True})
    reply = "您好，接到反映后已到现场核查，垃圾已清运，并加派保洁。"
    said = {"result": "已清运。", "reply": reply, "solved": True}
    assert handler.post(f"cases/{number}/report", said).json()["state"] == "reported"
    # What the systems of a body reported is for others to check.
    own = outside(Role.DISTRICT_DISPATCHER, body_id=cast.urban)
    assert own.post(f"cases/{number}/check", {"outcome": "passed"}).status_code == 403
    assert centre.post(f"cases/{number}/check", {"outcome": "passed"}).json()["state"] == "checked"
    told = centre.get(f"cases/{number}").json()
    assert told["state"] == "checked"
    assert [entry["verb"] for entry in told["entries"]][-3:] == ["contact", "report", "check"]


def test_who_acts_on_an_old_version_is_told_so(centre, number) -> None:
    first = centre.get(f"cases/{number}")
    assert first.headers["ETag"] == '"1"'
    done = centre.post(f"cases/{number}/correct", {"item": "X1"}, If_Match=first.headers["ETag"])
    assert (done.status_code, done.headers["ETag"]) == (200, '"2"')
    before = traces()
    stale = centre.post(f"cases/{number}/correct", {"item": "X2"}, If_Match='W/"1"')
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    assert centre.post(f"cases/{number}/correct", {"item": "X2"}, If_Match="abc").status_code == 400
    assert traces() == before
    assert centre.post(f"cases/{number}/correct", {"item": "X2"}, If_Match="*").status_code == 200


def test_a_step_under_one_key_happens_once(centre, number) -> None:
    given = {"Idempotency_Key": "step-0001", "If_Match": '"1"'}
    first = centre.post(f"cases/{number}/file", {"item": "X1"}, **given)
    again = centre.post(f"cases/{number}/file", {"item": "X1"}, **given)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json()["version"] == again.json()["version"] == 2
    other = centre.post(f"cases/{number}/file", {"item": "X9"}, Idempotency_Key="step-0001")
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")


def test_what_one_may_not_see_does_not_exist(cast, outside, number) -> None:
    before = traces()
    strangers = [
        outside(Role.STREET_DISPATCHER, OTHER_STREET),
        outside(Role.DEPARTMENT_HANDLER, body_id=cast.housing),
    ]
    for stranger in strangers:
        assert stranger.get(f"cases/{number}").status_code == 404
        assert stranger.post(f"cases/{number}/file", {"item": "X1"}).status_code == 404
        assert stranger.get("cases").json()["cases"] == []
    assert traces() == before


def test_a_denied_act_leaves_no_trace(outside, number) -> None:
    before = traces()
    auditor = outside(Role.AUDITOR)
    assert auditor.get(f"cases/{number}").status_code == 200
    denied = auditor.post(f"cases/{number}/file", {"item": "X1"})
    assert (denied.status_code, denied.headers["Content-Type"]) == (403, "application/problem+json")
    narrow = outside(Role.DISTRICT_DISPATCHER, scopes=[Permission.CASE_READ])
    assert narrow.post(f"cases/{number}/file", {"item": "X1"}).status_code == 403
    assert outside(Role.ADMINISTRATOR).get("cases").status_code == 403
    assert traces() == before


@pytest.mark.parametrize(
    ("verb", "body", "status", "field"),
    [
        ("file", {}, 400, "item"),
        ("file", {"item": "X1", "colour": "red"}, 400, "colour"),
        ("file", {"item": "X1", "by": 1, "now": 2}, 400, "by"),
        ("file", {"item": "X1", "order": "first"}, 400, "order"),
        ("file", {"item": "X1", "outcome": "passed"}, 400, "outcome"),
        ("reject", {"ground": "because", "reply": "不"}, 400, "ground"),
        ("correct", {"area": "440000000"}, 400, "area"),
        ("split", {"parts": "both"}, 400, "parts"),
        ("file", b"{broken", 400, None),
        ("file", b"[1]", 400, None),
        ("dispatch", {"body": 1}, 409, None),
        ("check", {"outcome": "excellent"}, 400, "outcome"),
        ("merge", {"into": "990101-000000999"}, 404, None),
    ],
)
def test_a_wrong_step_is_refused_and_leaves_no_trace(centre, number, verb, body, status, field) -> None:
    before = traces()
    refused = centre.post(f"cases/{number}/{verb}", body)
    assert refused.status_code == status, refused.content.decode()
    assert refused.headers["Content-Type"] == "application/problem+json"
    if field:
        assert field in {each["field"] for each in refused.json()["errors"]}
    assert traces() == before


@pytest.mark.parametrize("verb", [*sorted(NOT_ASKED), "refuse", "delete"])
def test_what_is_not_asked_for_has_no_path(centre, number, verb) -> None:
    before = traces()
    assert centre.post(f"cases/{number}/{verb}", {}).status_code in (404, 405)
    assert traces() == before


@pytest.mark.parametrize("wrong", ["990101-0", "x", "000000-000000001", "990101-000000000", "9" * 40])
def test_a_number_that_is_none_is_not_found(centre, wrong) -> None:
    assert centre.get(f"cases/{wrong}").status_code == 404
    assert centre.post(f"cases/{wrong}/file", {"item": "X1"}).status_code == 404


def test_a_list_is_filtered_and_turned_page_by_page(centre) -> None:
    for n in range(5):
        centre.post("appeals", {"text": f"第 {n} 件事情", "kind": "help" if n % 2 else "complaint"})
    first = centre.get("cases", limit=2).json()
    second = centre.get("cases", limit=2, after=first["after"]).json()
    third = centre.get("cases", limit=2, after=second["after"]).json()
    numbers = [case["number"] for page in (first, second, third) for case in page["cases"]]
    assert len(set(numbers)) == 5
    assert third["after"] == ""
    assert len(centre.get("cases", kind="help").json()["cases"]) == 2
    assert centre.get("cases", closed="true").json()["cases"] == []
    assert len(centre.get("cases", state="received").json()["cases"]) == 5


@pytest.mark.parametrize(
    "query",
    [{"limit": 0}, {"limit": 9999}, {"lamp": "purple"}, {"state": "lost"}, {"after": "@@@"}, {"area": "a' OR 1=1"},
     {"since": "2026-01-01T00:00:00"}, {"since": "yesterday"}, {"body": "x"}],
)  # fmt: skip
def test_a_wrong_filter_is_a_problem(centre, query) -> None:
    refused = centre.get("cases", **query)
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid")
    assert all("Input" not in each["detail"] for each in refused.json()["errors"])


def test_a_list_costs_the_same_whatever_its_length(centre, django_assert_max_num_queries) -> None:
    for n in range(12):
        centre.post("appeals", {"text": f"第 {n} 件事情"})
    centre.get("cases")
    with django_assert_max_num_queries(6):
        assert len(centre.get("cases").json()["cases"]) == 12


def test_one_case_costs_a_bounded_number_of_questions(centre, number, django_assert_max_num_queries) -> None:
    centre.get(f"cases/{number}")
    with django_assert_max_num_queries(22):
        centre.get(f"cases/{number}")


def test_every_verb_is_described_from_the_table(centre) -> None:
    paths = centre.get("openapi.json").json()["paths"]
    for verb in ASKED:
        body = paths[f"/api/v1/cases/{{number}}/{verb}"]["post"]["requestBody"]["content"]["application/json"]
        told = set(body["schema"]["properties"]) - {"order", "outcome"}
        rows = [step for step in TABLE if step.verb is verb]
        assert told == {name for step in rows for name in step.asks + step.takes}
        # What is needed, and what the rules need besides, as the reply of a report that says it is solved.
        assert set(body["schema"]["required"]) <= set(body["example"]) <= set(body["schema"]["properties"])
    assert set(ASKED) | NOT_ASKED == set(Verb)


def test_the_pages_of_the_description_ask_no_other_host(centre) -> None:
    page = centre.get("docs").content.decode()
    assert "swagger-ui-bundle.js" in page
    assert "//" not in page.replace("<!DOCTYPE html>", "")
