"""The auditor's pages of changes and sign-ins, the calendar, formulas, and one person's rescue."""

from datetime import date, timedelta

import pytest
from django.test import Client

from huying.access.roles import Role
from huying.cases.lifecycle import ClockKind
from huying.cases.queries.settings.timing import forget_timing, timing_of
from huying.figures.models import FormulaVersion
from huying.kernel import clock
from huying.people.models import Account, SignIn
from tests.cast import DISTRICT, Cast
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]
HOME = "/admin/settings"


@pytest.fixture
def admin(cast: Cast) -> Client:
    return desk(Role.ADMINISTRATOR)


def test_the_auditor_reads_who_changed_what_and_nobody_else_does(admin: Client) -> None:
    admin.post(f"{HOME}/limit", {"kind": "accept", "limit": "1工作时"})
    auditor = desk(Role.AUDITOR)
    text = auditor.get("/admin/audit/changes?subject=limit").content.decode()
    assert "<del>4工作时</del>" in text
    assert "<ins>1工作时</ins>" in text
    english = auditor.get(
        "/admin/audit/changes?subject=limit", headers={"accept-language": "en"}
    ).content.decode()
    assert ("4 working hours" in english) or ("4工作时" in english)
    assert "没有这样的记录" in auditor.get("/admin/audit/changes?q=没有这个人").content.decode()
    assert "1工作时" in auditor.get("/export/changes?format=csv&subject=limit").content.decode()
    assert admin.get("/admin/audit/changes").status_code == 403
    assert admin.get("/admin/audit/sign-ins").status_code == 403
    assert auditor.get("/admin/audit/sign-ins?outcome=ok").status_code == 200


def test_a_limit_of_a_later_day_waits_for_it_and_is_announced(admin: Client) -> None:
    later = (clock.now() + timedelta(days=3)).date()
    admin.post(f"{HOME}/limit", {"kind": "accept", "limit": "1工作时", "since": later.isoformat()})
    forget_timing()
    assert ClockKind.ACCEPT not in timing_of(DISTRICT).limits
    rows = admin.get(HOME).context["limits"]
    assert [row["coming"][0] for row in rows if row["coming"]] == ["1工作时"]
    admin.post(f"{HOME}/hours", {"sessions": "09:00-12:00", "since": later.isoformat()})
    forget_timing()
    assert len(timing_of(DISTRICT).calendar.sessions) == 2


def test_a_refusal_keeps_what_was_typed_beside_what_is_wrong(admin: Client) -> None:
    told = admin.post(f"{HOME}/limit", {"kind": "accept", "limit": "三光年"})
    assert told.status_code == 400
    text = told.content.decode()
    assert 'value="三光年"' in text
    assert text.count('role="alert"') == 1
    told = admin.post(f"{HOME}/calendar/day", {"day": "2026-03-03", "kind": "holiday", "name": ""})
    assert 'value="2026-03-03"' in told.content.decode()
    assert "请写明是什么日子" in told.content.decode()


def test_a_whole_year_is_entered_and_counts_as_known(admin: Client) -> None:
    page = f"{HOME}/calendar?year=2027"
    assert "还没有录入" in admin.get(page).content.decode()
    notice = "春节 放假 2027-02-05 2027-02-11\n春节 上班 2027-02-20"
    told = admin.post(f"{HOME}/calendar/year", {"year": "2027", "notice": f"{notice}\n看不懂"})
    assert told.status_code == 400
    assert "第 3 行看不懂" in told.content.decode()
    assert notice in told.content.decode()
    admin.post(f"{HOME}/calendar/year", {"year": "2027", "notice": notice})
    calendar = timing_of(DISTRICT).calendar
    assert calendar.is_working(date(2027, 2, 20))
    assert not calendar.is_working(date(2027, 2, 11))
    assert 2027 not in calendar.provisional
    text = admin.get(page).content.decode()
    assert "还没有录入" not in text
    assert admin.get(f"{HOME}/calendar?year=2029").context["year"].covered is False


def test_a_formula_is_tried_on_last_month_and_then_written(admin: Client) -> None:
    said = {
        "code": "score", "zh": "综合得分", "en": "Score", "numerator": "100 × 已解决", "denominator": "有效回访",
        "unit": "points", "better": "1", "valid_from": "2026-12-01",
    }  # fmt: skip
    tried = admin.post(f"{HOME}/formulas/score", {**said, "do": "try"})
    assert tried.context["trial"]["reckoned"] == "100 × 已解决 ÷ 有效回访"
    assert not FormulaVersion.objects.exists()
    wrong = admin.post(f"{HOME}/formulas/score", {**said, "numerator": "100 × 没有的", "do": "save"})
    assert wrong.status_code == 400
    assert "100 × 没有的" in wrong.content.decode()
    for _twice in range(2):
        admin.post(f"{HOME}/formulas/score", {**said, "do": "save"})
    row = FormulaVersion.objects.get()
    assert (row.version, row.numerator, row.denominator) == (1, "100 * solved", "valid")
    assert "第 1 版" in admin.get(f"{HOME}/formulas/score").content.decode()
    changes = admin.get(f"{HOME}/formulas").context["changes"]
    assert "100 * solved" in [part.after for part in changes[0].parts]


def test_a_lock_is_opened_a_name_changed_and_the_last_administrator_kept(admin: Client) -> None:
    desk(Role.SEAT)
    account = Account.objects.exclude(pk=int(admin.session["_auth_user_id"])).latest("pk")
    page, now = f"/admin/accounts/{account.pk}", clock.now()
    for _try in range(5):
        SignIn.objects.create(
            login=account.login, account=account, at=now, address="", outcome="wrong_password"
        )
    assert admin.get(page).context["locked"]
    admin.post(f"{page}/step", {"do": "unlock"})
    assert admin.get(page).context["locked"] is None
    admin.post(f"{page}/name", {"name": "换了名", "phone": "13800138000"})
    assert "换了名" in admin.get(page).content.decode()
    assert "138****8000" in admin.get(page).content.decode()
    mine = f"/admin/accounts/{admin.session['_auth_user_id']}"
    post = admin.get(mine).context["posts"][0][0].id
    told = admin.post(f"{mine}/step", {"do": "end", "post": post}, follow=True)
    assert "只剩这一个" in told.content.decode()
    assert [one.login for one, _posts in admin.get("/admin/accounts?role=seat").context["rows"]] == [
        account.login
    ]
    bodies = admin.get("/admin/bodies?kind=department").context["rows"]
    assert bodies
    assert all(one.kind == "department" for one, _area in bodies)
