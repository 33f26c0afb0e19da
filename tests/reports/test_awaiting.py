"""待签发: whoever may sign hears of a report once, is reminded once when it is late, and no more when it is signed."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huying.access.roles import Role
from huying.cases.queries.settings.calendars import calendar_of
from huying.notices.actions.choosing import NewChoices, choose
from huying.notices.models import Notice
from huying.notices.rules.kinds import Way
from huying.notices.rules.times import Quiet
from huying.people.actions import NewPost, create_account
from huying.people.models import Account
from huying.people.queries import actor_of
from huying.reports.actions import put_words, remind_late, set_time, sign, write_anew, write_due
from huying.reports.models import Awaiting, Report
from huying.reports.queries import reports_for, times_of, to_sign_for
from huying.reports.rules.kinds import ReportKind
from huying.reports.rules.schedule import Times, sign_by
from huying.texts.rules.occasions import Occasion
from huying.worktime import mainland
from tests.cast import DISTRICT, MONDAY, OTHER_STREET, STREET, Cast
from tests.reports.conftest import NOW, counted, live

pytestmark = [pytest.mark.django_db, pytest.mark.database]
AREA = str(DISTRICT)
SUNDAY = date(2026, 3, 8)
TOLD = (Occasion.TO_SIGN, Occasion.SIGN_LATE)


def hire(cast: Cast, login: str, role: Role, area: str) -> int:
    post = NewPost(role, area, None)
    return create_account(cast.system, login, f"{login}某", [post], MONDAY - timedelta(days=9))


@pytest.fixture
def leaders(cast: Cast) -> dict[str, int]:
    """The accounts of those who sign, and of two who read."""
    live(cast, MONDAY)
    counted()
    return {
        "street": hire(cast, "leader", Role.STREET_LEADER, STREET),
        "second": hire(cast, "second", Role.STREET_LEADER, STREET),
        "other": hire(cast, "other", Role.STREET_LEADER, OTHER_STREET),
        "district": hire(cast, "super", Role.SUPERVISOR, AREA),
        "reader": hire(cast, "reader", Role.STREET_DISPATCHER, STREET),
    }


def every(now: datetime = NOW) -> None:
    while write_due(DISTRICT, now):
        pass


def told(account: int, occasion: Occasion) -> list[str]:
    rows = Notice.objects.filter(account_id=account, occasion=occasion.value, way=Way.PAGE.value)
    return list(rows.order_by("id").values_list("title", flat=True))


def of_street() -> Report:
    return Report.objects.filter(area=STREET, kind="week").latest("first", "number")


def test_whoever_may_sign_the_very_area_hears_of_each_report_once(leaders: dict[str, int]) -> None:
    every()
    every(NOW + timedelta(minutes=5))
    mine = Report.objects.filter(area=STREET).count()
    assert (
        len(told(leaders["street"], Occasion.TO_SIGN))
        == len(told(leaders["second"], Occasion.TO_SIGN))
        == mine
    )
    assert len(told(leaders["district"], Occasion.TO_SIGN)) == Report.objects.filter(area=AREA).count()
    assert told(leaders["reader"], Occasion.TO_SIGN) == []
    one = Notice.objects.filter(account_id=leaders["street"], link=f"/reports/{of_street().pk}").get()
    assert "报告待签发：青石街道民生诉求办理周评价" in one.title
    assert "前签发" in one.text


def test_it_is_late_after_the_districts_limit_and_reminded_of_once(
    cast: Cast, leaders: dict[str, int]
) -> None:
    set_time(cast.administrator, ReportKind.WEEK, Times(time(5, 30), sign_within=0), NOW)
    assert times_of(DISTRICT)[ReportKind.WEEK].sign_within == 0
    every()
    assert remind_late(DISTRICT, NOW) == 0
    evening = NOW.replace(hour=16)
    assert remind_late(DISTRICT, evening) == Report.objects.filter(kind="week").count()
    assert remind_late(DISTRICT, evening + timedelta(minutes=1)) == 0
    assert (
        len(told(leaders["street"], Occasion.SIGN_LATE))
        == Report.objects.filter(kind="week", area=STREET).count()
    )
    assert remind_late(DISTRICT, NOW + timedelta(days=9)) == Report.objects.exclude(kind="week").count()


def test_signed_nobody_is_told_of_it_any_more(leaders: dict[str, int]) -> None:
    account = leaders["second"]
    ways = {occasion: (Way.PAGE, Way.MAIL) for occasion in TOLD}
    choices = NewChoices(ways, Quiet(time(0), time(0)), 18, "second@example.cn", "")
    choose(actor_of(Account.objects.get(pk=account), NOW), choices, NOW)
    every()
    report = of_street()
    own = Notice.objects.filter(once__startswith=f"report:{report.pk}:")
    assert set(own.filter(way="mail").values_list("state", flat=True)) == {"gathering"}
    sign(actor_of(Account.objects.get(pk=leaders["street"]), NOW), report.pk, NOW)
    assert set(own.filter(way="mail").values_list("state", flat=True)) == {"dropped"}
    assert not own.filter(way="page", read_at=None).exists()
    waited = Awaiting.objects.filter(area=STREET, kind="week", first=report.first)
    assert not waited.exists()
    before = own.count()
    remind_late(DISTRICT, NOW + timedelta(days=20))
    assert own.count() == before


def test_a_further_version_is_not_told_again_until_one_was_signed(
    cast: Cast, leaders: dict[str, int]
) -> None:
    every()
    report = of_street()
    few = len(told(leaders["street"], Occasion.TO_SIGN))
    write_anew(cast.dispatcher, ReportKind.WEEK, STREET, report.first, NOW)
    newest = of_street()
    put_words(cast.dispatcher, newest.pk, [], "zh-hans", NOW)
    assert len(told(leaders["street"], Occasion.TO_SIGN)) == few
    signer = actor_of(Account.objects.get(pk=leaders["street"]), NOW)
    waiting = to_sign_for(signer)
    sign(signer, of_street().pk, NOW)
    assert to_sign_for(signer) == waiting - 1
    # Whoever writes it anew after that knows of it; the other who may sign hears.
    write_anew(signer, ReportKind.WEEK, STREET, report.first, NOW)
    assert len(told(leaders["street"], Occasion.TO_SIGN)) == few
    assert len(told(leaders["second"], Occasion.TO_SIGN)) == few + 1


def test_the_list_says_until_when_and_who_signs_none_is_asked_nothing(
    cast: Cast, leaders: dict[str, int]
) -> None:
    every()
    lines, _next = reports_for(cast.leader, kind=ReportKind.WEEK)
    assert [line.sign_by is not None for line in lines] == [line.newest for line in lines]
    with CaptureQueriesContext(connection) as queries:
        assert to_sign_for(cast.evaluator) == 0
    assert len(queries) == 0
    waiting = Report.objects.filter(area=STREET).count()
    with CaptureQueriesContext(connection) as queries:
        assert to_sign_for(cast.leader) == waiting
    assert len(queries) == 1


def test_the_limit_counts_working_days() -> None:
    calendar = mainland()
    friday = datetime(2026, 3, 13, 5, 30, tzinfo=calendar.zone)
    assert sign_by(friday, 0, calendar) == datetime(2026, 3, 13, 23, 59, tzinfo=calendar.zone)
    assert sign_by(friday, 2, calendar) == datetime(2026, 3, 17, 23, 59, tzinfo=calendar.zone)
    # 清明 2026: 4 to 6 April.
    assert sign_by(datetime(2026, 4, 3, 6, tzinfo=calendar.zone), 1, calendar).day == 7
    assert calendar_of(DISTRICT).zone == calendar.zone
