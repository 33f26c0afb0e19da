"""The pages of the policy laboratory in a real browser: at a desk and on a phone, without barriers, nothing too wide."""

from typing import Any

import pytest
from django.test import Client

from huying.access.actor import system
from huying.access.roles import Role
from huying.kernel import clock
from huying.lab.queries import KIND
from huying.longwork.models import LongWork
from huying.longwork.rules.states import WorkState
from huying.people import actions
from huying.people.actions import NewPost
from tests.browser.conftest import DESK, PASSWORD, PHONE, Site
from tests.cast import DISTRICT
from tests.people.cast import enter

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.slow]


def outcome(urban: int, water: int) -> dict[str, Any]:
    """What a run tells of two bodies: one is foretold, the other is too far off."""
    real = {"mean": 18.2, "median": 15.1, "tenth": 40.3, "late": 0.11}
    rows = [
        {
            "body": body,
            "stage": stage,
            "clocks": 214,
            "late": 23,
            "other": other,
            "low": low,
            "high": low + 5.1,
        }
        for body in (urban, water)
        for stage, other, low in (("sign", 23, 0.0), ("handle", 41, 5.9))
    ]
    band = {"mean": [21.0, 26.4, 33.9], "tenth": [47.2, 61.0, 88.5], "late": [0.13, 0.21, 0.34]}
    return {
        "rows": 856,
        "models": [
            {"body": urban, "jobs": 214, "may": True, "error": 0.083, "servers": 6, "real": real, "told": real},
            {"body": water, "jobs": 61, "may": False, "error": 0.412, "servers": 2, "real": real, "told": real},
        ],
        "scenarios": [
            {"name": "处置时限缩短两成", "limits": rows, "staff": []},
            {"name": "人手减两成", "limits": [{**row, "other": row["late"], "low": 0.0, "high": 0.0} for row in rows],
             "staff": [{"body": urban, "servers": 5, "before": 6, **band}]},
        ],
    }  # fmt: skip


@pytest.fixture(scope="module")
def stocked(site: Site, django_db_blocker: Any) -> tuple[str, int]:
    """A supervisor's session, and a run that is done."""
    with django_db_blocker.unblock():
        by, now = system(DISTRICT), clock.now()
        account = actions.create_account(
            by, "duban", "督办员", [NewPost(Role.SUPERVISOR, str(DISTRICT))], now, password=PASSWORD,
            must_change_password=False,
        )  # fmt: skip
        names = ("处置时限缩短两成", "人手减两成")
        scenarios = [{"name": name, "shares": {"handle": 80}, "staff": 80, "body": None} for name in names]
        run = LongWork.objects.create(
            district=DISTRICT, account_id=account, kind=KIND, name="政策实验", about="2026-02", grants=[],
            language="zh-hans", params={"month": "2026-02-01", "scenarios": scenarios}, once="lab",
            state=WorkState.DONE.value, asked_at=now, ended_at=now,
            outcome=outcome(site.cast.urban, site.cast.water),
        )  # fmt: skip
        client = Client()
        enter(client, account)
        return client.cookies["sessionid"].value, int(run.pk)


@pytest.mark.parametrize(("size", "name"), [(DESK, "desk"), (PHONE, "phone")])
def test_no_page_has_a_barrier_or_is_too_wide(
    stocked: tuple[str, int], site: Site, window: Any, size: tuple[int, int], name: str
) -> None:
    session, number = stocked
    view = window(size)
    view.page.context.add_cookies([{"name": "sessionid", "value": session, "url": site.url}])
    for title, path in {"form": "/lab/", "one": f"/lab/{number}"}.items():
        view.go(path)
        assert view.barriers() == [], path
        assert view.overflow() <= 0, path
        assert view.faults == [], path
        view.keep_picture(f"lab-{title}-{name}")
