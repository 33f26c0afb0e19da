"""应急处置: how many emergencies, how fast somebody was there, to whom they were handed, which wait for their review."""

from collections import Counter
from collections.abc import Iterator, Sequence

from huying.kernel.saying import Said, said
from huying.reports.rules.doc import Block, Heading, Joined, Name, Num, Paragraph, number
from huying.reports.rules.facts import Alarm, Facts
from huying.reports.rules.kinds import this
from huying.reports.rules.links import MOST_CASES, cases, emergencies
from huying.reports.rules.writing.phrases import spans, went

_MINUTE = 60


def alarming(facts: Facts) -> list[Block]:
    """The section; none where there was no emergency."""
    if not facts.alarms:
        return []
    return [
        Heading(said("应急处置")),
        Paragraph([*_opened(facts), *_fast(facts), *_handed(facts), *_left(facts)]),
    ]


def unreviewed(facts: Facts) -> list[Alarm]:
    """The emergencies that are over and were not looked back at yet."""
    return [one for one in facts.alarms if one.over and not one.reviewed]


def alarms(facts: Facts, those: Sequence[Alarm] | None = None) -> Num:
    """How many emergencies, all or these; few open by themselves, many with all of the period."""
    held = facts.alarms if those is None else those
    numbers = list(dict.fromkeys(one.case for one in held))
    whole = those is None or len(numbers) > MOST_CASES
    return number(
        len(held), emergencies(facts.period, facts.area) if whole else cases(numbers, what="emergency")
    )


def _opened(facts: Facts) -> Iterator[Said]:
    kinds = Counter(one.name for one in facts.alarms)
    told = Joined([
        said("%(name)s %(n)s 起", name=Name(name),
             n=alarms(facts, [one for one in facts.alarms if one.name == name]))
        for name, _count in sorted(kinds.items(), key=lambda each: (-each[1], each[0]))
    ])  # fmt: skip
    yield said("%(this)s启动应急 %(n)s 起：%(list)s。", this=this(facts.kind), n=alarms(facts), list=told)
    # Nothing is kept of the cards of the period before but their number.
    then = number(facts.alarms_before, emergencies(facts.past, facts.area))
    yield from went(facts, said("应急起数"), len(facts.alarms), then, facts.alarms_before)


def _fast(facts: Facts) -> Iterator[Said]:
    answered = [one.first_yes for one in facts.alarms if one.first_yes is not None]
    came = [one.first_there for one in facts.alarms if one.first_there is not None]
    if answered:
        yield said("从报警到首位应急力量答应，用时%(spans)s。", spans=spans(answered, said("秒")))
    if came:
        minutes = [-(-seconds // _MINUTE) for seconds in came]
        yield said("从报警到首位应急力量到场，用时%(spans)s。", spans=spans(minutes, said("分钟")))
    nobody = [one for one in facts.alarms if one.over and one.first_there is None]
    if nobody:
        yield said("没有登记应急力量到场的 %(n)s 起。", n=alarms(facts, nobody))


def _handed(facts: Facts) -> Iterator[Said]:
    lines = Counter(line for one in facts.alarms for line in one.lines)
    told = [
        said("%(name)s %(n)s 起", name=Name(line),
             n=alarms(facts, [one for one in facts.alarms if line in one.lines]))
        for line, _count in sorted(lines.items(), key=lambda each: (-each[1], each[0]))
    ]  # fmt: skip
    if told:
        yield said("移交外部力量：%(list)s。", list=Joined(told))


def _left(facts: Facts) -> Iterator[Said]:
    running = [one for one in facts.alarms if not one.over]
    if running:
        yield said("尚未解除 %(n)s 起。", n=alarms(facts, running))
    if unreviewed(facts):
        yield said("已解除、尚未复盘 %(n)s 起。", n=alarms(facts, unreviewed(facts)))
