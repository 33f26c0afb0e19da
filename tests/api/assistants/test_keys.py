"""Keys of assistants and the door: who is let in, for how long, how often, from where."""

from datetime import timedelta

import pytest
from django.test import Client

from huying.access.roles import Role
from huying.annals.models import Change
from huying.api.assistants import asked
from huying.api.assistants.door.hosts import must_be_ours
from huying.api.intake.brakes import Brake
from huying.kernel.clock import now
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from huying.people.actions import create_assistant_key, end_post, revoke_assistant_key, revoke_key, set_active
from huying.people.models import ApiKey, Post
from huying.people.queries import asker_of_key, assistants_of
from huying.people.queries.assistants import forget_assistants
from huying.people.rules.assistants import Leave
from tests.api.assistants.conftest import Helper

pytestmark = pytest.mark.django_db
READ = (Leave.READ,)


@pytest.fixture
def dispatcher(person):
    return person("何伟", Role.DISTRICT_DISPATCHER)


def knock(raw: str = "", **headers: str):
    given = {"Authorization": f"Bearer {raw}"} if raw else {}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    body = '{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}'
    shown = {"Accept": "application/json, text/event-stream", **given, **named}
    return Client().post("/mcp", body, content_type="application/json", headers=shown)


def test_who_shows_no_key_or_a_wrong_one_is_told_nothing(assistant, dispatcher, key) -> None:
    raw = assistant(dispatcher)
    for wrong in ("", "hy_00000000_" + "x" * 32, raw[:-1] + ("a" if raw[-1] != "a" else "b")):
        answer = knock(wrong)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert answer.json()["code"] == "unauthenticated"
    assert knock(raw).status_code == 200


def test_a_persons_key_opens_only_this_door(assistant, dispatcher) -> None:
    raw = assistant(dispatcher)
    answer = Client(headers={"Authorization": f"Bearer {raw}"}).get("/api/v1/cases")
    assert answer.status_code == 401


def test_a_revoked_key_stops_at_once(assistant, dispatcher) -> None:
    raw = assistant(dispatcher)
    assert knock(raw).status_code == 200
    revoke_assistant_key(dispatcher, ApiKey.objects.get().pk, now())
    assert knock(raw).status_code == 401


def test_an_administrator_may_end_anybodys(assistant, dispatcher, cast) -> None:
    raw = assistant(dispatcher)
    assert knock(raw).status_code == 200
    revoke_key(cast.administrator, ApiKey.objects.get().pk, now())
    assert knock(raw).status_code == 401
    assert Change.objects.filter(subject="key").count() == 2


def test_nobody_ends_anothers(assistant, dispatcher, person) -> None:
    assistant(dispatcher)
    with pytest.raises(NotFound):
        revoke_assistant_key(person("孙丽", Role.SUPERVISOR), ApiKey.objects.get().pk, now())


def test_a_key_ends_with_its_day_with_the_account_and_with_the_post(assistant, dispatcher, cast) -> None:
    raw = assistant(dispatcher)
    assert asker_of_key(raw, now() + timedelta(days=31)) is None
    assert Helper(raw).tools()
    end_post(cast.system, Post.objects.get(account_id=dispatcher.account_id).pk, now())
    forget_assistants()
    assert Helper(raw).tools() == {}
    set_active(cast.system, dispatcher.account_id, False, now())
    forget_assistants()
    assert asker_of_key(raw, now()) is None


def test_a_key_is_kept_no_longer_than_half_a_minute(assistant, dispatcher) -> None:
    raw, at = assistant(dispatcher), now()
    assert asker_of_key(raw, at)
    ApiKey.objects.update(revoked_at=at)
    assert asker_of_key(raw, at + timedelta(seconds=29))
    assert asker_of_key(raw, at + timedelta(seconds=31)) is None


@pytest.mark.parametrize(
    ("name", "leaves", "days"), [("", READ, 30), ("x" * 61, READ, 30), ("助手", (Leave.SEND,), 30), ("助手", READ, 181),
                                 ("助手", READ, 0)],
)  # fmt: skip
def test_a_key_that_cannot_be_is_refused(dispatcher, name, leaves, days) -> None:
    with pytest.raises(Invalid):
        create_assistant_key(dispatcher, name, leaves, now() + timedelta(days=days), now())
    assert not ApiKey.objects.exists()


def test_who_is_no_person_makes_none_and_nobody_has_six(cast, dispatcher, assistant) -> None:
    with pytest.raises(Denied):
        create_assistant_key(cast.system, "助手", READ, now() + timedelta(days=1), now())
    asker = asker_of_key(assistant(dispatcher), now())
    assert asker is not None
    with pytest.raises(Denied):
        create_assistant_key(asker.doer, "又一个", READ, now() + timedelta(days=1), now())
    with pytest.raises(Conflict):
        assistant(dispatcher)
    for n in range(4):
        assistant(dispatcher, name=f"助手 {n}")
    with pytest.raises(Conflict):
        assistant(dispatcher, name="第六个")
    assert len(assistants_of(dispatcher.account_id)) == 5


def test_who_asks_too_often_waits(assistant, dispatcher, monkeypatch) -> None:
    monkeypatch.setattr(asked, "_brake", Brake(2))
    raw, other = assistant(dispatcher), assistant(dispatcher, name="另一个")
    assert [knock(raw).status_code for _ in range(3)] == [200, 200, 429]
    assert knock(other).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://testserver"}, 200),
        ({"Host": "testserver"}, 200),
    ],
)
def test_a_page_of_another_site_is_turned_away(assistant, dispatcher, headers, status) -> None:
    assert knock(assistant(dispatcher), **{"Host": "testserver", **headers}).status_code == status


def test_another_host_is_not_ours() -> None:
    must_be_ours({b"host": "testserver:8000"})
    for wrong in ({b"host": "evil.example"}, {}, {b"host": "evil.example", b"origin": "http://evil.example"}):
        with pytest.raises(Denied):
            must_be_ours(wrong)


def test_there_is_nothing_to_get_and_nothing_large_to_take(assistant, dispatcher) -> None:
    raw = assistant(dispatcher)
    assert Client().get("/mcp").status_code == 405
    large = Client().post(
        "/mcp", "x" * 300_000, content_type="application/json", headers={"Authorization": f"Bearer {raw}"}
    )
    assert large.status_code == 413
    broken = Client().post(
        "/mcp", "{", content_type="application/json",
        headers={"Authorization": f"Bearer {raw}", "Accept": "application/json"},
    )  # fmt: skip
    assert broken.status_code == 400
