"""Follow-up plans on the screen: whom seats call and why, the community's script, the plans and what came of them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huying.access.roles import Role
from huying.cases.actions import NewAppeal, advance, receive
from huying.cases.lifecycle import Outcome, Verb
from huying.cases.models import Case, CaseAppeal, Entry, Rating
from huying.cases.queries.proofs.chain import link_of
from huying.loop.evaluate.actions import set_plans
from huying.loop.evaluate.models import Asking, PlanEdition
from huying.loop.evaluate.queries import edition_of
from huying.loop.evaluate.rules import Ask, AskWay, Plan
from huying.loop.evaluate.tasks import react
from huying.people.actions import NewBody, create_bodies, ensure_callers
from huying.people.models import Viewing
from huying.people.rules.kinds import BodyKind
from tests.cast import COMMUNITY, DISTRICT, GRID, MONDAY, Cast
from tests.web.desks import desk
from tests.web.matters import REPLY, number, reported

pytestmark = [pytest.mark.django_db, pytest.mark.database]
SETTING = "/admin/settings/plans"
MARCH = "span=days&since=2026-03-01&until=2026-03-31"
CHECKED_AT = MONDAY + timedelta(minutes=120)


def catch_up() -> None:
    entries = Entry.objects.order_by("position", "case_id", "seq")
    react(DISTRICT, [link_of(entry) for entry in entries], CHECKED_AT + timedelta(hours=1))


def checked(cast: Cast) -> Case:
    case = reported(cast)
    advance((DISTRICT, case.id), Verb.CHECK, by=cast.supervisor, now=CHECKED_AT, outcome=Outcome.PASSED)
    catch_up()
    return Case.objects.get(id=case.id)


@pytest.fixture
def admin(cast: Cast) -> Client:
    return desk(Role.ADMINISTRATOR)


@pytest.fixture
def community(cast: Cast) -> Client:
    made = create_bodies(cast.system, [NewBody("C1", "春风社区", BodyKind.COMMUNITY, COMMUNITY)], MONDAY)
    return desk(Role.COMMUNITY_STATION, COMMUNITY, made["C1"])


def plan(cast: Cast, *plans: Plan) -> None:
    set_plans(cast.administrator, plans, MONDAY)


RISKS = (
    "unhappy",
    "reworked",
    "repeated",
    "overdue",
    "supervised",
    "disputed",
    "promised",
    "urgent",
    "weak_body",
)


def typed(**given: object) -> dict[str, object]:
    return {
        "edition": str(edition_of(DISTRICT).number), "name": "高风险的", "matters": "handled", "ask": "risk",
        "percent": "5", "way1": "seat", "way2": "community", "way3": "", "days": "7", "tries": "3", "over_days": "2",
        "items": "01 0203", "kinds": ["complaint"], **{f"points_{name}": "20" for name in RISKS},
    } | given  # fmt: skip


def moved(to: str) -> dict[str, str]:
    return {"to": to, "edition": str(edition_of(DISTRICT).number)}


def test_a_seat_sees_what_plans_want_of_it_and_why(cast: Cast) -> None:
    plan(cast, Plan("a", "风险抽查", Ask.RISK, 100, (AskWay.SEAT, AskWay.COMMUNITY)))
    case = checked(cast)
    page = desk(Role.SEAT).get("/evaluation/follow-ups", follow=True).text
    assert number(case) in page
    for words in (
        "风险抽查",
        "为什么抽到",
        "没有特别的风险，抽中可能 100%",
        "坐席电话（第 1 步，共 2 步）",
        "0 次，最多 3 次",
    ):
        assert words in page, words
    seat = desk(Role.EVALUATOR)
    assert number(case) not in seat.get("/evaluation/follow-ups?of=community").text
    assert number(case) in seat.get("/evaluation/follow-ups?of=all").text
    assert number(case) in seat.get(f"/evaluation/follow-ups?case={number(case)}").text
    rows = seat.get("/export/follow-ups?of=seat&format=csv").text.splitlines()
    assert "风险抽查,坐席电话" in rows[1]


def test_a_community_follows_the_script(cast: Cast, community: Client) -> None:
    plan(cast, Plan("a", "上门", ways=(AskWay.COMMUNITY,)))
    case = checked(cast)
    page = f"/evaluation/visits/{number(case)}"
    assert number(case) in community.get("/evaluation/visits").text
    told = community.get(page).text
    assert all(words in told for words in (REPLY, "承办单位联系过您吗", "问题解决了吗", "春风社区"))
    # The case itself stays closed to them.
    assert community.get(f"/case/{number(case)}").status_code == 404
    appeal = CaseAppeal.objects.get(case_id=case.id).appeal_id
    said = {
        "expected": str(case.length),
        "key": "k1",
        "appeal": str(appeal),
        "heard": "yes",
        "note": "门卫转告",
    }
    refused = community.post(page, said)
    assert refused.status_code == 400
    assert "请问清楚并选择。" in refused.text
    assert "门卫转告" in refused.text
    said |= {"responded": "no", "solved": "yes", "satisfaction": "basically", "speed": "4"}
    for _ in range(2):
        assert community.post(page, said).status_code in {302, 404}
        catch_up()
    row = Rating.objects.get()
    assert (row.way, row.solved, row.satisfaction, row.speed, row.responded) == (
        "community", True, "basically", 4, False,
    )  # fmt: skip
    assert community.get(page).status_code == 404


def test_who_is_not_at_home_is_no_valid_follow_up(cast: Cast, community: Client) -> None:
    plan(cast, Plan("a", "上门", ways=(AskWay.COMMUNITY,)))
    case = checked(cast)
    appeal = CaseAppeal.objects.get(case_id=case.id).appeal_id
    said = {"expected": str(case.length), "key": "k1", "appeal": str(appeal), "heard": "no"}
    page = f"/evaluation/visits/{number(case)}"
    assert "请选择没访成的原因。" in community.post(page, said).text
    assert community.post(page, said | {"unreached_reason": "lapsed"}).status_code == 400
    assert community.post(page, said | {"unreached_reason": "not_home"}).status_code == 302
    catch_up()
    assert Asking.objects.get().invalid == {"not_home": 1}
    unsolved = said | {"expected": str(case.length + 1), "key": "k2", "heard": "yes", "responded": "yes"}
    unsolved |= {"solved": "no", "satisfaction": "unsatisfied"}
    assert "请写明哪里没解决。" in community.post(page, unsolved).text
    assert community.post(page, unsolved | {"reason": "还是臭"}).status_code == 302
    assert Case.objects.get(id=case.id).state == "handling"


def _with_caller(cast: Cast) -> Case:
    """Checked, told by somebody who left a number."""
    caller = ensure_callers(DISTRICT, [("王女士", "13812346677")], MONDAY)[0]
    new = NewAppeal(text="路灯不亮", channel="hotline", kind="complaint", area=GRID, caller_id=caller)
    case_id = receive(DISTRICT, [new], by=cast.system, now=MONDAY)[0].case_id
    ref = (DISTRICT, case_id)
    advance(ref, Verb.FILE, by=cast.dispatcher, now=MONDAY, item="X1")
    advance(ref, Verb.DISPATCH, by=cast.dispatcher, now=MONDAY, body=cast.urban)
    advance(ref, Verb.SIGN, by=cast.handler, now=MONDAY)
    advance(ref, Verb.REPORT, by=cast.handler, now=MONDAY, result="换灯泡", reply=REPLY, solved=True)
    advance(ref, Verb.CHECK, by=cast.supervisor, now=CHECKED_AT, outcome=Outcome.PASSED)
    catch_up()
    return Case.objects.get(id=case_id)


def test_the_callers_number_is_shown_to_the_visitor_for_a_reason_that_is_kept(
    cast: Cast, community: Client
) -> None:
    plan(cast, Plan("a", "上门", ways=(AskWay.COMMUNITY,)))
    case = _with_caller(cast)
    appeal = CaseAppeal.objects.get(case_id=case.id).appeal_id
    visit = f"/evaluation/visits/{number(case)}"
    masked = community.get(visit).text
    assert "138****6677" in masked
    assert "13812346677" not in masked
    # What the office noted for itself is not for who only asks.
    assert "换灯泡" not in masked
    page = f"{visit}/callers/{appeal}"
    assert "13812346677" not in community.get(page).text
    assert community.post(page, {"reason": ""}).status_code == 400
    assert not Viewing.objects.filter(kind="unmask").exists()
    assert "13812346677" in community.post(page, {"reason": "上门回访"}).text
    kept = Viewing.objects.get(kind="unmask")
    assert (kept.case_id, kept.reason) == (case.id, "上门回访")
    assert community.get(f"{visit}/callers/1").status_code == 404
    assert desk(Role.SEAT).get(page).status_code == 403
    assert desk(Role.COMMUNITY_STATION, COMMUNITY, cast.water).get(page).status_code == 404
    assert Viewing.objects.filter(kind="unmask").count() == 1


def test_plans_are_written_tried_moved_and_stopped(cast: Cast, admin: Client) -> None:
    checked(cast)
    page = admin.get(f"{SETTING}?forecast=1").text
    assert "本区还没有自己的计划" in page
    assert "办结案件" in page
    tried = admin.post(f"{SETTING}/new", typed(**{"try": "1"}))
    assert tried.status_code == 200
    assert "会抽到" in tried.text
    assert not PlanEdition.objects.exists()
    assert admin.post(f"{SETTING}/new", typed()).status_code == 302
    kept = PlanEdition.objects.get().plans
    assert [one["name"] for one in kept] == ["办结案件", "当场答复抽查", "高风险的"]
    assert (kept[2]["ways"], kept[2]["items"], kept[2]["points"]["urgent"]) == (
        ["seat", "community"],
        ["01", "0203"],
        20,
    )
    code = kept[2]["code"]
    assert admin.post(f"{SETTING}/{code}/move", moved("up")).status_code == 302
    assert admin.post(f"{SETTING}/{code}/move", moved("up")).status_code == 302
    assert admin.post(f"{SETTING}/handled/move", moved("end")).status_code == 302
    names = [one["name"] for one in PlanEdition.objects.latest("number").plans]
    assert names == ["高风险的", "当场答复抽查"]
    assert admin.post(f"{SETTING}/{code}", typed(name="改名", way2="")).status_code == 302
    assert "改名" in admin.get(SETTING).text
    assert "回访计划" in admin.get(SETTING).text
    stale = moved("up") | {"edition": "0"}
    assert admin.post(f"{SETTING}/answered/move", stale).status_code == 409
    assert admin.post(f"{SETTING}/answered/move", moved("sideways")).status_code == 400
    told = admin.post(f"{SETTING}/new", typed(name="又一个", edition="0"))
    assert told.status_code == 409
    assert "又一个" in told.text
    assert admin.post(f"{SETTING}/none/move", moved("up")).status_code == 404
    assert admin.get(f"{SETTING}/none").status_code == 404
    assert desk(Role.EVALUATOR).get(SETTING).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"way2": "seat"}, "同一种方式只能用一次。"), ({"items": "甲乙"}, "事项代码只含字母和数字"),
        ({"over_days": "9"}, "分几天打应为"), ({"name": "办结案件"}, "计划名称不能重复。"), ({"percent": "120"}, "100"),
    ],
)  # fmt: skip
def test_a_plan_that_cannot_be_keeps_what_was_typed(admin: Client, wrong: dict[str, str], words: str) -> None:
    for more in ({}, {"try": "1"}):
        told = admin.post(f"{SETTING}/new", typed(**({"name": "我的计划"} | wrong | more)))
        assert told.status_code == 400
        assert words in told.text
        assert f'value="{wrong.get("name", "我的计划")}"' in told.text
    assert not PlanEdition.objects.exists()


def test_what_came_of_a_plan_opens_to_its_cases(cast: Cast) -> None:
    plan(cast, Plan("a", "全部", ways=(AskWay.SEAT,)))
    case, missed = checked(cast), checked(cast)
    at = CHECKED_AT + timedelta(minutes=5)
    for one, outcome, facts in (
        (case, Outcome.SOLVED, {"satisfaction": "basically", "responded": False}),
        (missed, Outcome.UNREACHED, {"unreached_reason": "refused"}),
    ):
        appeal = CaseAppeal.objects.get(case_id=one.id).appeal_id
        advance(
            (DISTRICT, one.id),
            Verb.FOLLOW_UP,
            by=cast.evaluator,
            now=at,
            outcome=outcome,
            appeal=appeal,
            **facts,
        )
    catch_up()
    client = desk(Role.EVALUATOR)
    page = client.get(f"/evaluation/plans?{MARCH}").text
    assert all(words in page for words in ("全部", "拒绝回访 1", "100.0%", "90.0%", "0.0%"))
    behind = client.get(f"/evaluation/plans/a?what=invalid&reason=refused&{MARCH}").text
    assert number(missed) in behind
    assert number(case) not in behind
    valid = client.get(f"/evaluation/plans/a?what=valid&{MARCH}").text
    assert number(case) in valid
    assert "访到 1 位，1 位说已解决" in valid
    rows = client.get(f"/export/follow-up-cases?plan=a&{MARCH}&format=csv").text.splitlines()
    assert len(rows) == 3
    assert client.get(f"/evaluation/plans?{MARCH}&area=990101002").text.count("拒绝回访") == 0
    other = desk(Role.STREET_LEADER, "990101002")
    assert number(case) not in other.get(f"/evaluation/plans/a?{MARCH}").text
    assert "全部</a>" not in other.get(f"/evaluation/plans?{MARCH}").text
    assert client.get(f"/evaluation/plans/a?after=zz&{MARCH}").status_code == 400


def test_pages_of_plans_stay_flat(cast: Cast, community: Client) -> None:
    plan(cast, Plan("a", "上门", ways=(AskWay.COMMUNITY,)))
    client = desk(Role.EVALUATOR)
    pages = [
        (client, f"/evaluation/plans?{MARCH}"), (client, f"/evaluation/plans/a?{MARCH}"),
        (community, "/evaluation/visits"), (client, "/evaluation/follow-ups?of=community"),
    ]  # fmt: skip

    def asked(who: Client, page: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert who.get(page).status_code == 200
        return len(queries)

    checked(cast)
    for who, page in pages:
        who.get(page)
    few = [asked(*one) for one in pages]
    for _ in range(4):
        checked(cast)
    more = [asked(*one) - before for one, before in zip(pages, few, strict=True)]
    # What was remembered may have to be asked once more, whatever the number of rows.
    assert max(more) <= 1
    assert max(few) <= 25


def test_a_seat_that_answered_at_once_is_not_offered_to_ask(cast: Cast) -> None:
    plan(cast, Plan("a", "全部"))
    new = NewAppeal(text="问办证", channel="hotline", kind="inquiry")
    case_id = receive(DISTRICT, [new], by=cast.system, now=MONDAY)[0].case_id
    advance((DISTRICT, case_id), Verb.ANSWER, by=cast.seat, now=MONDAY, reply=REPLY)
    catch_up()
    assert Asking.objects.get().answered
    assert f"{case_id:09d}" in desk(Role.EVALUATOR).get("/evaluation/follow-ups?of=answers").text
