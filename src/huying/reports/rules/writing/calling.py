"""呼叫到场: how many bodies were called to the spot, who answered within the limit, how fast who came."""

from collections.abc import Iterator, Sequence
from typing import Final

from huying.figures.rules.measures import Measure as M
from huying.kernel.saying import Said, said
from huying.loop.supervise.rules.cuts import Cut
from huying.reports.rules.chance import LEAST_FOR_SHARE
from huying.reports.rules.doc import Block, Heading, Name, Num, Paragraph, Table, Value, number
from huying.reports.rules.facts import BodyFacts, Facts
from huying.reports.rules.kinds import this
from huying.reports.rules.links import MOST_CASES, Link, cases, counted
from huying.reports.rules.writing.handling import share_went
from huying.reports.rules.writing.overall import measured
from huying.reports.rules.writing.phrases import percent, spans, times, went

MOST_NAMED: Final = 5
MOST_LISTED: Final = 12
_TOLD: Final = (M.CALLED, M.CALL_IN_TIME, M.CALL_LATE, M.ARRIVED)


def calling(facts: Facts) -> list[Block]:
    """The section; none where nobody was called and nobody's answer was due."""
    if not any(facts.count(measure) for measure in _TOLD) and not facts.calls:
        return []
    blocks: list[Block] = [
        Heading(said("呼叫到场")),
        Paragraph([*_made(facts), *_answered(facts), *_came(facts)]),
    ]
    busy = ranked_by(facts, (M.CALL_LATE, M.CALLED, M.CALL_IN_TIME, M.ARRIVED))
    if len(busy) > 1:
        rows: list[list[Value]] = [
            [Name(one.name), *(number(one.now.get(measure, 0), behind(facts, one, measure)) for measure in _TOLD)]
            for one in busy[:MOST_LISTED]
        ]  # fmt: skip
        heads = [said("单位"), said("被呼叫"), said("按时应答"), said("超时应答"), said("报到")]
        blocks.append(Table(said("各单位应答呼叫情况（次）"), heads, rows))
    return blocks


def unanswered(facts: Facts) -> list[BodyFacts]:
    """The bodies that did not answer a call within its limit, the most often first."""
    return [one for one in ranked_by(facts, (M.CALL_LATE,)) if one.now.get(M.CALL_LATE, 0)]


def ranked_by(facts: Facts, measures: Sequence[M]) -> list[BodyFacts]:
    """The bodies of which any of these was counted, by the first of them, then by the next; none that has no name."""
    some = [one for one in facts.bodies if one.key != "0" and any(one.now.get(each, 0) for each in measures)]
    return sorted(some, key=lambda one: ([-one.now.get(each, 0) for each in measures], one.key))


def behind(facts: Facts, one: BodyFacts, measure: M) -> Link:
    """The cases behind a number of a body."""
    return counted(facts.period, facts.area, [measure], Cut.BODY, one.key)


def _made(facts: Facts) -> Iterator[Said]:
    if not facts.count(M.CALLED):
        return
    yield said(
        "%(this)s发起呼叫 %(calls)s 次，呼叫单位 %(n)s 家次。",
        this=this(facts.kind), n=measured(facts, M.CALLED),
        calls=_calls(facts),
    )  # fmt: skip
    then = measured(facts, M.CALLED, before=True)
    yield from went(facts, said("呼叫家次"), facts.count(M.CALLED), then, facts.count_before(M.CALLED))


def _calls(facts: Facts) -> Num:
    """How many calls were made; few open by themselves, many with all bodies called."""
    few = len(facts.calls) <= MOST_CASES
    link = cases(facts.calls, what="called") if few else counted(facts.period, facts.area, [M.CALLED])
    return number(len(facts.calls), link)


def _answered(facts: Facts) -> Iterator[Said]:
    kept, late = facts.count(M.CALL_IN_TIME), facts.count(M.CALL_LATE)
    whole = kept + late
    if not whole:
        return
    yield said(
        "时限内应答 %(kept)s 家次，超时 %(late)s 家次。",
        kept=measured(facts, M.CALL_IN_TIME), late=measured(facts, M.CALL_LATE),
    )  # fmt: skip
    if whole >= LEAST_FOR_SHARE:
        yield said("呼叫应答率 %(share)s。", share=Name(percent(kept, whole)))
    before = facts.count_before(M.CALL_IN_TIME)
    past = (before, before + facts.count_before(M.CALL_LATE))
    yield from share_went(facts, said("呼叫应答率"), (kept, whole), past)
    bodies = unanswered(facts)
    told = times(
        (Name(one.name), one.now[M.CALL_LATE], behind(facts, one, M.CALL_LATE)) for one in bodies[:MOST_NAMED]
    )
    if len(bodies) > MOST_NAMED:
        yield said("超时未应答的单位 %(n)s 家，次数居前的：%(list)s。", n=len(bodies), list=told)
    elif bodies:
        yield said("超时未应答的单位：%(list)s。", list=told)


def _came(facts: Facts) -> Iterator[Said]:
    if not facts.minutes:
        return
    yield said(
        "到场报到 %(n)s 家次，从呼叫到报到用时%(spans)s。",
        n=measured(facts, M.ARRIVED), spans=spans(facts.minutes, said("分钟")),
    )  # fmt: skip
