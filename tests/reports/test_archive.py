"""The archive: once a period whoever comes how often and how late, never written over, signed by who may."""

import threading
from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from huying.access.roles import Role
from huying.annals.models import Change
from huying.cases.models import Cursor
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound, StaleVersion
from huying.reports.actions import Worded, put_words, set_limits, set_time, sign, write_anew, write_due
from huying.reports.models import Report, Signing
from huying.reports.queries import areas_for, report_for, reports_for, times_of
from huying.reports.rules.doc import plain
from huying.reports.rules.health import Indicator, Limits
from huying.reports.rules.kinds import Origin, ReportKind
from huying.reports.rules.schedule import CAUGHT_UP, Times
from huying.reports.tasks import Writing, write_reports
from tests.cast import DISTRICT, MONDAY, OTHER_STREET, STREET, Cast, actor
from tests.reports.conftest import NOW, counted, live

AREA = str(DISTRICT)
SUNDAY = date(2026, 3, 8)


def every(cast: Cast) -> list[Report]:
    """Write all that is due."""
    while write_due(DISTRICT, NOW):
        pass
    return list(Report.objects.order_by("id"))


def words_of(report: Report, language: str = "zh-hans") -> str:
    return "\n".join(plain(block["p"]) for block in report.text[language]["blocks"] if "p" in block)


def test_where_nothing_was_ever_counted_nothing_is_reported(cast: Cast) -> None:
    assert write_due(DISTRICT, NOW) == 0


def test_each_period_is_reported_once_for_the_district_and_each_street(cast: Cast) -> None:
    live(cast, MONDAY)
    counted()
    made = every(cast)
    kinds = [(one.kind, one.first) for one in made if one.area == AREA]
    # Of the months before the first matter there is nothing to say.
    assert len(kinds) == len(set(kinds)) == CAUGHT_UP[ReportKind.DAY] + CAUGHT_UP[ReportKind.WEEK]
    assert write_due(DISTRICT, NOW + timedelta(minutes=5)) == 0
    assert {one.origin for one in made} == {Origin.CLOCK.value}
    # The first one looks back at nothing, the second at the first.
    weeks = [one for one in made if one.kind == "week" and one.area == AREA]
    assert "这是第一期" in words_of(weeks[0])
    assert "这是第一期" not in words_of(weeks[1])


def test_a_worker_that_comes_days_late_writes_what_was_missed_in_order(cast: Cast) -> None:
    live(cast, MONDAY)
    counted()
    every(cast)
    later = NOW + timedelta(days=2)
    while write_due(DISTRICT, later):
        pass
    days = Report.objects.filter(kind="day", area=AREA).order_by("id").values_list("first", flat=True)
    assert list(days) == [date(2026, 3, 14) + timedelta(days=n) for n in range(5)]


def test_a_worker_killed_in_the_middle_leaves_nothing_half_written(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    live(cast, MONDAY)
    counted()

    def killed(*_given: object, **_named: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Report.objects, "create", killed)
        with pytest.raises(KeyboardInterrupt):
            write_due(DISTRICT, NOW)
    assert not Report.objects.exists()
    assert write_due(DISTRICT, NOW) == 1


def test_no_report_before_the_figures_have_counted_the_day(cast: Cast) -> None:
    live(cast, MONDAY)
    counted()
    Cursor.objects.create(district=DISTRICT, handler="figures", position=0, case_id=0, seq=0, moved_at=NOW)
    assert write_reports(NOW) == 0
    Cursor.objects.update(position=2**60)
    assert write_reports(NOW) == 1


def test_the_worker_looks_once_a_minute_and_goes_on_while_there_is_more(cast: Cast) -> None:
    live(cast, MONDAY)
    counted()
    writing, looked = Writing(), 0
    while writing.look(NOW):
        looked += 1
    assert looked == Report.objects.count() > 1
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert writing.look(NOW + timedelta(seconds=30)) == 0
    assert len(queries) == 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_write_a_report_once(transactional_db: None) -> None:
    from tests.cast import gather

    cast = gather()
    live(cast, MONDAY)
    counted()
    starting, made = threading.Barrier(2), []

    def work() -> None:
        starting.wait()
        made.append(write_due(DISTRICT, NOW, most=4))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(made) == Report.objects.count()
    keys = list(Report.objects.values_list("area", "kind", "first", "number"))
    assert len(keys) == len(set(keys))
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE reports_awaiting, reports_signing, reports_reportfile, reports_report")


def test_what_is_archived_cannot_be_altered_or_removed(cast: Cast) -> None:
    live(cast, MONDAY)
    counted()
    write_due(DISTRICT, NOW)
    one = Report.objects.get()
    for act in (lambda: Report.objects.filter(pk=one.pk).update(unit="别处"), one.delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_the_numbers_are_those_of_the_period_and_place(cast: Cast) -> None:
    live(cast, MONDAY, spot=None)
    live(cast, MONDAY + timedelta(days=1), area=f"{OTHER_STREET}001001", channel="hotline", spot=None)
    live(cast, MONDAY + timedelta(days=7), spot=None)
    counted()
    number = write_anew(cast.evaluator, ReportKind.WEEK, AREA, SUNDAY, NOW)
    told = {one.code: one.value for one in report_for(cast.evaluator, number).numbers}
    assert (told["received"], told["closed"], told["valid"], told["handle_late"]) == (2, 2, 2, 0)
    own = write_anew(cast.evaluator, ReportKind.WEEK, STREET, SUNDAY, NOW)
    assert {one.code: one.value for one in report_for(cast.evaluator, own).numbers}["received"] == 1
    text = words_of(Report.objects.get(pk=number))
    assert "本周受理诉求 2 件。上周没有完整数据，不作比较。" in text
    assert "按来源：热线 1 件、居民网页 1 件。" in text
    assert "Matters received this week: 2." in words_of(Report.objects.get(pk=number), "en")


def test_the_same_at_one_place_after_it_was_closed_is_told_and_before_is_not(cast: Cast) -> None:
    first = live(cast, MONDAY)
    live(cast, MONDAY + timedelta(minutes=5))
    again = live(cast, MONDAY + timedelta(days=8))
    live(cast, MONDAY + timedelta(days=8), item="020202")
    live(cast, MONDAY + timedelta(days=8), spot=(114.32, 22.71))
    counted()
    now = NOW + timedelta(days=7)
    number = write_anew(cast.evaluator, ReportKind.WEEK, AREA, date(2026, 3, 15), now)
    found = {one.code: one for one in report_for(cast.evaluator, number).numbers}["again"]
    assert found.value == 1
    assert found.to == {"of": "cases", "ids": str(again)}
    assert first != again


def test_a_report_of_days_that_are_not_over_is_refused(cast: Cast) -> None:
    with pytest.raises(Conflict):
        write_anew(cast.evaluator, ReportKind.MONTH, AREA, date(2026, 3, 10), NOW)
    with pytest.raises(Invalid):
        write_anew(cast.evaluator, ReportKind.DAY, f"{AREA}777", SUNDAY, NOW)


def test_written_anew_it_stands_beside_the_former_version(cast: Cast) -> None:
    live(cast, MONDAY)
    counted()
    one = write_anew(cast.evaluator, ReportKind.WEEK, AREA, SUNDAY, NOW)
    other = write_anew(cast.evaluator, ReportKind.WEEK, AREA, SUNDAY, NOW)
    lines, _ = reports_for(cast.evaluator)
    assert [(line.id, line.number, line.newest, line.origin) for line in lines] == [
        (other, 2, True, Origin.ANEW),
        (one, 1, False, Origin.ANEW),
    ]
    assert lines[0].made_by == "冯静"


def test_who_may_see_and_write_reports_within_their_posts_alone(cast: Cast) -> None:
    live(cast, MONDAY)
    counted()
    whole = write_anew(cast.evaluator, ReportKind.WEEK, AREA, SUNDAY, NOW)
    own = write_anew(cast.dispatcher, ReportKind.WEEK, STREET, SUNDAY, NOW)
    assert [line.id for line in reports_for(cast.leader)[0]] == [own]
    assert {line.id for line in reports_for(cast.supervisor)[0]} == {whole, own}
    assert next(code for code, _ in areas_for(cast.evaluator)) == AREA
    with pytest.raises(NotFound):
        report_for(cast.leader, whole)
    with pytest.raises(NotFound):
        report_for(cast.other_dispatcher, own)
    with pytest.raises(NotFound):
        report_for(cast.stranger_in(990102), whole)
    with pytest.raises(NotFound):
        write_anew(cast.dispatcher, ReportKind.WEEK, AREA, SUNDAY, NOW)
    with pytest.raises(Denied):
        write_anew(cast.auditor, ReportKind.WEEK, AREA, SUNDAY, NOW)
    for stranger in (cast.handler, cast.seat, cast.grid_worker):
        assert reports_for(stranger)[0] == []
        with pytest.raises(NotFound):
            report_for(stranger, whole)


def test_a_street_leader_signs_for_the_street_and_the_district_for_itself(cast: Cast) -> None:
    live(cast, MONDAY)
    counted()
    whole = write_anew(cast.evaluator, ReportKind.WEEK, AREA, SUNDAY, NOW)
    own = write_anew(cast.dispatcher, ReportKind.WEEK, STREET, SUNDAY, NOW)
    for by, number in ((cast.dispatcher, own), (cast.supervisor, own), (cast.evaluator, whole)):
        with pytest.raises(Denied):
            sign(by, number, NOW)
    with pytest.raises(NotFound):
        sign(cast.leader, whole, NOW)
    assert not Signing.objects.exists()
    sign(cast.leader, own, NOW)
    sign(cast.leader, own, NOW + timedelta(hours=1))
    sign(cast.supervisor, whole, NOW)
    line = report_for(cast.leader, own).line
    assert (line.signed_by, line.signed_at) == ("刘卫东", NOW)
    assert Signing.objects.get(report_id=whole).post == Role.SUPERVISOR.value
    second = actor("另一位领导", 206, Role.STREET_LEADER, STREET)
    with pytest.raises(Conflict):
        sign(second, own, NOW)


def test_an_older_version_is_not_signed(cast: Cast) -> None:
    live(cast, MONDAY)
    counted()
    old = write_anew(cast.leader, ReportKind.WEEK, STREET, SUNDAY, NOW)
    write_anew(cast.leader, ReportKind.WEEK, STREET, SUNDAY, NOW)
    with pytest.raises(Conflict):
        sign(cast.leader, old, NOW)


def test_measures_in_other_words_make_a_further_version_until_it_is_signed(cast: Cast) -> None:
    live(cast, MONDAY, word="unsatisfied")
    counted()
    number = write_anew(cast.leader, ReportKind.WEEK, STREET, SUNDAY, NOW)
    before = report_for(cast.leader, number)
    assert [one["who"] for one in before.measures] == ["青石街道办事处"]
    assert before.measures[0]["aim"]["was"] == 1
    said = Worded("春风社区", "上门\x00解释", date(2026, 3, 20), of=0)
    added = Worded("物业", "装排水泵", date(2026, 3, 25))
    made = put_words(cast.leader, number, [said, added], "zh-hans", NOW)
    after = report_for(cast.leader, made)
    assert after.line.number == 2
    assert after.text == before.text
    assert [(one["who"], one["what"]["zh-hans"], one["by"]) for one in after.measures] == [
        ("春风社区", "上门解释", "2026-03-20"),
        ("物业", "装排水泵", "2026-03-25"),
    ]
    # What it aimed at stays with it; what nobody translated stands there as typed.
    assert after.measures[0]["aim"] == before.measures[0]["aim"]
    assert after.measures[1]["aim"] is None
    assert after.measures[0]["what"]["en"] == "上门解释"
    assert report_for(cast.leader, number).measures == before.measures
    with pytest.raises(StaleVersion):
        put_words(cast.leader, number, [said], "zh-hans", NOW)
    with pytest.raises(Invalid) as wrong:
        put_words(cast.leader, made, [Worded("", "x" * 301, None)], "zh-hans", NOW)
    assert set(wrong.value.fields) == {"who-0", "what-0", "by-0"}
    with pytest.raises(Denied):
        put_words(cast.auditor, made, [said], "zh-hans", NOW)
    same = [Worded(one["who"], one["what"]["zh-hans"], date.fromisoformat(one["by"]), of=place)
            for place, one in enumerate(after.measures)]  # fmt: skip
    assert put_words(cast.leader, made, same, "zh-hans", NOW) == made
    sign(cast.leader, made, NOW)
    with pytest.raises(Conflict):
        put_words(cast.leader, made, [said], "zh-hans", NOW)


def test_the_next_report_says_what_came_of_the_measures(cast: Cast) -> None:
    for n in range(12):
        live(cast, MONDAY + timedelta(minutes=n), word="unsatisfied", spot=None)
    live(cast, MONDAY + timedelta(days=8), spot=None)
    counted()
    write_anew(cast.leader, ReportKind.WEEK, STREET, SUNDAY, NOW)
    number = write_anew(cast.leader, ReportKind.WEEK, STREET, date(2026, 3, 15), NOW)
    text = words_of(Report.objects.get(pk=number))
    assert "上期提出措施 1 条，所针对的数字：已下降 1 条。" in text


def test_times_and_limits_are_the_districts_own_and_written_down(cast: Cast) -> None:
    set_time(cast.administrator, ReportKind.WEEK, Times(time(9), 2), NOW)
    set_time(cast.administrator, ReportKind.WEEK, Times(time(9), 2), NOW)
    assert times_of(DISTRICT)[ReportKind.WEEK] == Times(time(9), 2)
    assert times_of(990102)[ReportKind.WEEK] != Times(time(9), 2)
    set_limits(cast.administrator, Indicator.LATE, Limits(high=None), NOW)
    assert [change.about for change in Change.objects.filter(subject="report")] == ["time/week"]
    with pytest.raises(Denied):
        set_time(cast.supervisor, ReportKind.DAY, Times(time(9)), NOW)
    with pytest.raises(Invalid):
        set_time(cast.administrator, ReportKind.DAY, Times(time(9), 2), NOW)


def test_what_a_report_costs_does_not_grow_with_the_cases(cast: Cast) -> None:
    live(cast, MONDAY)
    counted()

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            write_anew(cast.evaluator, ReportKind.WEEK, AREA, SUNDAY, NOW)
        return len(queries)

    cost()
    few = cost()
    for n in range(6):
        live(cast, MONDAY + timedelta(minutes=n), item=f"0{n}0101")
    # What is held of areas and units is looked at again each second.
    assert cost() <= few + 4 < 45
