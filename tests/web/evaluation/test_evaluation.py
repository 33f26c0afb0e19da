"""Calling back, and the board of figures with its numbers opened."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from huying.access.roles import Role
from huying.cases.actions import advance
from huying.cases.lifecycle import Outcome, Verb
from huying.cases.models import Case, CaseAppeal, Rating
from huying.figures.rules.formulas import DEFAULTS, Figure
from huying.people.models import Viewing
from huying.web.evaluation.saying import change_words
from tests.cast import DISTRICT, MONDAY, STREET, Cast
from tests.teams.conftest import draw
from tests.web.desks import desk
from tests.web.matters import REPLY, counted, number, reported

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAYS = "span=days&since=2026-03-01&until=2026-03-31"


@pytest.fixture
def evaluator(cast: Cast) -> Client:
    return desk(Role.EVALUATOR)


def _checked(cast: Cast) -> Case:
    case = reported(cast)
    at = MONDAY + timedelta(minutes=120)
    return advance((DISTRICT, case.id), Verb.CHECK, by=cast.supervisor, now=at, outcome=Outcome.PASSED)


def _followed(cast: Cast) -> Case:
    """A case whose caller said that it is solved and is content, counted in the figures."""
    case = _checked(cast)
    appeal = CaseAppeal.objects.get(case_id=case.id).appeal_id
    facts = {"appeal": appeal, "satisfaction": "satisfied"}
    at = MONDAY + timedelta(minutes=150)
    advance((DISTRICT, case.id), Verb.FOLLOW_UP, by=cast.evaluator, now=at, outcome=Outcome.SOLVED, **facts)
    at += timedelta(minutes=5)
    closed = advance((DISTRICT, case.id), Verb.CLOSE, by=cast.evaluator, now=at)
    counted(at)
    return closed


def test_whom_to_call_with_what_was_done(cast: Cast, evaluator: Client) -> None:
    case = _checked(cast)
    page = evaluator.get("/evaluation/follow-ups").content.decode()
    assert REPLY in page
    appeal = CaseAppeal.objects.get(case_id=case.id).appeal_id
    case.refresh_from_db()
    asked = evaluator.post(
        f"/case/{number(case)}/steps/follow_up",
        {"outcome": "solved", "expected": str(case.length), "key": "k", "appeal": str(appeal),
         "satisfaction": "satisfied", "way": "seat", "effect": "5", "next": "/evaluation/follow-ups"},
    )  # fmt: skip
    assert asked.status_code == 302
    assert Rating.objects.get().effect == 5


def test_how_often_a_caller_was_tried_is_told(cast: Cast, evaluator: Client) -> None:
    case = _checked(cast)
    appeal = CaseAppeal.objects.get(case_id=case.id).appeal_id
    facts = {"appeal": appeal, "unreached_reason": "no_answer"}
    at = MONDAY + timedelta(minutes=150)
    advance(
        (DISTRICT, case.id), Verb.FOLLOW_UP, by=cast.evaluator, now=at, outcome=Outcome.UNREACHED, **facts
    )
    assert "已打 1 次没联系上" in evaluator.get("/evaluation/follow-ups").content.decode()


def test_direct_answers_chosen_by_lot_have_their_own_list(evaluator: Client) -> None:
    page = evaluator.get("/evaluation/follow-ups?of=answers").content.decode()
    assert "当场答复的诉求按比例抽出来回访" in page
    narrowed = evaluator.get(f"/evaluation/follow-ups?of=answers&area={STREET}").text
    assert 'type="hidden" name="of" value="answers"' in narrowed
    assert "没有符合条件的案件" in narrowed


def test_whom_to_call_is_narrowed_and_kept_by_its_address(cast: Cast, evaluator: Client) -> None:
    _checked(cast)
    for asked, there in (
        (f"area={STREET}", True),
        (f"body={cast.urban}", True),
        (f"body={cast.water}", False),
    ):
        page = evaluator.get(f"/evaluation/follow-ups?{asked}").text
        assert ("data-opens" in page) is there
        assert ('name="list" value="follow-ups"' in page) is asked.startswith("body")
        rows = evaluator.get(f"/export/follow-ups?{asked}&format=csv").text.splitlines()
        assert (len(rows) == 2) is there


def test_the_three_rates_open_to_their_cases(cast: Cast, evaluator: Client) -> None:
    case = _followed(cast)
    page = evaluator.get(f"/evaluation/?{DAYS}").content.decode()
    assert "100.0%" in page
    assert "城市管理局" in page
    behind = evaluator.get(f"/evaluation/behind?code=solved_rate&{DAYS}").content.decode()
    assert case.title in behind
    assert "已解决" in behind
    narrowed = evaluator.get(f"/evaluation/behind?code=rework_rate&measure=rework&{DAYS}").content.decode()
    assert case.title not in narrowed


def test_a_period_is_compared_with_the_one_before_and_with_the_months(cast: Cast, evaluator: Client) -> None:
    _followed(cast)
    april = "span=days&since=2026-04-01&until=2026-04-30"
    page = evaluator.get(f"/evaluation/?{april}").content.decode()
    assert "（上期 2026-03-01 — 2026-03-31）" in page
    assert "?span=days&amp;since=2026-03-01&amp;until=2026-03-31" in page
    now = change_words(_worth("0.915"), _worth("0.9"))
    assert (now, change_words(_worth("0.9"), _worth("0.9")), change_words(_worth("0.9"), None)) == (
        "+1.5",
        "持平",
        "",
    )


def _worth(value: str) -> Figure:
    return Figure(DEFAULTS[0], Decimal(value), Decimal(1), Decimal(1))


def test_an_opened_score_lists_each_judged_matter_once_with_all_that_was_counted(
    cast: Cast, evaluator: Client
) -> None:
    case = _followed(cast)
    page = evaluator.get(f"/evaluation/behind?code=score&{DAYS}").content.decode()
    assert page.count(f'data-href="/case/{number(case)}') == 1
    for value in ("valid", "solved", "satisfied"):
        assert f'data-value="{value}"' in page


def test_a_street_opens_to_its_communities_and_the_way_back_stands_above(
    cast: Cast, evaluator: Client
) -> None:
    draw(cast)
    _followed(cast)
    assert f"area={STREET}" in evaluator.get(f"/evaluation/?{DAYS}&by=area").content.decode()
    inside = evaluator.get(f"/evaluation/?{DAYS}&by=area&area={STREET}").content.decode()
    assert "area-path" in inside


def test_an_unknown_indicator_is_not_found(evaluator: Client) -> None:
    assert evaluator.get("/evaluation/behind?code=made_up").status_code == 404


@pytest.mark.parametrize(
    "query",
    ["span=last", "span=week", "span=assessed", "span=quarter&by=area", "by=item&all=1", "order=x&by=x"],
)
def test_every_question_is_answered(evaluator: Client, query: str) -> None:
    assert evaluator.get(f"/evaluation/?{query}").status_code == 200


def test_dates_the_wrong_way_round_are_said_and_this_month_shown(evaluator: Client) -> None:
    page = evaluator.get("/evaluation/?span=days&since=2026-03-31&until=2026-03-01")
    assert page.status_code == 200
    assert "早于开始日期" in page.content.decode()


def test_the_file_holds_every_indicator_and_is_written_down(cast: Cast, evaluator: Client) -> None:
    _followed(cast)
    text = evaluator.get(f"/export/figures?{DAYS}&format=csv").content.decode()
    assert text.startswith("\ufeff名次,名称,响应率")
    assert "城市管理局,0.0%,100.0%,100.0%" in text
    assert Viewing.objects.get().kind == "export"
    assert desk(Role.RULING_OFFICER).get("/export/figures").status_code == 403


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_days_beside_which_no_period_lies_are_said_to_be_none(evaluator: Client, day: str) -> None:
    for page in ("/evaluation/?", "/evaluation/behind?code=score&"):
        assert evaluator.get(f"{page}span=days&since={day}&until={day}").status_code == 200
    assert "请选开始和结束日期" in evaluator.get(f"/evaluation/?span=days&since={day}&until={day}").text


def test_a_key_that_is_no_number_names_no_row(evaluator: Client) -> None:
    assert evaluator.get("/evaluation/behind", {"code": "score", "by": "body", "key": "²"}).status_code == 400
