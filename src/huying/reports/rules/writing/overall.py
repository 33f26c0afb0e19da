"""一、总体情况: how much came in and was done, against the period before and the same month a year ago."""

from collections.abc import Iterator

from huying.figures.rules.measures import Measure
from huying.kernel.saying import Said, said
from huying.loop.supervise.rules.cuts import Cut
from huying.reports.rules.chance import Verdict, counts_differ
from huying.reports.rules.doc import Block, Both, Graph, Heading, Name, Num, Paragraph, number
from huying.reports.rules.facts import Facts
from huying.reports.rules.kinds import ReportKind, a_year_before, that, this
from huying.reports.rules.links import arrived, counted
from huying.reports.rules.writing.phrases import compared


def overall(facts: Facts) -> list[Block]:
    """The section."""
    blocks: list[Block] = [Heading(said("总体情况")), Paragraph(list(_sentences(facts)))]
    if any(came or closed for _, came, closed in facts.series):
        blocks.append(_graph(facts))
    return blocks


def measured(facts: Facts, *measures: Measure, before: bool = False) -> Num:
    """A count of the whole area, or the sum of several, with its cases."""
    period, counts = (facts.past, facts.counts_before) if before else (facts.period, facts.counts)
    return number(sum(counts.get(one, 0) for one in measures), counted(period, facts.area, measures, Cut.ALL))


def received(facts: Facts, *, before: bool = False) -> Num:
    """What came in, with its cases."""
    came, period = (facts.came_before, facts.past) if before else (facts.came, facts.period)
    return number(came.whole, arrived(period, facts.area))


def _sentences(facts: Facts) -> Iterator[Said]:
    came, closed, word = facts.came.whole, facts.count(Measure.CLOSED), this(facts.kind)
    if not came and not closed:
        yield said("%(this)s没有受理诉求，也没有办结案件。", this=word)
    elif came:
        yield said("%(this)s受理诉求 %(n)s 件。", this=word, n=received(facts))
    else:
        yield said("%(this)s没有受理诉求。", this=word)
    if facts.comparable:
        yield compared(facts, came, received(facts, before=True), facts.came_before.whole)
    else:
        yield said("%(that)s没有完整数据，不作比较。", that=that(facts.kind))
    yield from _a_year_ago(facts, came)
    if closed:
        answered = facts.count(Measure.ANSWERED)
        told = {"n": measured(facts, Measure.CLOSED)}
        yield (
            said("办结 %(n)s 件，其中直接答复 %(m)s 件。", **told, m=measured(facts, Measure.ANSWERED))
            if answered
            else said("办结 %(n)s 件。", **told)
        )
    elif came:
        yield said("%(this)s没有办结案件。", this=word)


def _a_year_ago(facts: Facts, came: int) -> Iterator[Said]:
    past, count = a_year_before(facts.period), facts.year_before
    if facts.kind is not ReportKind.MONTH or past is None or count is None:
        return
    told = {"before": number(count, arrived(past, facts.area)), "by": abs(came - count)}
    match counts_differ(came, count, facts.period.days, past.days):
        case Verdict.UP:
            yield said("比去年同期（%(before)s 件）增加 %(by)s 件。", **told)
        case Verdict.DOWN:
            yield said("比去年同期（%(before)s 件）减少 %(by)s 件。", **told)
        case _:
            yield said("与去年同期（%(before)s 件）相比，差别在正常波动范围内。", **told)


def _graph(facts: Facts) -> Graph:
    names = [Name(f"{one.first.month}-{one.first.day}") for one, _, _ in facts.series]
    came, closed = [each for _, each, _ in facts.series], [each for _, _, each in facts.series]
    title = said("逐日受理和办结")
    links = [counted(one, facts.area, [Measure.RECEIVED, Measure.CLOSED]) for one, _, _ in facts.series]
    return Graph(
        title,
        "line",
        names,
        [(Both("受理", "Received"), came), (Both("办结", "Closed"), closed)],
        said("件"),
        links,
    )
