"""三、升降原因: what rose and which part of it each item, area and channel explains, adding up exactly."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from huying.kernel.saying import Said, said
from huying.reports.rules.chance import LEAST_FOR_SHARE, Verdict
from huying.reports.rules.doc import Block, Heading, Joined, Name, Paragraph, Table, Value, number
from huying.reports.rules.facts import Facts
from huying.reports.rules.kinds import that, this
from huying.reports.rules.parts import Part, told_apart
from huying.reports.rules.writing.asked import (
    area_name,
    channel_name,
    item_name,
    of_area,
    of_channel,
    of_item,
)
from huying.reports.rules.writing.phrases import signed, verdict

_MOST_NAMED: Final = 3
_MOST_LISTED: Final = 8
_Naming = Callable[[Facts, str], Value]


def rising(facts: Facts) -> list[Block]:
    """The section; without a comparison it says so and nothing else."""
    head = Heading(said("升降原因"))
    if not facts.comparable:
        words = said("%(that)s没有完整数据，不作升降分析。", that=that(facts.kind))
        return [head, Paragraph([words])]
    went = verdict(facts, facts.came.whole, facts.came_before.whole)
    sentences = list(_whole(facts, went))
    blocks: list[Block] = [head, Paragraph([*sentences, *_single(facts)])]
    if went is not Verdict.LEVEL:
        blocks += [_table(facts, *cut) for cut in _cuts(facts)]
    return blocks


def risen(facts: Facts) -> list[Part]:
    """The classes of items that rose beyond chance, among all that are compared; the largest rise first."""
    if not facts.comparable:
        return []
    parts = [part for part in told_apart(facts.came.items, facts.came_before.items) if part.key]
    found = [part for part in parts if verdict(facts, part.now, part.before, len(parts)) is Verdict.UP]
    return sorted(found, key=lambda part: (-part.change, part.key))


def _cuts(facts: Facts) -> Iterator[tuple[Said, Sequence[Part], _Naming, Callable[..., Any]]]:
    now, past = facts.came, facts.came_before
    yield said("事项"), told_apart(now.items, past.items), item_name, of_item
    yield said("区域"), told_apart(now.areas, past.areas), area_name, of_area
    yield said("来源"), told_apart(now.channels, past.channels), channel_name, of_channel


def _whole(facts: Facts, went: Verdict) -> Iterator[Said]:
    change = facts.came.whole - facts.came_before.whole
    words = {"this": this(facts.kind), "that": that(facts.kind), "by": abs(change)}
    if went is Verdict.LEVEL:
        yield said("受理总量与%(that)s相比没有超出正常波动，不作归因。", **words)
        return
    yield (
        said("受理量比%(that)s增加 %(by)s 件，分解如下。", **words)
        if went is Verdict.UP
        else said("受理量比%(that)s减少 %(by)s 件，分解如下。", **words)
    )
    for title, parts, naming, _link in _cuts(facts):
        yield said("按%(cut)s：%(list)s。", cut=title, list=Joined(_named(facts, parts, naming, change)))


def _named(facts: Facts, parts: Sequence[Part], naming: _Naming, change: int) -> list[Said]:
    """The parts that explain the most, and what is left, so that all of them add up to the whole."""
    first = [part for part in parts if part.change * change > 0][:_MOST_NAMED]
    told = [
        said("%(name)s %(by)s 件", name=naming(facts, one.key), by=Name(signed(one.change))) for one in first
    ]
    rest = [part for part in parts if part not in first and (part.now or part.before)]
    if rest:
        left = change - sum(one.change for one in first)
        told.append(said("其余合计 %(by)s 件", by=Name(signed(left))))
    return told


def _single(facts: Facts) -> Iterator[Said]:
    found = risen(facts)[:_MOST_NAMED]
    for part in found:
        told: Mapping[str, Value] = {
            "name": item_name(facts, part.key), "that": that(facts.kind),
            "before": number(part.before, of_item(facts, part.key, before=True)),
            "now": number(part.now, of_item(facts, part.key)),
        }  # fmt: skip
        yield said("%(name)s由%(that)s %(before)s 件增加到 %(now)s 件，超出正常波动。", **told)
    if not found:
        yield said("没有单个事项的增加超出正常波动。")


def _table(
    facts: Facts, title: Said, parts: Sequence[Part], naming: _Naming, link: Callable[..., Any]
) -> Table:
    """All parts, the smaller ones together, and the whole in the last row."""
    shares = abs(sum(part.change for part in parts)) >= LEAST_FOR_SHARE
    shown, rest = list(parts[:_MOST_LISTED]), list(parts[_MOST_LISTED:])
    rows = [
        [naming(facts, one.key), number(one.now, link(facts, one.key)),
         number(one.before, link(facts, one.key, before=True)), *_ends([one], shares)]
        for one in shown
    ]  # fmt: skip
    if rest:
        rows.append([said("其余"), *_sums(rest), *_ends(rest, shares)])
    rows.append([said("合计"), *_sums(parts), *_ends(parts, shares)])
    heads = [
        title, said("%(this)s（件）", this=this(facts.kind)), said("%(that)s（件）", that=that(facts.kind)),
        said("差（件）"), *([said("占全部差额")] if shares else []),
    ]  # fmt: skip
    return Table(said("按%(cut)s分解", cut=title), heads, rows)


def _sums(parts: Sequence[Part]) -> list[Value]:
    return [number(sum(one.now for one in parts)), number(sum(one.before for one in parts))]


def _ends(parts: Sequence[Part], shares: bool) -> list[Value]:
    change = Name(signed(sum(one.change for one in parts)))
    return [change, Name(f"{sum(one.share or 0 for one in parts)}%")] if shares else [change]
