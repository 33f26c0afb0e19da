"""Assessment through its pages: rankings, closing, exemptions, scores, ratings, and their rules."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huying.access.roles import Role
from huying.cases.models import Case
from huying.figures.actions import write_rule
from huying.figures.models import ClosedPeriod, Exemption, Reopening, RuleVersion, StreetRating
from huying.figures.rules.ranking import Threshold
from huying.people.actions import NewPost
from tests.cast import DISTRICT, GRID, MONDAY, STREET, Cast
from tests.figures.living import counted, live
from tests.web.desks import desk
from tests.web.matters import number

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DESK = "/evaluation/assessment"
MARCH = "period=2026-03-01_2026-03-31"
AFTER = MONDAY + timedelta(days=60)
DAYS = {"first": "2026-03-01", "last": "2026-03-31"}


@pytest.fixture
def evaluator(cast: Cast) -> Client:
    return desk(Role.EVALUATOR)


@pytest.fixture
def late(cast: Cast) -> Case:
    """Of March: two cases of urban management, one of them late, and a fair one of the water bureau."""
    write_rule(cast.administrator, Threshold(1, valid_from=date(2026, 1, 1)), MONDAY)
    live(cast, cast.urban)
    found = live(cast, cast.urban, start=MONDAY - timedelta(days=1), late=True)
    live(cast, cast.water, word="basically")
    counted(AFTER)
    return Case.objects.get(district=DISTRICT, id=found)


def test_a_ranking_opens_to_its_cases_and_says_its_formulas(
    cast: Cast, evaluator: Client, late: Case
) -> None:
    page = evaluator.get(f"{DESK}/?{MARCH}").text
    assert page.index("城市管理局") < page.index("水务局")
    assert "100 × (0.1 × 已响应" in page
    href = re.search(r'href="(/evaluation/behind[^"]*code=in_time_rate[^"]*)"', page)
    assert href is not None
    behind = evaluator.get(href[1].replace("&amp;", "&"))
    assert late.title in behind.text
    for of in ("streets", "communities", "grids", "posts", "workers"):
        assert evaluator.get(f"{DESK}/?{MARCH}&of={of}&order=nothing").status_code == 200
    assert "综合得分" in evaluator.get(f"/export/rankings?{MARCH}&format=csv").text


def test_too_few_are_listed_without_a_rank(cast: Cast, evaluator: Client, late: Case) -> None:
    write_rule(cast.administrator, Threshold(2, valid_from=date(2026, 1, 1)), MONDAY)
    assert "不足 2 件" in evaluator.get(f"{DESK}/?{MARCH}").text
    assert "不足 2 件" in evaluator.get("/evaluation/?span=days&since=2026-03-01&until=2026-03-31").text


def test_a_period_is_closed_seen_compared_and_reopened(cast: Cast, evaluator: Client, late: Case) -> None:
    before = evaluator.get(f"{DESK}/periods").text
    assert "待封账" in before
    assert f"{DESK}/periods/close" in before
    done = evaluator.post(f"{DESK}/periods/close", DAYS)
    closed = ClosedPeriod.objects.get()
    assert done.headers["Location"] == f"{DESK}/periods/{closed.pk}"
    page = evaluator.get(done.headers["Location"]).text
    assert closed.digest in page
    ranking = evaluator.get(f"{DESK}/?{MARCH}").text
    assert "第 1 版封账" in ranking
    assert "version=1" in ranking
    href = re.search(r'href="(/evaluation/behind[^"]*code=score[^"]*)"', ranking)
    assert href is not None
    assert "按第 1 版封账时的数" in evaluator.get(href[1].replace("&amp;", "&")).text
    refused = evaluator.post(f"{DESK}/periods/{closed.pk}/reopen", {"reason": "补"})
    assert refused.status_code == 400
    assert "重开的理由请写" in refused.text
    evaluator.post(f"{DESK}/periods/{closed.pk}/reopen", {"reason": "漏审一项台风期间的申请。"})
    assert Reopening.objects.count() == 1
    live(cast, cast.water, word="unsatisfied")
    counted(AFTER)
    evaluator.post(f"{DESK}/periods/close", DAYS)
    second = ClosedPeriod.objects.get(version=2)
    compared = evaluator.get(f"{DESK}/periods/{second.pk}?with={closed.pk}").text
    assert "水务局" in compared
    assert "96.00 → " in compared
    assert "漏审一项台风期间的申请。" in evaluator.get("/export/periods?format=csv").text


def test_a_refused_closing_says_why(evaluator: Client, late: Case) -> None:
    page = evaluator.post(f"{DESK}/periods/close", {"first": "2026-03-01", "last": "x"}, follow=True).text
    assert "请选要封账的考核期" in page
    wrong = {"first": "2026-03-01", "last": "2026-03-20"}
    assert "不是本区的一个考核期" in evaluator.post(f"{DESK}/periods/close", wrong, follow=True).text
    assert not ClosedPeriod.objects.exists()


def test_who_may_not_close_sees_no_button_and_cannot(cast: Cast, late: Case) -> None:
    handler = desk(Role.DEPARTMENT_HANDLER, str(DISTRICT), cast.urban)
    assert f"{DESK}/periods/close" not in handler.get(f"{DESK}/periods").text
    assert handler.post(f"{DESK}/periods/close", DAYS).status_code == 403


def test_a_unit_applies_on_the_case_and_the_evaluator_decides(
    cast: Cast, evaluator: Client, late: Case
) -> None:
    handler = desk(Role.DEPARTMENT_HANDLER, str(DISTRICT), cast.urban)
    case = f"/case/{number(late)}"
    assert f"{DESK}/exemptions/ask/{number(late)}" in handler.get(case).text
    assert "exemptions/ask" not in evaluator.get(case).text
    ask = f"{DESK}/exemptions/ask/{number(late)}"
    assert "逾期" in handler.get(ask).text
    said = {"subject": f"{cast.urban}:handle_late", "ground": "force", "words": "停工"}
    refused = handler.post(ask, said)
    assert refused.status_code == 400
    assert "停工" in refused.text
    handler.post(ask, {**said, "words": "台风红色预警期间全区停工。"})
    row = Exemption.objects.get()
    assert "台风红色预警" in evaluator.get(f"{DESK}/exemptions?state=open").text
    assert "没有符合条件的申请" in evaluator.get(f"{DESK}/exemptions?state=granted").text
    assert (
        "wait" not in desk(Role.DEPARTMENT_HANDLER, str(DISTRICT), cast.water).get(f"{DESK}/exemptions").text
    )
    one = f"{DESK}/exemptions/{row.pk}"
    assert "准予不计入" in evaluator.get(one).text
    assert handler.post(one, {"do": "grant"}).status_code == 403
    assert evaluator.post(one, {"do": "refuse", "reason": ""}).status_code == 400
    assert evaluator.post(one, {"do": "grant", "reason": ""}).status_code == 302
    assert "1 项经申诉不计入" in evaluator.get(f"{DESK}/?{MARCH}").text
    shown = evaluator.get(case).text
    assert "准予不计入" in shown
    assert "逾期" in shown
    assert "台风红色预警" in evaluator.get("/export/exemptions?format=csv").text


def test_the_score_stands_on_the_case_line_by_line_and_in_the_list(
    cast: Cast, evaluator: Client, late: Case
) -> None:
    page = evaluator.get(f"/case/{number(late)}").text
    assert '<span class="score-whole number">80.00</span>' in page
    assert "30 - 30 × 逾期 + 10 × 逾期后办结" in page
    listed = evaluator.get(f"{DESK}/matters?band=80-99").text
    assert number(late) in listed
    assert "按期办结 −20" in listed
    assert "没有符合条件的案件" in evaluator.get(f"{DESK}/matters?band=0-59").text
    first = evaluator.get(f"{DESK}/matters").text
    assert first.index(number(late)) < first.index("100.00")
    assert evaluator.get(f"{DESK}/matters?by=day&body={cast.water}&area={STREET}").status_code == 200
    assert "80.00,按期办结 −20" in evaluator.get("/export/matters?format=csv").text


def test_a_street_rates_and_may_change_its_mind(cast: Cast, evaluator: Client, late: Case) -> None:
    street = desk(Role.STREET_LEADER, STREET)
    assert "城市管理局" in street.get(f"{DESK}/ratings?{MARCH}").text
    said = {
        "street": STREET,
        "body": str(cast.urban),
        "period": "2026-03-01_2026-03-31",
        "stars": "1",
        "words": "",
    }
    refused = street.post(f"{DESK}/ratings/give", said)
    assert refused.status_code == 400
    assert "请写明原因" in refused.text
    for stars in ("2", "4"):
        assert (
            street.post(f"{DESK}/ratings/give", {**said, "stars": stars, "words": "催了才办"}).status_code
            == 302
        )
    assert StreetRating.objects.get().stars == 4
    assert "80.00" in evaluator.get(f"{DESK}/?{MARCH}&order=street_score").text
    assert "催了才办" in evaluator.get(f"{DESK}/ratings?{MARCH}&body={cast.urban}").text
    assert "催了才办" in evaluator.get(f"/export/ratings?{MARCH}&format=csv").text
    assert evaluator.post(f"{DESK}/ratings/give", said).status_code == 403


def test_rules_are_written_in_versions_and_a_refusal_keeps_what_was_typed(cast: Cast) -> None:
    admin = desk(Role.ADMINISTRATOR)
    page = "/admin/settings/assessment"
    assert "30 - 30 × 逾期" in admin.get(page).text
    assert admin.post(page, {"first_day": "19", "since": "2026-04-01"}).status_code == 302
    assert admin.post(page, {"least": "8", "since": "2026-04-01"}).status_code == 302
    sheet = {
        "since": "2026-04-01", "code": ["one", ""], "zh": ["按期", ""], "en": ["In time", ""],
        "points": ["100 − 50 × 逾期", ""], "least": ["0", ""], "most": ["90", ""],
    }  # fmt: skip
    refused = admin.post(page, sheet)
    assert refused.status_code == 400
    assert "加起来应为 100 分" in refused.text
    assert "100 − 50 × 逾期" in refused.text
    assert admin.post(page, {**sheet, "most": ["100", ""]}).status_code == 302
    assert RuleVersion.objects.get(kind="matter").said["lines"][0]["points"] == "100 - 50 * handle_late"
    again = admin.get(page).text
    assert "每月 19 日到次月 18 日" in again
    assert admin.post(page, {"least": "x", "since": "2026-04-01"}).status_code == 400
    assert admin.post(page, {"least": "8", "since": ""}).status_code == 400
    assert desk(Role.EVALUATOR).get(page).status_code == 403


def test_a_grid_worker_sees_their_own_row(cast: Cast, late: Case) -> None:
    worker = desk(Role.GRID_WORKER, GRID, cast.street_body, NewPost(Role.SEAT, str(DISTRICT)))
    assert worker.get(f"{DESK}/?of=workers&{MARCH}").status_code == 200


def test_pages_ask_the_same_of_the_database_at_any_size(cast: Cast, evaluator: Client, late: Case) -> None:
    def asked(page: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert evaluator.get(page).status_code == 200
        return len(queries)

    pages = (f"{DESK}/?{MARCH}", f"{DESK}/matters", f"{DESK}/exemptions", f"{DESK}/periods")
    for page in pages:
        evaluator.get(page)
    few = [asked(page) for page in pages]
    for n in range(5):
        live(cast, (cast.urban, cast.water, cast.housing)[n % 3])
    counted(AFTER)
    assert [now - before for now, before in zip([asked(page) for page in pages], few, strict=True)] <= [
        1
    ] * len(pages)
    assert max(few) <= 20
