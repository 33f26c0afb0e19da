"""Grids, and people in their posts: what is credited to whom, ranked among their like, open to its cases."""

from datetime import UTC, date, datetime, timedelta

import pytest

from huying.access.actor import Actor
from huying.access.roles import Role
from huying.cases.actions import NewAppeal, advance, receive
from huying.cases.lifecycle import Verb
from huying.figures.actions import write_rule
from huying.figures.actions.recounting import recount
from huying.figures.queries import behind_for, cell_for, ranking_for
from huying.figures.rules.measures import Measure as M
from huying.figures.rules.periods import Period
from huying.figures.rules.ranking import Ranked, Threshold
from huying.kernel.errors import NotFound
from huying.loop.supervise.rules.cuts import Cut
from huying.people import actions, queries
from huying.people.actions import NewPost
from tests.cast import COMMUNITY, DISTRICT, GRID, MONDAY, OTHER_STREET, Cast
from tests.figures.living import counted, live

MARCH = Period.month(2026, 3)
SPRING = Period(date(2026, 3, 1), date(2026, 4, 30))
AFTER = MONDAY + timedelta(days=45)


@pytest.fixture
def worker(cast: Cast) -> Actor:
    """A grid worker with an account, who registers and handles."""
    write_rule(cast.administrator, Threshold(1, valid_from=date(2026, 1, 1)), MONDAY)
    post = NewPost(Role.GRID_WORKER, GRID, cast.street_body)
    made = actions.create_account(cast.system, "wang", "王秀英", [post], MONDAY - timedelta(days=30))
    return queries.actor_by_id(DISTRICT, made, MONDAY)


def test_a_grid_workers_reports_are_valid_where_they_were_filed(cast: Cast, worker: Actor) -> None:
    live(cast, cast.street_body, by=worker)
    new = NewAppeal(text="没有这回事", channel="grid", kind="complaint", area=GRID)
    receipt = receive(DISTRICT, [new], by=worker, now=MONDAY)[0]
    why = {"ground": "beyond_duty", "reply": "查无此事。" * 5}
    advance((DISTRICT, receipt.case_id), Verb.REJECT, by=cast.system, now=MONDAY, **why)
    counted(AFTER)
    found = ranking_for(cast.evaluator, MARCH, Ranked.WORKERS, AFTER, order="valid_report_rate")
    assert [(row.named.name, row.rank) for row in found.rows] == [("王秀英", 1)]
    row = found.rows[0]
    assert row.figures["valid_report_rate"].value == pytest.approx(0.5)
    assert (row.counts[M.RECEIVED], row.counts[M.FILED], row.counts[M.REJECTED]) == (2, 1, 1)
    # What the caller said of the result counts for who did the work.
    assert (row.counts[M.VALID], row.counts[M.HANDLE_IN_TIME]) == (1, 1)
    opened, _ = behind_for(cast.evaluator, MARCH, [M.REJECTED], AFTER, by=Cut.POST, key=row.key)
    assert [one.line.id for one in opened] == [receipt.case_id]
    name, counts = cell_for(cast.evaluator, MARCH, Cut.POST, row.key, now=AFTER)
    assert (name, counts) == ("王秀英", row.counts)


def test_what_was_done_late_is_late_for_who_did_it(cast: Cast, worker: Actor) -> None:
    live(cast, cast.street_body, by=worker, late=True)
    counted(AFTER)
    row = ranking_for(cast.evaluator, SPRING, Ranked.WORKERS, AFTER, order="in_time_rate").rows[0]
    assert row.counts[M.HANDLE_LATE] == 1
    assert row.counts[M.SIGN_IN_TIME] == 1
    assert recount(DISTRICT, repair=False).wrong == ()


def test_who_sent_a_case_to_the_wrong_body_answers_for_it_also_where_it_was_put_right_before_it_was_signed(
    cast: Cast,
) -> None:
    write_rule(cast.administrator, Threshold(1, valid_from=date(2026, 1, 1)), MONDAY)
    role, since = NewPost(Role.DISTRICT_DISPATCHER, str(DISTRICT), None), MONDAY - timedelta(days=30)
    first, second = (
        queries.actor_by_id(DISTRICT, actions.create_account(cast.system, name, name, [role], since), MONDAY)
        for name in ("甲分拨", "乙分拨")
    )
    new = NewAppeal(text="路口积水", channel="web", kind="complaint", area=GRID)
    ref = (DISTRICT, receive(DISTRICT, [new], by=cast.system, now=MONDAY)[0].case_id)
    advance(ref, Verb.FILE, by=first, now=MONDAY, item="010101")
    advance(ref, Verb.DISPATCH, by=first, now=MONDAY, body=cast.urban)
    advance(ref, Verb.REASSIGN, by=second, now=MONDAY, body=cast.water, reason="派错了")
    counted(AFTER)
    wanted = {"order": "first_decision", "role": Role.DISTRICT_DISPATCHER.value}
    rows = ranking_for(cast.evaluator, MARCH, Ranked.POSTS, AFTER, **wanted).rows
    found = {row.named.name: row.figures["first_decision"].value for row in rows}
    assert found == {"甲分拨": 0, "乙分拨": None} or found == {"甲分拨": 0}
    assert recount(DISTRICT, repair=False).wrong == ()


def test_a_decision_found_wrong_twice_is_wrong_once_and_on_its_own_day(cast: Cast) -> None:
    """Sent on the last day of March, put right twice in April: the rate is a share of what was decided in March."""
    sent = datetime(2026, 3, 31, 2, 0, tzinfo=UTC)
    new = NewAppeal(text="窨井盖松动", channel="web", kind="complaint", area=GRID)
    ref = (DISTRICT, receive(DISTRICT, [new], by=cast.system, now=sent)[0].case_id)
    advance(ref, Verb.FILE, by=cast.dispatcher, now=sent, item="X1")
    advance(ref, Verb.DISPATCH, by=cast.dispatcher, now=sent, body=cast.urban)
    for day, body in ((1, cast.water), (2, cast.housing)):
        later = sent + timedelta(days=day)
        advance(ref, Verb.REASSIGN, by=cast.dispatcher, now=later, body=body, reason="派错了")
    after = sent + timedelta(days=3)
    counted(after)
    urban = cell_for(cast.evaluator, MARCH, Cut.BODY, str(cast.urban))[1]
    assert (urban[M.DISPATCHED], urban[M.MISJUDGED]) == (1, 1)
    april = Period.month(2026, 4)
    for body in (cast.urban, cast.water):
        counts = cell_for(cast.evaluator, april, Cut.BODY, str(body))[1]
        assert (counts[M.REASSIGNED], counts.get(M.MISJUDGED, 0)) == (1, 0)
    assert recount(DISTRICT, repair=False).wrong == ()


def test_grids_and_communities_of_the_whole_district_are_ranked_together(cast: Cast) -> None:
    write_rule(cast.administrator, Threshold(1, valid_from=date(2026, 1, 1)), MONDAY)
    live(cast, cast.urban)
    live(cast, cast.urban, area=f"{OTHER_STREET}002003", word="unsatisfied")
    live(cast, cast.urban, area=COMMUNITY)
    counted(AFTER)
    grids = ranking_for(cast.evaluator, MARCH, Ranked.GRIDS, AFTER)
    assert [(row.key, row.rank) for row in grids.rows] == [(GRID, 1), (f"{OTHER_STREET}002003", 2)]
    communities = ranking_for(cast.evaluator, MARCH, Ranked.COMMUNITIES, AFTER)
    assert [(row.key, row.counts[M.VALID]) for row in communities.rows] == [
        (COMMUNITY, 2),
        (f"{OTHER_STREET}002", 1),
    ]
    # A street sees its own, with the rank in the district.
    own = ranking_for(cast.other_dispatcher, MARCH, Ranked.GRIDS, AFTER)
    assert [(row.key, row.rank) for row in own.rows] == [(f"{OTHER_STREET}002003", 2)]
    opened, _ = behind_for(cast.evaluator, MARCH, [M.VALID], AFTER, by=Cut.GRID, key=GRID)
    assert len(opened) == 1
    assert cell_for(cast.evaluator, MARCH, Cut.GRID, GRID)[1][M.VALID] == 1


def test_nobody_opens_the_numbers_of_people_elsewhere(cast: Cast, worker: Actor) -> None:
    live(cast, cast.street_body, by=worker)
    counted(AFTER)
    key = str(worker.account_id)
    for elsewhere in (cast.other_dispatcher, cast.handler):
        assert ranking_for(elsewhere, MARCH, Ranked.WORKERS, AFTER).rows == []
        with pytest.raises(NotFound):
            behind_for(elsewhere, MARCH, [M.VALID], AFTER, by=Cut.POST, key=key)
        with pytest.raises(NotFound):
            cell_for(elsewhere, MARCH, Cut.POST, key, now=AFTER)
    assert len(ranking_for(cast.dispatcher, MARCH, Ranked.WORKERS, AFTER).rows) == 1
