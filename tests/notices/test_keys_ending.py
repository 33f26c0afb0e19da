"""Who may issue keys hears in time that an outside system's ends: two weeks before, the day before, once each."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.access.roles import Role
from huying.notices.models import Notice
from huying.notices.rules.ending import bell
from huying.notices.tasks.ending import tell_ending_keys
from huying.people.actions import NewPost, create_account, create_key, revoke_key
from huying.people.models import ApiKey
from tests.cast import DISTRICT, MONDAY, Cast, gather

DAY = timedelta(days=1)
END = MONDAY + 90 * DAY


@pytest.mark.parametrize(
    ("before", "told"),
    [
        (15 * DAY, None),
        (14 * DAY, 14),
        (2 * DAY, 14),
        (DAY, 1),
        (timedelta(seconds=1), 1),
        (timedelta(0), None),
    ],
)
def test_the_bell_that_rang_last(before: timedelta, told: int | None) -> None:
    assert bell(MONDAY, END, END - before) == told


@given(st.integers(0, 60 * 24 * 60), st.integers(0, 60 * 24 * 60))
def test_no_bell_rings_before_the_key_was_there(life: int, lived: int) -> None:
    ends, now = MONDAY + timedelta(minutes=life), MONDAY + timedelta(minutes=lived)
    days = bell(MONDAY, ends, now)
    assert days is None or MONDAY <= ends - days * DAY <= now < ends


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


def _key(cast: Cast, name: str, ends: datetime | None) -> int:
    return create_key(cast.system, name, Role.SEAT, str(DISTRICT), MONDAY, expires_at=ends)[0]


def _account(cast: Cast, login: str, role: Role) -> int:
    return create_account(cast.system, login, login, [NewPost(role, str(DISTRICT))], MONDAY)


def _told(account: int) -> list[str]:
    rows = Notice.objects.filter(account_id=account, way="page").order_by("made_at", "id")
    return [row.title for row in rows]


def test_each_bell_rings_once_for_who_may_issue_keys(cast: Cast) -> None:
    keeper, other = (
        _account(cast, "guan", Role.ADMINISTRATOR),
        _account(cast, "fen", Role.DISTRICT_DISPATCHER),
    )
    hotline = _key(cast, "市热线平台", END)
    _key(cast, "长期系统", None)
    revoke_key(cast.system, _key(cast, "停用的系统", END), MONDAY)
    for before, count in ((20, 0), (14, 1), (13, 1), (1, 2), (0.5, 2)):
        tell_ending_keys(DISTRICT, END - before * DAY)
        assert len(_told(keeper)) == count, before
    assert set(_told(keeper)) == {"接口密钥快到期：市热线平台"}
    assert _told(other) == []
    notice = Notice.objects.filter(account_id=keeper).first()
    assert notice is not None
    assert notice.link.endswith("/admin/keys")
    # Another end is another thing to know.
    ApiKey.objects.filter(pk=hotline).update(expires_at=END + 30 * DAY)
    tell_ending_keys(DISTRICT, END + 20 * DAY)
    assert len(_told(keeper)) == 3
