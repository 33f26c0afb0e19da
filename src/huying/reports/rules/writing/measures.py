"""六、上期措施落实 and 七、下一步措施: who does what by when, and whether the number it aimed at came down."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from huying.figures.rules.measures import Measure as M
from huying.kernel.saying import Said, said
from huying.kernel.terms import Term
from huying.loop.supervise.rules.cuts import Cut
from huying.reports.rules.chance import counts_differ
from huying.reports.rules.doc import (
    Block,
    Both,
    Day,
    Heading,
    Joined,
    Measures,
    Name,
    Paragraph,
    Table,
    Value,
    number,
)
from huying.reports.rules.facts import Again, Aim, Facts, Kept
from huying.reports.rules.kinds import that
from huying.reports.rules.links import arrived, counted
from huying.reports.rules.writing.alarming import alarms, unreviewed
from huying.reports.rules.writing.asked import item_name
from huying.reports.rules.writing.calling import unanswered
from huying.reports.rules.writing.handling import late_bodies
from huying.reports.rules.writing.promising import breakers
from huying.reports.rules.writing.rising import risen

# A report with more to do is one of which nothing is done.
_LATE, _RISEN, _AGAIN, _MOST = 2, 2, 2, 8
# One that came again once may be chance; a measure for it would be noise.
_OFTEN: Final = 2


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing to do: who, what, by when, and the number it is to bring down."""

    who: str
    what: Said
    by: date
    aim: Aim | None = None


def next_measures(facts: Facts) -> list[Measure]:
    """What the numbers ask for, by rule: those who are late, what rose, what comes again, whose calls and promises
    were not kept more than once, what was not looked back at, who is not content."""
    drawn = [
        *_for_late(facts), *_for_risen(facts), *_for_again(facts), *_for_unanswered(facts), *_for_broken(facts),
        *_for_unreviewed(facts), *_for_unhappy(facts),
    ]  # fmt: skip
    return drawn[:_MOST]


def doing_next(facts: Facts, measures: Sequence[Measure]) -> list[Block]:
    """The section of what is to be done."""
    head = Heading(said("下一步措施"))
    if not measures:
        words = said("各项数字没有提示需要专项措施，按日常要求办理。")
        return [head, Paragraph([words]), Measures()]
    return [head, Measures()]


def _for_late(facts: Facts) -> Iterator[Measure]:
    for one in late_bodies(facts)[:_LATE]:
        late = one.now[M.HANDLE_LATE]
        link = counted(facts.period, facts.area, [M.HANDLE_LATE], Cut.BODY, one.key)
        what = said("逐件核对逾期的 %(n)s 件，未办结的限期办结，书面说明逾期原因。", n=number(late, link))
        yield Measure(one.name, what, facts.by, Aim(link, late, facts.period.days))


def _for_risen(facts: Facts) -> Iterator[Measure]:
    for part in risen(facts)[:_RISEN]:
        link = arrived(facts.period, facts.area, item=part.key)
        what = said(
            "对%(name)s类 %(n)s 件查明增加的原因，提出处置办法并落实。",
            name=item_name(facts, part.key), n=number(part.now, link),
        )  # fmt: skip
        yield Measure(_party(facts, part.key), what, facts.by, Aim(link, part.now, facts.period.days))


def _party(facts: Facts, item: str) -> str:
    """Whose matter a class is: that of its leaf that came in most often."""
    leaves = Counter({leaf: n for leaf, n in facts.came.leaves.items() if leaf.startswith(item)})
    most = [leaf for leaf, _ in leaves.most_common(1)]
    return facts.parties.get(most[0], facts.unit) if most else facts.unit


def _for_again(facts: Facts) -> Iterator[Measure]:
    for one in [each for each in facts.again if each.times >= _OFTEN][:_AGAIN]:
        what = said(
            "到%(place)s现场查清%(item)s反复发生的根源，列入源头治理，明确责任人。",
            place=Name(one.place), item=Name(one.item_name),
        )  # fmt: skip
        yield Measure(_party_of(facts, one), what, facts.by, Aim(_spot(one), one.times, facts.period.days))


def _party_of(facts: Facts, one: Again) -> str:
    return facts.places.get(one.area) or facts.parties.get(one.item) or facts.unit


def _spot(one: Again) -> Mapping[str, object]:
    return {"of": "spot", "item": one.item, "x": one.spot[0], "y": one.spot[1]}


def _for_unanswered(facts: Facts) -> Iterator[Measure]:
    for one in unanswered(facts)[:1]:
        late = one.now[M.CALL_LATE]
        if late < _OFTEN:
            return
        link = counted(facts.period, facts.area, [M.CALL_LATE], Cut.BODY, one.key)
        what = said("逐次说明超时未应答呼叫的 %(n)s 次，明确应答值班安排。", n=number(late, link))
        yield Measure(one.name, what, facts.by, Aim(link, late, facts.period.days))


def _for_broken(facts: Facts) -> Iterator[Measure]:
    for one in breakers(facts)[:1]:
        broken = one.now[M.PROMISE_BROKEN]
        if broken < _OFTEN:
            return
        link = counted(facts.period, facts.area, [M.PROMISE_BROKEN], Cut.BODY, one.key)
        what = said("对未兑现的 %(n)s 件承诺逐件补办，并向诉求人说明。", n=number(broken, link))
        yield Measure(one.name, what, facts.by, Aim(link, broken, facts.period.days))


def _for_unreviewed(facts: Facts) -> Iterator[Measure]:
    if unreviewed(facts):
        what = said("对已解除的 %(n)s 起应急补做复盘。", n=alarms(facts, unreviewed(facts)))
        yield Measure(facts.unit, what, facts.by)


def _for_unhappy(facts: Facts) -> Iterator[Measure]:
    count = facts.count(M.UNSATISFIED)
    if count:
        link = counted(facts.period, facts.area, [M.UNSATISFIED])
        what = said(
            "对不满意的 %(n)s 件逐件再回访，能办的重办，办不了的向诉求人说明。", n=number(count, link)
        )
        yield Measure(facts.unit, what, facts.by, Aim(link, count, facts.period.days))


class Came(Term):
    """What came of a measure."""

    DOWN = "down", "已下降"
    LEVEL = "level", "变化在正常波动内，尚不能认定见效"
    UP = "up", "反而增加"
    NOT_DUE = "not_due", "时限未到"
    NO_NUMBER = "no_number", "没有可核对的数字"


def came_of(facts: Facts, kept: Kept) -> Came:
    """Whether the number a measure aimed at came down beyond chance."""
    if kept.by > facts.period.last:
        return Came.NOT_DUE
    if kept.aim is None or kept.now is None:
        return Came.NO_NUMBER
    return Came(counts_differ(kept.now, kept.aim.was, facts.period.days, kept.aim.days).value)


def kept_before(facts: Facts) -> list[Block]:
    """The section of what came of the last report's measures."""
    head = Heading(said("上期措施落实"))
    if not facts.last_report:
        return [head, Paragraph([said("这是第一期，没有上期措施。")])]
    if not facts.kept:
        return [head, Paragraph([said("上期报告没有提出专项措施。")])]
    came = [came_of(facts, one) for one in facts.kept]
    told = [said("%(came)s %(n)s 条", came=each.zh, n=came.count(each)) for each in Came if each in came]
    words = said(
        "上期提出措施 %(n)s 条，所针对的数字：%(list)s。", n=len(came), list=Joined(told, strong=True)
    )
    rows: list[list[Value]] = [
        [
            Both(one.what["zh-hans"], one.what["en"]), Name(one.who), Day(one.by),
            Name(str(one.aim.was) if one.aim else "—"),
            number(one.now, _now(facts, one)) if one.now is not None else Name("—"), result.zh,
        ]
        for one, result in zip(facts.kept, came, strict=True)
    ]  # fmt: skip
    heads = [
        said("措施"),
        said("责任单位"),
        said("完成时限"),
        said("当时（件）"),
        said("现在（件）"),
        said("结果"),
    ]
    return [head, Paragraph([words]), Table(said("上期措施"), heads, rows, texts=3)]


def _now(facts: Facts, kept: Kept) -> Mapping[str, object] | None:
    """The same question asked of this period; a spot's cases are not asked again."""
    link = dict(kept.aim.link) if kept.aim else {}
    if link.get("of") == "spot" or not link:
        return None
    return {**link, "since": facts.period.first.isoformat(), "until": facts.period.last.isoformat()}


def compared_note(facts: Facts) -> Said:
    """What the words 增加 and 减少 mean in a report."""
    return said(
        "说明：受理按登记时间和现在的事项、区域统计；“增加”“减少”指与%(that)s之差超出正常波动"
        "（双侧检验，水平 5%%，多项同时比较时按项数收紧），其余差别不作判断；不足 20 件的只报件数，不算比率。",
        that=that(facts.kind),
    )
