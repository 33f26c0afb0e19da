"""What holds for every operation: fewer fields, versions, writes repeated, rates, ends."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from huying.access.actor import system
from huying.access.roles import Role
from huying.api.conduct import endings
from huying.cases.models import Entry
from huying.kernel.clock import now
from huying.people.actions import claim_answer, clear_answers, create_key, forget_leases, spend
from huying.people.models import ApiKey, KeptAnswer
from tests.api.conftest import Outside
from tests.cast import DISTRICT, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.database]
AT = datetime(2026, 3, 2, 1, 0, 30, tzinfo=UTC)


@pytest.fixture
def centre(outside: Callable[..., Outside]) -> Outside:
    return outside(Role.DISTRICT_DISPATCHER)


@pytest.fixture
def number(centre: Outside) -> str:
    return str(centre.post("appeals", {"text": "春风路垃圾没人收，臭得很"}).json()["case"])


def test_an_answer_holds_the_fields_that_were_asked_for(centre: Outside, number: str) -> None:
    one = centre.get(f"cases/{number}", fields="number, title,state")
    assert set(one.json()) == {"number", "title", "state"}
    rows = centre.get("cases", fields="number").json()
    assert rows == {"cases": [{"number": number}], "after": ""}
    assert set(centre.get("bodies", fields="code,name").json()[0]) == {"code", "name"}


def test_a_field_that_is_none_is_named_with_the_nearest(centre: Outside, number: str) -> None:
    refused = centre.get("cases", fields="number,titel")
    assert refused.status_code == 400
    assert refused.json()["errors"] == [
        {"field": "fields.titel", "detail": "没有这个字段，最接近的是 title。"}
    ]


def test_what_was_read_is_not_sent_again(centre: Outside, number: str) -> None:
    for path in (f"cases/{number}", "cases", "bodies"):
        first = centre.get(path)
        client = centre._client
        again = client.get(f"/api/v1/{path}", headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    other = client.get("/api/v1/cases", headers={"If-None-Match": '"old"'})
    assert other.status_code == 200


def test_a_list_says_where_it_goes_on(centre: Outside, number: str) -> None:
    centre.post("appeals", {"text": "第二件事情"})
    first = centre.get("cases", limit=1, kind="")
    link = first.headers["Link"]
    assert link.endswith('rel="next"')
    second = centre._client.get(link.partition("<")[2].partition(">")[0])
    assert second.json()["cases"][0]["number"] != first.json()["cases"][0]["number"]
    assert "Link" not in second.headers


def test_a_write_repeated_under_its_key_is_answered_as_before(centre: Outside, number: str) -> None:
    given = {"Idempotency_Key": "note-0001"}
    first = centre.post(f"cases/{number}/note", {"note": "看过"}, **given)
    entries = Entry.objects.count()
    centre.post(f"cases/{number}/note", {"note": "又看过"})
    again = centre.post(f"cases/{number}/note", {"note": "看过"}, **given)
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers["ETag"] == first.headers["ETag"]
    assert Entry.objects.count() == entries + 1
    assert "看过" not in str(bytes(KeptAnswer.objects.get().sealed))


def test_a_refused_write_leaves_its_key_free(centre: Outside, number: str) -> None:
    given = {"Idempotency_Key": "note-0002"}
    assert centre.post(f"cases/{number}/note", {"not": "好"}, **given).status_code == 400
    assert not KeptAnswer.objects.exists()
    assert centre.post(f"cases/{number}/note", {"note": "好"}, **given).status_code == 200


def test_keys_of_others_and_of_yesterday_are_free(
    centre: Outside, outside: Callable[..., Outside], number: str
) -> None:
    one, other = centre, outside(Role.SUPERVISOR)
    given = {"Idempotency_Key": "note-0003"}
    assert one.post(f"cases/{number}/note", {"note": "甲"}, **given).status_code == 200
    answered = other.post(f"cases/{number}/note", {"note": "乙"}, **given)
    assert "Idempotent-Replayed" not in answered.headers
    KeptAnswer.objects.update(at=now() - timedelta(hours=25))
    fresh = one.post(f"cases/{number}/note", {"note": "丙"}, **given)
    assert fresh.status_code in (200, 409)
    assert "Idempotent-Replayed" not in fresh.headers
    KeptAnswer.objects.update(at=now() - timedelta(hours=25))
    assert clear_answers(DISTRICT, now()) > 0
    assert not KeptAnswer.objects.exists()


def test_a_key_has_so_many_requests_a_minute(cast: Cast) -> None:
    raw = create_key(system(DISTRICT), "慢系统", Role.SEAT, str(DISTRICT), now(), per_minute=3)[1]
    slow = Outside(raw)
    left = [slow.get("bodies").headers["RateLimit"].partition(";")[2].partition(";")[0] for _ in range(2)]
    assert left[0] in ("r=2", "r=1")
    told = [slow.get("bodies") for _ in range(9)]
    refused = [one for one in told if one.status_code == 429]
    assert len(refused) >= 3
    last = refused[-1]
    assert last.json()["code"] == "too_many"
    assert last.headers["RateLimit-Policy"] == '"minute";q=3;w=60'
    assert last.headers["RateLimit"].startswith('"minute";r=0;t=')
    assert 0 < int(last.headers["Retry-After"]) <= 60


def test_requests_are_counted_for_all_processes_together(db: None) -> None:
    for per_minute in (5, 600):
        key_id, taken = per_minute, 0
        while spend(DISTRICT, key_id, per_minute, AT).allowed:
            taken += 1
            if taken == per_minute // 2:
                forget_leases()  # as another process would: what the first holds is spent
        assert per_minute - per_minute // 60 <= taken <= per_minute
        assert spend(DISTRICT, key_id, per_minute, AT + timedelta(seconds=31)).allowed


def test_a_busy_key_costs_a_statement_in_many_requests(
    db: None, django_assert_max_num_queries: Callable[..., object]
) -> None:
    with django_assert_max_num_queries(2):  # type: ignore[attr-defined]
        for _ in range(80):
            assert spend(DISTRICT, 7, 3000, AT).allowed


def test_what_will_end_says_so(centre: Outside, monkeypatch: pytest.MonkeyPatch) -> None:
    ending = endings.Ending(date(2027, 1, 1), date(2028, 1, 1), "/api/v1/units")
    monkeypatch.setattr(endings, "ENDINGS", {"reference_units": ending})
    answer = centre.get("bodies")
    assert answer.headers["Deprecation"] == "@1798732800"
    assert answer.headers["Sunset"] == "Fri, 31 Dec 2027 16:00:00 GMT"
    assert '</api/v1/units>; rel="successor-version"' in answer.headers["Link"]
    assert "Deprecation" not in centre.get("areas").headers


def test_an_answer_is_claimed_once(cast: Cast) -> None:
    key_id = create_key(system(DISTRICT), "系统", Role.SEAT, str(DISTRICT), now())[0]
    assert ApiKey.objects.filter(pk=key_id).exists()
    by = system(DISTRICT)
    by = type(by)(by.kind, DISTRICT, "系统", key_id=key_id)
    assert claim_answer(by, "key-00001", "a", AT).row is not None
    assert claim_answer(by, "key-00001", "b", AT).is_others
    assert claim_answer(by, "key-00001", "b", AT + timedelta(hours=24)).row is not None
