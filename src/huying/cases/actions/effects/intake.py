"""Describing, splitting, merging and withdrawing (R110)."""

from huying.cases.actions import rows
from huying.cases.actions.effects.context import Doing
from huying.cases.actions.timekeeping import show_soonest, start_clocks
from huying.cases.lifecycle import ClockKind, State, Verb
from huying.cases.models import Case, CaseAppeal, Matter
from huying.cases.policy import may
from huying.cases.queries.listed import urgency_of
from huying.kernel.errors import Conflict, Invalid, NotFound


def describe(doing: Doing) -> None:
    """Set item, condition, kind and area as given; a running clock never moves for that."""
    case = doing.matter.case
    case.item = doing.facts.get("item", case.item)
    if "item" in doing.facts or "condition" in doing.facts:
        case.condition = _condition(doing.facts.get("condition", ""))
    case.kind = doing.facts.get("kind", case.kind)
    area = doing.facts.get("area", case.area)
    if not area.startswith(str(case.district)):
        raise Invalid(fields={"area": "所在区域不在本区。"})
    case.area = area
    case.urgency = urgency_of(case.district, case.item, case.condition)


def _condition(given: str) -> int | None:
    if given and not (given.isascii() and given.isdigit() and len(given) < 6):
        raise Invalid(fields={"condition": "没有这个立案条件。"})
    return int(given) if given else None


def split(doing: Doing) -> None:
    """Bring each further problem into a case of its own; every caller of this case is a caller of that one."""
    work, parent = doing.work, doing.matter
    if any(
        not (part["area"] or parent.case.area).startswith(str(parent.case.district))
        for part in doing.facts["parts"]
    ):
        raise Invalid(fields={"parts": "所在区域不在本区。"})
    numbers = rows.new_case_ids(len(doing.facts["parts"]))
    for number, part in zip(numbers, doing.facts["parts"], strict=True):
        old = parent.case
        child = Case(
            district=old.district, id=number, state=State.FILED.value, level=old.level, title=part["title"],
            kind=old.kind, item=part["item"], condition=part["condition"], area=part["area"] or old.area,
            lon=old.lon, lat=old.lat, channel=old.channel, body_id=None, opened_at=work.now, closed_at=None,
            touched_at=work.now, split_from=old.id, appeals=len(parent.active_appeals), reworks=0, unhappy=0,
            urgency=urgency_of(old.district, part["item"], part["condition"]), head=bytes(32), length=0,
        )  # fmt: skip
        matter = Matter(child)
        work.matters[(child.district, child.id)] = matter
        for appeal_id in parent.active_appeals:
            link = CaseAppeal(
                district=child.district, case_id=child.id, appeal_id=appeal_id, since=work.now, until=None
            )
            matter.links.append(link)
            work.add(link)
        work.add(child)
        started = start_clocks(work, matter, {ClockKind.DISPATCH}, None)
        show_soonest(matter)
        work.enter(
            matter, Verb.SPLIT_OFF, doing.move.by, before="", facts={},
            moved={"from": old.id, "appeals": parent.active_appeals, "started": started},
        )  # fmt: skip
    doing.moved["into"] = numbers
    # Titles may name persons: they stand with the new cases, where they can be erased, and not in the chain.
    doing.facts["parts"] = [
        {name: said for name, said in part.items() if name != "title"} for part in doing.facts["parts"]
    ]


def merge(doing: Doing) -> None:
    """Lead every caller of this case to the other one, which notes whom it took in."""
    work, matter = doing.work, doing.matter
    case = matter.case
    target = work.matters.get((case.district, doing.facts["into"]))
    if target is None:
        raise NotFound("没有找到要并入的案件。")
    if target is matter:
        raise Invalid(fields={"into": "不能并入自己。"})
    if not may(doing.move.by, doing.step.permission, target.case, orders=target.orders):
        raise NotFound("没有找到要并入的案件。")
    if target.case.closed_at is not None:
        raise Conflict("要并入的案件已经办结。")
    moving = matter.active_appeals
    _leave(doing, moving)
    known = {link.appeal_id for link in target.links}
    for appeal_id in moving:
        if appeal_id in known:
            _return(target, appeal_id)
        else:
            link = CaseAppeal(
                district=case.district,
                case_id=target.case.id,
                appeal_id=appeal_id,
                since=work.now,
                until=None,
            )
            target.links.append(link)
            work.add(link)
    target.case.appeals = len(target.active_appeals)
    case.merged_into = target.case.id
    work.enter(
        target, Verb.ABSORB, doing.move.by, before=target.case.state, facts={},
        moved={"from": case.id, "appeals": moving},
    )  # fmt: skip


def withdraw(doing: Doing) -> None:
    """Take one caller's appeal away; the matter itself ends only with its last caller."""
    if doing.facts["appeal"] not in doing.matter.active_appeals:
        raise Invalid(fields={"appeal": "这件诉求不在本案中。"})
    _leave(doing, [doing.facts["appeal"]])


def _leave(doing: Doing, appeals: list[int]) -> None:
    case = doing.matter.case
    for link in doing.matter.links:
        if link.appeal_id in appeals and link.until is None:
            link.until = doing.work.now
    CaseAppeal.objects.filter(
        district=case.district, case_id=case.id, appeal_id__in=appeals, until__isnull=True
    ).update(until=doing.work.now)
    case.appeals = len(doing.matter.active_appeals)


def _return(target: Matter, appeal_id: int) -> None:
    for link in target.links:
        if link.appeal_id == appeal_id and link.until is not None:
            link.until = None
            CaseAppeal.objects.filter(
                district=target.case.district, case_id=target.case.id, appeal_id=appeal_id
            ).update(until=None)
