"""二、诉求特点: what people asked for most, where, and by which way."""

from collections.abc import Iterator, Mapping

from huying.cases.lifecycle import Channel
from huying.kernel.saying import Said, said
from huying.reports.rules.chance import LEAST_FOR_SHARE
from huying.reports.rules.doc import Block, Both, Graph, Heading, Name, Paragraph, Table, Value, number
from huying.reports.rules.facts import Facts
from huying.reports.rules.kinds import that, this
from huying.reports.rules.links import Link, arrived
from huying.reports.rules.writing.phrases import listed, percent, ranked, signed

_MOST_NAMED = 5
_MOST_LISTED = 10


def asked(facts: Facts) -> list[Block]:
    """The section; of a period in which nothing came in a sentence alone."""
    head = Heading(said("诉求特点"))
    if not facts.came.whole:
        return [head, Paragraph([said("%(this)s没有受理诉求，不作分类。", this=this(facts.kind))])]
    blocks: list[Block] = [head, Paragraph(list(_sentences(facts)))]
    items = ranked(facts.came.items, _MOST_LISTED)
    if items:
        blocks.append(_table(facts, items))
        names = [item_name(facts, key) for key, _ in items]
        blocks.append(
            Graph(
                said("诉求最多的事项"),
                "bar",
                names,
                [(Both("受理", "Received"), [n for _, n in items])],
                said("件"),
                [of_item(facts, key) for key, _ in items],
            )
        )
    return blocks


def item_name(facts: Facts, key: str) -> Value:
    """What a class of items is called; what has none yet is 未归类."""
    return Name(facts.item_names.get(key, key)) if key else said("未归类")


def area_name(facts: Facts, key: str) -> Value:
    """What a part of the area is called; what lies in none yet is 位置未定."""
    return Name(facts.area_names.get(key, key)) if key else said("位置未定")


def channel_name(_facts: Facts, key: str) -> Value:
    """By which way, as the field says it."""
    return Channel(key).zh if key in set(Channel) else Name(key)


def of_item(facts: Facts, key: str, *, before: bool = False) -> Link:
    return arrived(facts.past if before else facts.period, facts.area, item=key or "-")


def of_area(facts: Facts, key: str, *, before: bool = False) -> Link:
    return arrived(facts.past if before else facts.period, facts.area, part=key or "-")


def of_channel(facts: Facts, key: str, *, before: bool = False) -> Link:
    return arrived(facts.past if before else facts.period, facts.area, channel=key)


def _sentences(facts: Facts) -> Iterator[Said]:
    whole = facts.came.whole
    items = ranked(facts.came.items, _MOST_NAMED)
    if items:
        told = listed((item_name(facts, key), count, of_item(facts, key)) for key, count in items)
        yield (
            said("诉求较多的事项：%(list)s。", list=told)
            if len(items) > 1
            else said("按事项：%(list)s。", list=told)
        )
        if whole >= LEAST_FOR_SHARE and len(items) > 1:
            share = Name(percent(items[0][1], whole))
            yield said("%(name)s占 %(share)s。", name=item_name(facts, items[0][0]), share=share)
    if facts.came.items.get("", 0):
        yield said("另有 %(n)s 件尚未归类。", n=number(facts.came.items[""], of_item(facts, "")))
    yield from _where(facts)
    channels = ranked(facts.came.channels, _MOST_NAMED)
    told = listed((channel_name(facts, key), count, of_channel(facts, key)) for key, count in channels)
    yield said("按来源：%(list)s。", list=told)


def _where(facts: Facts) -> Iterator[Said]:
    areas: Mapping[str, int] = facts.came.areas
    named = ranked(areas, _MOST_NAMED)
    if named:
        told = listed((area_name(facts, key), count, of_area(facts, key)) for key, count in named)
        yield said("按区域：%(list)s。", list=told)
    if areas.get("", 0):
        yield said("另有 %(n)s 件位置未定。", n=number(areas[""], of_area(facts, "")))


def _table(facts: Facts, items: list[tuple[str, int]]) -> Table:
    heads = [said("事项"), said("受理（件）")]
    if facts.comparable:
        heads += [said("%(that)s（件）", that=that(facts.kind)), said("差（件）")]
    rows: list[list[Value]] = []
    for key, count in items:
        row: list[Value] = [item_name(facts, key), number(count, of_item(facts, key))]
        if facts.comparable:
            past = facts.came_before.items.get(key, 0)
            row += [number(past, of_item(facts, key, before=True)), Name(signed(count - past))]
        rows.append(row)
    return Table(said("诉求最多的事项"), heads, rows)
