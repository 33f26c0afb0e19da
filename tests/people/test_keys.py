from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from huying.access.permissions import Permission as P
from huying.access.roles import Role
from huying.kernel.errors import Denied, Invalid, NotFound
from huying.people import actions, queries
from huying.people.models import ApiKey
from tests.people.cast import DISTRICT, NOW, SYSTEM, actor, make_cast

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def _key(**given: object) -> tuple[int, str]:
    return actions.create_key(SYSTEM, "市热线平台", Role.SEAT, "990101", NOW, **given)  # type: ignore[arg-type]


def test_a_key_acts_in_its_role_narrowed_to_its_scopes() -> None:
    key_id, raw = _key(scopes=[P.APPEAL_RECEIVE])
    found = queries.actor_of_key(raw, NOW)
    assert found is not None
    assert (found.key_id, found.district, found.account_id) == (key_id, DISTRICT, None)
    assert found.may(P.APPEAL_RECEIVE)
    assert not found.may(P.CASE_FILE)
    whole = queries.actor_of_key(_key()[1], NOW)
    assert whole is not None
    assert whole.may(P.CASE_FILE)


def test_a_scope_the_role_does_not_have_is_refused() -> None:
    with pytest.raises(Invalid):
        _key(scopes=[P.ACCOUNT_EDIT])


def test_the_key_itself_is_kept_nowhere() -> None:
    key_id, raw = _key()
    row = ApiKey.objects.filter(pk=key_id).values().get()
    assert raw not in str(row)
    assert raw.split("_", 2)[2] not in str(row)


@pytest.mark.parametrize(
    "change", [lambda raw: raw[:-1] + "!", lambda raw: raw.upper(), lambda raw: "", str.strip]
)
def test_a_key_must_match_to_the_letter(change: object) -> None:
    _, raw = _key()
    shown = change(raw)  # type: ignore[operator]
    assert (queries.actor_of_key(shown, NOW) is not None) == (shown == raw)


def test_a_key_expires_to_the_second_also_when_remembered() -> None:
    _, raw = _key(expires_at=NOW + timedelta(seconds=10))
    assert queries.actor_of_key(raw, NOW + timedelta(seconds=9))
    assert queries.actor_of_key(raw, NOW + timedelta(seconds=10)) is None


def test_a_known_key_is_asked_of_the_database_once_in_thirty_seconds(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    _, raw = _key()
    for seconds, asked in ((0, 1), (29, 0), (30, 1)):
        with django_assert_num_queries(asked):
            assert queries.actor_of_key(raw, NOW + timedelta(seconds=seconds))


def test_a_revoked_key_is_turned_away_at_once_and_cannot_be_revoked_twice() -> None:
    cast = make_cast()
    key_id, raw = _key()
    assert queries.actor_of_key(raw, NOW)
    actions.revoke_key(actor(cast.wang), key_id, NOW)
    assert queries.actor_of_key(raw, NOW) is None
    with pytest.raises(NotFound):
        actions.revoke_key(actor(cast.wang), key_id, NOW)


def test_use_is_remembered_to_the_minute() -> None:
    key_id, _ = _key()
    for seconds in (0, 30, 61):
        actions.mark_key_used(key_id, NOW + timedelta(seconds=seconds))
    (info,) = queries.keys_for(SYSTEM)
    assert info.last_used_at == NOW + timedelta(seconds=61)


def test_only_administrators_make_and_see_keys() -> None:
    cast = make_cast()
    with pytest.raises(Denied):
        actions.create_key(actor(cast.sun), "x", Role.SEAT, "990101", NOW)
    with pytest.raises(Denied):
        queries.keys_for(actor(cast.sun))
