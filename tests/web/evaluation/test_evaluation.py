"""Calling back, and the board of figures with its numbers opened."""

from datetime import timedelta

import pytest
from django.test import Client

from huying.access.roles import Role
from huying.cases.actions import advance
from huying.cases.lifecycle import Outcome, Verb
from huying.cases.models import Case, CaseAppeal, Rating
from huying.people.models import Viewing
from tests.cast import DISTRICT, MONDAY, Cast
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
    facts = {"appeal": CaseAppeal.objects.get(case_id=case.id).appeal_id}
    at = MONDAY + timedelta(minutes=150)
    advance(
        (DISTRICT, case.id), Verb.FOLLOW_UP, by=cast.evaluator, now=at, outcome=Outcome.UNREACHED, **facts
    )
    assert "已打 1 次没联系上" in evaluator.get("/evaluation/follow-ups").content.decode()


def test_direct_answers_chosen_by_lot_have_their_own_list(evaluator: Client) -> None:
    page = evaluator.get("/evaluation/follow-ups?of=answers").content.decode()
    assert "当场答复的诉求按比例抽出来回访" in page


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
    text = evaluator.get(f"/evaluation/export?{DAYS}").content.decode()
    assert text.startswith("\ufeff名次,名称,响应率")
    assert "城市管理局,0.0%,100.0%,100.0%" in text
    assert Viewing.objects.get().kind == "export"
    assert desk(Role.RULING_OFFICER).get("/evaluation/export").status_code == 403
