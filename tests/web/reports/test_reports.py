"""Reports and the health check as pages: who opens and does what, every number to its cases, both languages."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from huying.access.permissions import Permission as P
from huying.access.roles import ROLES, Role
from huying.annals.models import Change
from huying.kernel import clock
from huying.kernel.errors import Unavailable
from huying.people.actions import NewPost
from huying.people.models import Viewing
from huying.reports.actions import write_anew
from huying.reports.channels import files, fonts
from huying.reports.models import Report, ReportFile, ReportTime, Signing
from huying.reports.rules.kinds import Form, ReportKind
from tests.cast import DISTRICT, MONDAY, OTHER_STREET, STREET, Cast
from tests.reports.conftest import NOW, counted, live
from tests.teams.conftest import draw
from tests.web.desks import desk
from tests.web.numbers import walked

pytestmark = [pytest.mark.django_db, pytest.mark.database]
AREA = str(DISTRICT)
SUNDAY = date(2026, 3, 8)


@pytest.fixture
def written(cast: Cast) -> tuple[int, int]:
    """The ids of a week's report of the district and of a street; two matters came again, one caller is not content."""
    draw(cast)
    live(cast, MONDAY)
    live(cast, MONDAY + timedelta(days=1), word="unsatisfied")
    live(cast, MONDAY + timedelta(days=2), area=f"{OTHER_STREET}001001", channel="hotline", spot=None)
    live(cast, MONDAY + timedelta(days=2, hours=1))
    live(cast, MONDAY + timedelta(days=3), closed=False, spot=None, item="Y20202")
    counted()
    return (
        write_anew(cast.evaluator, ReportKind.WEEK, AREA, SUNDAY, NOW),
        write_anew(cast.evaluator, ReportKind.WEEK, STREET, SUNDAY, NOW),
    )


def _posts(role: Role) -> str:
    street = role in {Role.STREET_DISPATCHER, Role.STREET_LEADER}
    return STREET if street else AREA


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.RESIDENT])
def test_who_opens_signs_rewords_and_takes_away_what(
    cast: Cast, written: tuple[int, int], role: Role
) -> None:
    whole, own = written
    body = cast.urban if role is Role.DEPARTMENT_HANDLER else None
    client, held = desk(role, _posts(role), body), ROLES[role]
    mine = own if _posts(role) == STREET else whole
    reads = 200 if P.REPORT_READ in held else 403
    for path in ("/reports/", f"/reports/{mine}", f"/reports/{mine}/file/xlsx", f"/checkup/{STREET}"):
        assert client.get(path).status_code == reads, path
    words = client.get(f"/reports/{mine}/words").status_code
    assert words == (200 if P.REPORT_EDIT in held else 403)
    assert client.get("/reports/settings").status_code == (200 if P.CATALOGUE_EDIT in held else 403)
    signed = client.post(f"/reports/{mine}/sign")
    assert signed.status_code == (302 if P.REPORT_SIGN in held else 403)
    assert Signing.objects.filter(report_id=mine).exists() is (P.REPORT_SIGN in held)
    if P.REPORT_READ in held and _posts(role) == STREET:
        for hidden in (f"/reports/{whole}", f"/reports/{whole}/file/docx", f"/checkup/{OTHER_STREET}",
                       f"/reports/compare?a={own}&b={whole}"):  # fmt: skip
            assert client.get(hidden).status_code == 404, hidden
        assert client.post(f"/reports/{whole}/sign").status_code in {403, 404}


def test_every_number_of_a_report_leads_to_exactly_its_cases(written: tuple[int, int]) -> None:
    client = desk(Role.SUPERVISOR)
    opened, wrong = walked(client, f"/reports/{written[0]}")
    assert wrong == []
    assert opened >= 15
    opened, wrong = walked(client, f"/checkup/{STREET}?month=2026-03")
    assert wrong == []
    assert opened >= 1


def test_a_reader_without_cases_sees_numbers_and_an_empty_list_that_says_why(
    written: tuple[int, int],
) -> None:
    admin = desk(Role.ADMINISTRATOR)
    page = admin.get(f"/reports/cases?of=arrived&area={AREA}&since=2026-03-02&until=2026-03-08").text
    assert "您岗位范围以外的案件会计入合计" in page


@pytest.mark.parametrize(
    "query",
    ["", "of=made_up", "of=counted&since=2026-03-02&until=2026-03-08&measure=nothing", "of=arrived&since=x&until=y",
     "of=arrived&since=2026-03-09&until=2026-03-08",
     "of=counted&measure=closed&since=2026-03-02&until=2026-03-08&by=body&key=x"],
)  # fmt: skip
def test_an_address_that_no_report_has_is_not_found(cast: Cast, query: str) -> None:
    assert desk(Role.SUPERVISOR).get(f"/reports/cases?{query}").status_code == 404


def test_a_report_is_signed_and_says_who_and_when(written: tuple[int, int]) -> None:
    leader = desk(Role.STREET_LEADER, STREET)
    page = leader.get(f"/reports/{written[1]}").text
    assert "签发：（未签发）" in page
    assert "签发</button>" in page
    leader.post(f"/reports/{written[1]}/sign")
    page = leader.get(f"/reports/{written[1]}").text
    assert "签发：街道领导（街道领导）" in page
    assert "签发</button>" not in page
    assert "修改措施文字" not in page
    # The district sees it and has no button for it.
    assert "签发</button>" not in desk(Role.SUPERVISOR).get(f"/reports/{written[1]}").text


def test_what_waits_for_a_signature_is_marked_in_the_list_and_in_the_navigation(
    written: tuple[int, int],
) -> None:
    supervisor = desk(Role.SUPERVISOR)
    page = supervisor.get("/reports/").text
    assert '<span class="unseen">待签发 1 份</span>' in page
    # Long after its limit, for these days are long gone by the clock of the machine.
    assert "逾期未签发" in page
    assert page.count("前签发</div>") == 2
    supervisor.post(f"/reports/{written[0]}/sign")
    signed = supervisor.get("/reports/").text
    assert "份</span>" not in signed.partition("<main")[0]
    assert signed.count("前签发</div>") == 1
    assert "份</span>" not in desk(Role.EVALUATOR).get("/reports/").text.partition("<main")[0]


def test_measures_are_reworded_on_a_form_that_keeps_what_was_typed(written: tuple[int, int]) -> None:
    leader = desk(Role.STREET_LEADER, STREET)
    path = f"/reports/{written[1]}/words"
    form = {"of": ["0", "", ""], "who": ["春风社区", "物业", ""], "what": ["上门解释", "", ""],
            "by": ["2026-03-20", "2026-03-25", ""]}  # fmt: skip
    refused = leader.post(path, form)
    assert refused.status_code == 400
    assert "上门解释" in refused.text
    assert "不能为空。" in refused.text
    assert Report.objects.count() == 2
    form["what"][1] = "装排水泵"
    made = leader.post(path, form)
    assert made.status_code == 302
    page = leader.get(made.headers["Location"]).text
    assert "装排水泵" in page
    assert "第 2 版" in page
    assert "旧版" in leader.get("/reports/").text


def test_a_file_asked_for_twice_is_made_once_and_the_audit_says_who_took_it(written: tuple[int, int]) -> None:
    client = desk(Role.SUPERVISOR)
    forms = {"docx": b"PK", "xlsx": b"PK"} | (
        {"pdf": b"%PDF"} if any("CJK" in one for one in fonts.known().families()) else {}
    )
    for form, mark in forms.items():
        first, second = (client.get(f"/reports/{written[0]}/file/{form}") for _ in range(2))
        assert first.content == second.content
        assert first.content.startswith(mark)
        assert f"week-{AREA}-2026-03-02-v1.{form}" in first.headers["Content-Disposition"]
    assert ReportFile.objects.count() == len(forms)
    assert Viewing.objects.filter(what__contains="民生诉求办理周评价").count() == 2 * len(forms)
    assert client.get(f"/reports/{written[0]}/file/exe").status_code == 404
    client.post(f"/reports/{written[0]}/sign")
    client.get(f"/reports/{written[0]}/file/docx")
    assert ReportFile.objects.filter(form="docx").count() == 2


def test_a_pdf_that_cannot_be_made_is_said_on_the_page_and_nothing_is_kept(
    written: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(laid: object) -> bytes:
        raise Unavailable("PDF 没有排出来，请稍后再试；网页、Word 和 Excel 照常可用。")

    monkeypatch.setitem(files._MAKERS, Form.PDF, broken)
    client = desk(Role.SUPERVISOR)
    answer = client.get(f"/reports/{written[0]}/file/pdf", follow=True)
    assert "PDF 没有排出来" in answer.text
    assert not ReportFile.objects.exists()


def test_two_reports_of_a_kind_stand_beside_each_other(cast: Cast, written: tuple[int, int]) -> None:
    client = desk(Role.SUPERVISOR)
    page = client.get(f"/reports/compare?a={written[0]}&b={written[1]}").text
    assert page.count("民生诉求办理周评价") == 2
    assert "反复诉求" in page
    day = write_anew(cast.evaluator, ReportKind.DAY, AREA, SUNDAY, NOW)
    assert client.get(f"/reports/compare?a={written[0]}&b={day}").status_code == 400
    assert client.get("/reports/compare?a=x&b=1").status_code == 404


def test_the_archive_is_narrowed_and_taken_away(written: tuple[int, int]) -> None:
    client = desk(Role.SUPERVISOR)
    assert client.get("/reports/").text.count("<tr data-href") == 2
    assert client.get(f"/reports/?area={STREET}").text.count("<tr data-href") == 1
    assert client.get("/reports/?kind=day").text.count("<tr data-href") == 0
    assert "没有符合条件的报告" in client.get("/reports/?signed=1").text
    assert client.get("/reports/?day=2026-03-04&kind=week&before=x").text.count("<tr data-href") == 2
    rows = client.get(f"/export/reports?area={STREET}&format=csv").text.splitlines()
    assert len(rows) == 2
    assert "周评价,青石街道,2026-03-02,2026-03-08,1" in rows[1]
    listed = f"of=arrived&area={AREA}&since=2026-03-02&until=2026-03-08"
    assert len(client.get(f"/export/report-cases?{listed}&format=csv").text.splitlines()) == 6
    assert len(client.get("/export/checkup?month=2026-03&format=csv").text.splitlines()) == 3


def test_a_report_is_written_when_it_is_asked_for(written: tuple[int, int]) -> None:
    client = desk(Role.STREET_DISPATCHER, STREET)
    made = client.post("/reports/write", {"kind": "day", "area": STREET, "day": "2026-03-03"})
    assert made.status_code == 302
    assert "2026年3月3日" in client.get(made.headers["Location"]).text
    for wrong in (
        {"kind": "day", "area": AREA, "day": "2026-03-03"},
        {"kind": "day", "area": STREET, "day": "2999-01-01"},
        {"kind": "year", "area": STREET, "day": "2026-03-03"},
        {"kind": "day", "area": STREET, "day": f"{timezone.localdate(clock.now())}"},
    ):
        before = Report.objects.count()
        client.post("/reports/write", wrong)
        assert Report.objects.count() == before, wrong


def test_an_empty_archive_says_what_will_appear(cast: Cast) -> None:
    assert "还没有报告" in desk(Role.SUPERVISOR).get("/reports/").text


def test_times_and_limits_are_set_and_a_refusal_keeps_what_was_typed(cast: Cast) -> None:
    client = desk(Role.ADMINISTRATOR)
    done = client.post("/reports/settings/time/week", {"at": "08:30", "after": "2", "on": "1"})
    assert done.status_code == 302
    assert ReportTime.objects.get().after == 2
    wrong = client.post("/reports/settings/limits/in_time_rate", {"width": "2", "low": "95", "high": "90"})
    assert wrong.status_code == 400
    assert 'value="95"' in wrong.text
    assert "下限高于上限" in wrong.text
    for text in ("NaN", "x", "-1", "1e999"):
        assert (
            client.post("/reports/settings/limits/handle_late", {"width": "2", "high": text}).status_code
            == 400
        )
    assert client.post("/reports/settings/limits/handle_late", {"width": "NaN"}).status_code == 400
    assert (
        client.post("/reports/settings/limits/in_time_rate", {"width": "2.5", "low": "90%"}).status_code
        == 302
    )
    page = client.get("/reports/settings").text
    assert 'value="2.5"' in page
    assert 'value="90"' in page
    assert Change.objects.filter(subject="report").count() == 2
    assert client.post("/reports/settings/time/year", {}).status_code == 404
    late = {"at": "08:30", "after": "2", "on": "1", "sign_within": "4"}
    client.post("/reports/settings/time/week", late)
    assert 'name="sign_within" min="0" max="20" value="4"' in client.get("/reports/settings").text
    for wrong in ("21", "-1", "x", ""):
        refused = client.post("/reports/settings/time/week", {**late, "sign_within": wrong})
        assert refused.status_code == 400
        assert f'name="sign_within" min="0" max="20" value="{wrong}"' in refused.text


def test_a_street_is_checked_and_what_is_off_names_its_communities(written: tuple[int, int]) -> None:
    admin = desk(Role.ADMINISTRATOR)
    admin.post("/reports/settings/limits/reopened", {"width": "2", "high": "0"})
    admin.post("/reports/settings/limits/received", {"width": "2", "high": "2"})
    leader = desk(Role.STREET_LEADER, STREET)
    page = leader.get(f"/checkup/{STREET}?month=2026-03").text
    assert 'data-health="off" data-indicator="received"' in page
    assert "12 项指标中 1 项需要注意。" in page
    assert "老渡社区" in page
    assert "反复发生的地点" in page
    assert "再次 2 件" in page
    # One street alone is opened at once.
    assert leader.get("/checkup/?month=2026-03").headers["Location"].startswith(f"/checkup/{STREET}")
    assert desk(Role.SUPERVISOR).get("/checkup/?month=2026-03").text.count("<tr data-href") == 2
    assert leader.get("/checkup/?month=x").status_code == 302


def test_a_street_without_history_and_peers_is_not_called_normal(written: tuple[int, int]) -> None:
    client = desk(Role.SUPERVISOR)
    page = client.get(f"/checkup/{STREET}?month=2026-03").text
    assert 'data-health="alone" data-indicator="received"' in page
    assert 'data-health="good"' not in page
    assert "暂无可比" in page
    assert "件数不与别的街道比" in page
    assert "只有 0 个月，不足 3 个月，暂无可比" in page
    # Of the two streets of the district the other one alone is no peers.
    assert "个别的街道有足够件数，不足 2 个，暂无可比" in page
    assert "暂无可比" in client.get("/checkup/?month=2026-03").text


def test_reports_and_health_check_are_there_in_english(written: tuple[int, int]) -> None:
    client = desk(Role.SUPERVISOR)
    client.post("/language", {"language": "en"})
    page = client.get(f"/reports/{written[0]}").text
    assert "Matters received this week: <a" in page
    assert "7. What to do next" in page
    assert "Signed: (not yet)" in page
    assert "Its own usual" in client.get(f"/checkup/{STREET}?month=2026-03").text


def test_what_the_pages_cost_does_not_grow(written: tuple[int, int], cast: Cast) -> None:
    client = desk(Role.SUPERVISOR)
    paths = (
        "/reports/",
        f"/reports/{written[0]}",
        "/checkup/?month=2026-03",
        f"/checkup/{STREET}?month=2026-03",
    )

    def cost() -> list[int]:
        found = []
        for path in paths:
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            found.append(len(queries))
        return found

    cost()
    few = cost()
    for n in range(4):
        live(cast, MONDAY + timedelta(hours=n), item=f"Z{n}0101")
        write_anew(cast.evaluator, ReportKind.DAY, STREET, SUNDAY - timedelta(days=n), NOW)
    many = cost()
    # What is held of areas and units is looked at again each second.
    assert all(after <= before + 4 for after, before in zip(many, few, strict=True)), (few, many)
    assert max(few) <= 26


def test_somebody_with_two_posts_signs_by_the_one_that_fits(written: tuple[int, int]) -> None:
    both = desk(Role.STREET_LEADER, OTHER_STREET, None, NewPost(Role.STREET_LEADER, STREET))
    assert both.post(f"/reports/{written[1]}/sign").status_code == 302
    assert Signing.objects.filter(report_id=written[1]).exists()


def test_a_stranger_is_led_to_the_sign_in(written: tuple[int, int]) -> None:
    assert Client().get(f"/reports/{written[0]}").headers["Location"].startswith("/account/sign-in")
