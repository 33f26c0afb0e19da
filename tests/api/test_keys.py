"""Keys made, renewed, counted and ended through the interface; what was read is what is changed."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from huying.access.actor import system
from huying.access.roles import Role
from huying.annals.models import Change
from huying.kernel.clock import now
from huying.people.actions import renew_key
from huying.people.models import ApiKey, FormerSecret, KeptAnswer
from huying.people.queries import actor_of_key
from tests.api.conftest import Outside
from tests.cast import DISTRICT, STREET

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NEW = {
    "name": "视频平台",
    "role": "seat",
    "area": str(DISTRICT),
    "scopes": ["appeal:receive"],
    "per_minute": 600,
}


@pytest.fixture
def admin(outside: Callable[..., Outside]) -> Outside:
    return outside(Role.ADMINISTRATOR)


def _put(one: Outside, path: str, body: object, **headers: str):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return one._client.put(f"/api/v1/{path}", data=body, content_type="application/json", headers=named)


def test_a_key_is_made_shown_once_and_opens(admin: Outside) -> None:
    made = admin.post("keys", NEW, Idempotency_Key="key-000001")
    assert made.status_code == 201, made.content.decode()
    told = made.json()
    assert made.headers["Cache-Control"] == "no-store"
    assert actor_of_key(told["secret"], now())
    assert told["secret"] not in str(admin.get("keys").json())
    assert (told["key"]["per_minute"], told["key"]["scopes"]) == (600, ["appeal:receive"])
    assert not KeptAnswer.objects.exists()
    assert admin.post("keys", NEW).status_code == 409


def test_a_renewed_key_opens_beside_its_former_secret_for_the_days_given(admin: Outside) -> None:
    told = admin.post("keys", NEW).json()
    number, old = told["key"]["id"], told["secret"]
    renewed = admin.post(f"keys/{number}/renew", {"days": 3})
    new = renewed.json()["secret"]
    at = now()
    assert actor_of_key(old, at)
    assert actor_of_key(new, at)
    assert actor_of_key(old, at + timedelta(days=4)) is None
    assert actor_of_key(new, at + timedelta(days=4))
    assert admin.post(f"keys/{number}/renew", {"days": 3}).status_code == 409
    assert admin.post(f"keys/{number}/renew", {"days": 31}).status_code == 400
    assert old not in str(list(FormerSecret.objects.values()))
    assert admin.post(f"keys/{number}/end").status_code == 200
    assert actor_of_key(old, at) is None
    assert actor_of_key(new, at) is None


def test_without_days_the_former_secret_is_over_at_once(admin: Outside) -> None:
    told = admin.post("keys", NEW).json()
    raw = renew_key(system(DISTRICT), told["key"]["id"], 0, now())
    assert actor_of_key(told["secret"], now()) is None
    assert actor_of_key(raw, now())


def test_a_rate_is_changed_only_by_who_saw_how_it_stands(admin: Outside) -> None:
    number = admin.post("keys", NEW).json()["key"]["id"]
    seen = admin.get(f"keys/{number}").headers["ETag"]
    # The rate is read at its own key: the nearest address above that names one thing.
    assert _put(admin, f"keys/{number}/rate", {"per_minute": 700}, If_Match=seen).status_code == 200
    before = Change.objects.count()
    stale = _put(admin, f"keys/{number}/rate", {"per_minute": 800}, If_Match=seen)
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    assert _put(admin, f"keys/{number}/rate", {"per_minute": 0}).status_code == 400
    assert (ApiKey.objects.get(pk=number).per_minute, Change.objects.count()) == (700, before)


@pytest.mark.parametrize("role", [Role.SEAT, Role.DISTRICT_DISPATCHER, Role.AUDITOR])
def test_who_may_not_leaves_no_trace(admin: Outside, outside: Callable[..., Outside], role: Role) -> None:
    number = admin.post("keys", NEW).json()["key"]["id"]
    other, before = outside(role), (ApiKey.objects.count() + 1, Change.objects.count() + 1)
    told = [
        other.get("keys"), other.get(f"keys/{number}"), other.post("keys", NEW | {"name": "后门"}),
        other.post(f"keys/{number}/renew", {"days": 1}), other.post(f"keys/{number}/end"),
        _put(other, f"keys/{number}/rate", {"per_minute": 5}),
    ]  # fmt: skip
    assert {one.status_code for one in told} == {403}
    assert not FormerSecret.objects.exists()
    assert ApiKey.objects.get(pk=number).per_minute == 600
    assert (ApiKey.objects.count(), Change.objects.count()) == (before[0] - 1, before[1] - 1)


def test_a_key_of_a_street_does_not_look_after_keys(outside: Callable[..., Outside]) -> None:
    assert outside(Role.ADMINISTRATOR, STREET).get("keys").status_code == 403
