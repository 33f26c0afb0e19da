"""有诺必果: what was promised, kept and broken, by whom, and what is still to be made good."""

from collections.abc import Iterator
from typing import Final

from huying.figures.rules.measures import Measure as M
from huying.kernel.saying import Said, said
from huying.reports.rules.chance import LEAST_FOR_SHARE
from huying.reports.rules.doc import Block, Heading, Name, Num, Paragraph, Table, Value, number
from huying.reports.rules.facts import BodyFacts, Facts
from huying.reports.rules.kinds import this
from huying.reports.rules.links import MOST_CASES, cases
from huying.reports.rules.writing.calling import MOST_LISTED, MOST_NAMED, behind, ranked_by
from huying.reports.rules.writing.handling import share_went
from huying.reports.rules.writing.overall import measured
from huying.reports.rules.writing.phrases import listed, percent, went

_TOLD: Final = (M.PROMISED, M.PROMISE_KEPT, M.PROMISE_BROKEN)


def promising(facts: Facts) -> list[Block]:
    """The section; none where nothing was promised and no promise ended."""
    if not any(facts.count(measure) for measure in _TOLD):
        return []
    blocks: list[Block] = [
        Heading(said("有诺必果")),
        Paragraph([*_made(facts), *_kept(facts), *_broken(facts)]),
    ]
    busy = ranked_by(facts, (M.PROMISE_BROKEN, M.PROMISE_KEPT, M.PROMISED))
    if len(busy) > 1:
        rows: list[list[Value]] = [
            [Name(one.name), *(number(one.now.get(measure, 0), behind(facts, one, measure)) for measure in _TOLD),
             undone(facts, one.key)]
            for one in busy[:MOST_LISTED]
        ]  # fmt: skip
        heads = [said("单位"), said("作出"), said("兑现"), said("未兑现"), said("其中尚未补办")]
        blocks.append(Table(said("各单位承诺兑现情况（件）"), heads, rows))
    return blocks


def breakers(facts: Facts) -> list[BodyFacts]:
    """The bodies that did not keep a promise, the most often first."""
    return [one for one in ranked_by(facts, (M.PROMISE_BROKEN,)) if one.now.get(M.PROMISE_BROKEN, 0)]


def undone(facts: Facts, key: str = "") -> Num:
    """How many of the broken promises are still not done, of one body or of all; opened where all are at hand."""
    held = [case for body, found in facts.undone.items() if not key or body == key for case in found]
    return number(len(held), cases(held, what="undone") if len(held) <= MOST_CASES else None)


def _made(facts: Facts) -> Iterator[Said]:
    if facts.count(M.PROMISED):
        yield said("%(this)s作出承诺 %(n)s 件。", this=this(facts.kind), n=measured(facts, M.PROMISED))


def _kept(facts: Facts) -> Iterator[Said]:
    # A promise found not to be kept was reported as kept before, and is among the broken ones.
    kept = max(0, facts.count(M.PROMISE_KEPT) - facts.count(M.PROMISE_CONTESTED))
    broken = facts.count(M.PROMISE_BROKEN)
    whole = kept + broken
    if not whole and not facts.count(M.PROMISE_KEPT):
        return
    yield said(
        "报告兑现 %(kept)s 件，未兑现 %(broken)s 件。",
        kept=measured(facts, M.PROMISE_KEPT), broken=measured(facts, M.PROMISE_BROKEN),
    )  # fmt: skip
    if facts.count(M.PROMISE_CONTESTED):
        yield said("报告兑现后核实没有兑现的 %(n)s 件。", n=measured(facts, M.PROMISE_CONTESTED))
    if whole >= LEAST_FOR_SHARE:
        yield said("承诺兑现率 %(share)s。", share=Name(percent(kept, whole)))
    past = max(0, facts.count_before(M.PROMISE_KEPT) - facts.count_before(M.PROMISE_CONTESTED))
    then = (past, past + facts.count_before(M.PROMISE_BROKEN))
    yield from share_went(facts, said("承诺兑现率"), (kept, whole), then)


def _broken(facts: Facts) -> Iterator[Said]:
    bodies = breakers(facts)
    told = listed(
        (Name(one.name), one.now[M.PROMISE_BROKEN], behind(facts, one, M.PROMISE_BROKEN))
        for one in bodies[:MOST_NAMED]
    )
    if len(bodies) > MOST_NAMED:
        yield said("未兑现的单位 %(n)s 家，件数居前的：%(list)s。", n=len(bodies), list=told)
    elif bodies:
        yield said("未兑现的单位：%(list)s。", list=told)
    if facts.undone:
        yield said("未兑现的承诺中，至今没有补办的 %(n)s 件。", n=undone(facts))
    now, then = facts.count(M.PROMISE_BROKEN), facts.count_before(M.PROMISE_BROKEN)
    before = measured(facts, M.PROMISE_BROKEN, before=True)
    yield from went(facts, said("未兑现的承诺"), now, before, then)
