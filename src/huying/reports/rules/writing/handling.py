"""四、办理质量: what was due and done, who was late, what callers said."""

from collections.abc import Iterator
from typing import Final

from huying.figures.rules.formulas import Unit
from huying.figures.rules.measures import Measure as M
from huying.kernel.saying import Said, said
from huying.loop.supervise.rules.cuts import Cut
from huying.reports.rules.chance import LEAST_FOR_SHARE, Verdict, shares_differ
from huying.reports.rules.doc import Block, Both, Heading, Joined, Name, Num, Paragraph, Table, Value, number
from huying.reports.rules.facts import BodyFacts, Facts
from huying.reports.rules.kinds import that, this
from huying.reports.rules.links import counted
from huying.reports.rules.writing.overall import measured
from huying.reports.rules.writing.phrases import compared, listed, percent

_MOST_NAMED: Final = 5
_MOST_LISTED: Final = 12
_RATES: Final = ("responded_rate", "solved_rate", "satisfied_rate")


def handling(facts: Facts) -> list[Block]:
    """The section."""
    blocks: list[Block] = [
        Heading(said("办理质量")),
        Paragraph([*_due(facts), *_late(facts), *_early_stages(facts)]),
        Paragraph([*_heard(facts), *_rework(facts)]),
    ]
    rows = [_row(facts, one) for one in _busy(facts)]
    if rows:
        heads = [said("单位"), said("应办结"), said("按期"), said("逾期"), said("逾期后办结"), said("返工")]
        blocks.insert(2, Table(said("各单位办理情况（件）"), heads, rows))
    return blocks


def late_bodies(facts: Facts) -> list[BodyFacts]:
    """The bodies that were late, the most often first."""
    late = [one for one in facts.bodies if one.now.get(M.HANDLE_LATE, 0) and one.key != "0"]
    return sorted(late, key=lambda one: (-one.now.get(M.HANDLE_LATE, 0), one.key))


def _due_of(one: BodyFacts) -> int:
    return one.now.get(M.HANDLE_IN_TIME, 0) + one.now.get(M.HANDLE_LATE, 0)


def _busy(facts: Facts) -> list[BodyFacts]:
    busy = [one for one in facts.bodies if one.key != "0" and (_due_of(one) or one.now.get(M.REWORK, 0))]
    return sorted(busy, key=lambda one: (-one.now.get(M.HANDLE_LATE, 0), -_due_of(one), one.key))[
        :_MOST_LISTED
    ]


def _due(facts: Facts) -> Iterator[Said]:
    kept, late = facts.count(M.HANDLE_IN_TIME), facts.count(M.HANDLE_LATE)
    whole = kept + late
    if not whole:
        yield said("%(this)s没有到期应办结的案件。", this=this(facts.kind))
        return
    told = {
        "this": this(facts.kind),
        "n": measured(facts, M.HANDLE_IN_TIME, M.HANDLE_LATE),
        "kept": measured(facts, M.HANDLE_IN_TIME),
        "late": measured(facts, M.HANDLE_LATE),
    }
    yield said("%(this)s应办结 %(n)s 件，按期办结 %(kept)s 件，逾期 %(late)s 件。", **told)
    if whole >= LEAST_FOR_SHARE:
        yield said("按期结案率 %(share)s。", share=Name(percent(kept, whole)))
    before = facts.count_before(M.HANDLE_IN_TIME)
    yield from share_went(
        facts, said("按期结案率"), (kept, whole), (before, before + facts.count_before(M.HANDLE_LATE))
    )


def share_went(facts: Facts, name: Said, now: tuple[int, int], before: tuple[int, int]) -> Iterator[Said]:
    """That a rate is higher or lower than before, where both rest on enough and differ beyond chance."""
    if not facts.comparable or min(now[1], before[1]) < LEAST_FOR_SHARE:
        return
    told = {"name": name, "that": that(facts.kind), "before": Name(percent(*before))}
    match shares_differ(*now, *before):
        case Verdict.UP:
            yield said("%(name)s高于%(that)s（%(before)s）。", **told)
        case Verdict.DOWN:
            yield said("%(name)s低于%(that)s（%(before)s）。", **told)


def _late(facts: Facts) -> Iterator[Said]:
    late, before = facts.count(M.HANDLE_LATE), facts.count_before(M.HANDLE_LATE)
    if not late and not facts.count(M.HANDLE_IN_TIME):
        return
    if late:
        yield from _who(facts)
    else:
        yield said("没有单位逾期。")
    if facts.comparable and (late or before):
        then = measured(facts, M.HANDLE_LATE, before=True)
        yield said("逾期件数%(words)s", words=compared(facts, late, then, before))


def _who(facts: Facts) -> Iterator[Said]:
    if facts.count(M.HANDLE_LATE_DONE):
        yield said("逾期的已办结 %(n)s 件。", n=measured(facts, M.HANDLE_LATE_DONE))
    bodies = late_bodies(facts)
    told = listed(
        (Name(one.name), one.now[M.HANDLE_LATE],
         counted(facts.period, facts.area, [M.HANDLE_LATE], Cut.BODY, one.key))
        for one in bodies[:_MOST_NAMED]
    )  # fmt: skip
    if len(bodies) > _MOST_NAMED:
        yield said("逾期单位 %(n)s 家，件数居前的：%(list)s。", n=len(bodies), list=told)
    elif bodies:
        yield said("逾期单位：%(list)s。", list=told)


def _early_stages(facts: Facts) -> Iterator[Said]:
    for measure in (M.SIGN_LATE, M.CONTACT_LATE, M.CHECK_LATE):
        if facts.count(measure):
            yield said("%(name)s %(n)s 件。", name=measure.zh, n=measured(facts, measure))


def _heard(facts: Facts) -> Iterator[Said]:
    valid = facts.count(M.VALID)
    if not valid:
        yield said("%(this)s没有有效回访，不评价满意情况。", this=this(facts.kind))
        return
    told = {
        "n": measured(facts, M.VALID),
        "solved": measured(facts, M.SOLVED),
        "unhappy": measured(facts, M.UNSATISFIED),
    }
    yield said("有效回访 %(n)s 件，其中已解决 %(solved)s 件，不满意 %(unhappy)s 件。", **told)
    if valid < LEAST_FOR_SHARE:
        yield said("回访件数较少，不计算比率。")
        return
    shown = [facts.figures[code] for code in _RATES if code in facts.figures]
    rates = [
        said(
            "%(name)s %(share)s",
            name=Both(one.formula.zh, one.formula.en),
            share=Name(percent(one.numerator, one.denominator)),
        )
        for one in shown
        if one.denominator and one.formula.unit is Unit.SHARE
    ]
    if rates:
        yield said("三率：%(rates)s。", rates=Joined(rates))
    past = (facts.count_before(M.SOLVED), facts.count_before(M.VALID))
    yield from share_went(facts, said("解决率"), (facts.count(M.SOLVED), valid), past)


def _rework(facts: Facts) -> Iterator[Said]:
    if facts.count(M.REWORK):
        yield said("返工 %(n)s 件。", n=measured(facts, M.REWORK))
    if facts.count(M.REOPENED):
        yield said("重办 %(n)s 件。", n=measured(facts, M.REOPENED))


def _row(facts: Facts, one: BodyFacts) -> list[Value]:
    def cell(*measures: M) -> Num:
        count = sum(one.now.get(measure, 0) for measure in measures)
        return number(count, counted(facts.period, facts.area, measures, Cut.BODY, one.key))

    plain = (M.HANDLE_IN_TIME, M.HANDLE_LATE, M.HANDLE_LATE_DONE, M.REWORK)
    return [Name(one.name), cell(M.HANDLE_IN_TIME, M.HANDLE_LATE), *map(cell, plain)]
