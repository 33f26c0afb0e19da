"""Stories keep to the table of the lifecycle, move only forward, and end where the present begins."""

from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from huying.cases.lifecycle import TABLE, Part, State, Step, Verb
from huying.cases.rules.replies import reply_faults
from huying.catalogue.rules.starter import starter
from huying.simulate.days import Call, Calls, Ground, Rhythm
from huying.simulate.folk import bearings, bodies
from huying.simulate.land import Size, district
from huying.simulate.speech import matter_of
from huying.simulate.stories import Deed, Setting, joining, showcase, story
from huying.worktime import mainland

ZONE = ZoneInfo("Asia/Shanghai")
LAND = district(1, Size(streets=1))
UNITS = bodies(1, LAND)
SETTING = Setting(LAND.code, UNITS, bearings(1, LAND, UNITS), mainland())
MATTERS = [matter_of(1, line) for line in starter().items]
START = datetime(2026, 6, 1, tzinfo=ZONE)
LATER = START + timedelta(days=400)


@pytest.fixture(scope="module")
def groups() -> list[list[Call]]:
    return list(Calls(1, LAND, MATTERS, Rhythm(1, START, 30, 1200, ZONE)).by_matter())


def told(group: list[Call], end: datetime = LATER) -> list[Deed]:
    return story(1, group[0], SETTING, end, group[1:])


def rows(state: State, deed: Deed) -> list[Step]:
    """The rows of the table that a deed may be; a withdrawal's outcome is found out by the heart."""
    return [
        step
        for step in TABLE
        if step.verb is deed.verb
        and state in step.sources
        and (step.outcome is deed.outcome or deed.verb is Verb.WITHDRAW)
        and step.part is not Part.ASSIST
    ]


def test_every_deed_is_a_row_of_the_table_with_all_it_asks(groups: list[list[Call]]) -> None:
    for group in groups:
        state = State.RECEIVED
        helpers = {key for deed in told(group) for key in deed.facts.get("assists", ())}
        for deed in told(group):
            if deed.who.body in helpers and deed.verb in (Verb.SIGN, Verb.REPORT):
                continue
            found = rows(state, deed)
            assert found, (state, deed)
            step = found[0]
            assert set(step.asks) <= set(deed.facts) <= set(step.asks) | set(step.takes), deed
            state = step.target or state


def test_deeds_move_forward_in_time(groups: list[list[Call]]) -> None:
    for group in groups:
        times = [group[0].at] + [deed.at for deed in told(group)]
        assert times == sorted(times)


def test_a_story_that_is_cut_short_is_the_beginning_of_the_whole(groups: list[list[Call]]) -> None:
    end = START + timedelta(days=9)
    cut = 0
    for group in groups:
        if group[0].at < end:
            whole, part = told(group), told(group, end)
            assert part == whole[: len(part)]
            assert all(deed.at < end for deed in part)
            cut += len(part) < len(whole)
    assert cut > 10


def test_half_or_more_are_answered_at_once_and_the_rest_come_to_an_end(groups: list[list[Call]]) -> None:
    ends = Counter(told(group)[-1].verb for group in groups)
    assert 0.4 < ends[Verb.ANSWER] / len(groups) < 0.8
    assert set(ends) <= {Verb.ANSWER, Verb.CLOSE, Verb.REJECT, Verb.WITHDRAW, Verb.RATE}


def test_most_kinds_of_deeds_happen(groups: list[list[Call]]) -> None:
    done = {deed.verb for group in groups for deed in told(group)}
    assert done >= {
        Verb.FILE, Verb.REJECT, Verb.ANSWER, Verb.DISPATCH, Verb.SIGN, Verb.CONTACT, Verb.NOTE, Verb.REPORT,
        Verb.CHECK, Verb.FOLLOW_UP, Verb.CLOSE, Verb.HAND_UP, Verb.HAND_DOWN, Verb.DISPUTE, Verb.RULE,
        Verb.ASK_EXTENSION, Verb.RECOMMEND, Verb.APPROVE, Verb.SUPERVISE, Verb.RATE,
    }  # fmt: skip


def test_neighbours_are_merged_before_the_first_case_is_reported(groups: list[list[Call]]) -> None:
    bursts = [group for group in groups if len(group) > 1]
    assert bursts
    for group in bursts:
        merged = [joining(1, call, SETTING, LATER)[0].at for call in group[1:]]
        reported = next(deed.at for deed in told(group) if "reply" in deed.facts and deed.verb is Verb.REPORT)
        assert max(merged) < reported


def test_replies_say_what_a_reply_must(groups: list[list[Call]]) -> None:
    replies = [deed.facts for group in groups for deed in told(group) if deed.verb is Verb.REPORT]
    whole = [facts for facts in replies if "reply" in facts]
    assert {facts["solved"] for facts in whole} == {True, False}
    for facts in whole:
        assert reply_faults(facts["reply"], solved=facts["solved"]) == []


def test_the_showcase_leaves_work_of_every_sort_open() -> None:
    now = datetime(2026, 7, 1, 11, 0, tzinfo=ZONE)
    shown = list(showcase(1, Ground(LAND), MATTERS, SETTING, now))
    assert len(shown) >= 15
    assert max(len(life.calls) for life in shown) >= 15
    last = {life.deeds[-1].verb for life in shown if life.deeds}
    assert last >= {
        Verb.DISPUTE,
        Verb.ASK_EXTENSION,
        Verb.RECOMMEND,
        Verb.APPROVE,
        Verb.SUPERVISE,
        Verb.DISPATCH,
    }
    for life in shown:
        assert all(deed.at < now for deed in life.deeds)
        assert life.calls[0].area.startswith(LAND.of("community")[0].code)


def test_texts_are_filled_in(groups: list[list[Call]]) -> None:
    for group in groups[:400]:
        for deed in told(group):
            for value in deed.facts.values():
                assert not isinstance(value, str) or "{" not in value
