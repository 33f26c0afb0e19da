"""Teams and duty as files: who there is, who is on, the roster, what was handed over; phones masked."""

from collections.abc import Iterator, Sequence
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from huying.kernel.cells import Cell
from huying.kernel.errors import NotFound
from huying.places.queries import area_name
from huying.teams.queries import on_duty_within, post_for, roster_for, team_members_within, teams_within
from huying.teams.queries.handing import handovers_for
from huying.teams.rules.gaps import Cell as Square
from huying.teams.rules.kinds import Part
from huying.web.admin.asked import number_of
from huying.web.admin.duty.posts import AHEAD, SINCE, listed
from huying.web.admin.duty.week import columns_of, days_of
from huying.web.admin.teams.overview import lines_asked
from huying.web.exporting.listed import Asked, Listed, at
from huying.web.present.people import on_duty_people
from huying.web.present.places import scope_in
from huying.web.taking import HANDOVERS, ON_DUTY, POSTS, ROSTER, TEAM_MEMBERS, TEAMS


def _post(asked: Asked) -> int:
    """The post whose list it is. Raises NotFound where the address names none."""
    number = number_of(asked.query.get("post", ""))
    if number is None:
        raise NotFound
    return number


def _team_heads(asked: Asked) -> Sequence[str]:
    counts = [_(part.zh) for part in Part]
    return [_("区域代码"), _("区域"), _("网格"), _("不齐的网格"), _("网格长姓名"), *counts, _("缺什么")]


def _teams(asked: Asked) -> Iterator[Sequence[Cell]]:
    within = scope_in(asked.actor, asked.query)[:12]
    teams = teams_within(asked.actor, within, timezone.localdate(asked.now))
    for one in lines_asked(asked.actor, within, teams, asked.query.get("of", "")):
        counts = [count for _label, count in one.counts]
        yield [one.area.code, one.area.name, one.grids, one.short, one.leader, *counts, one.lacks]


def _member_heads(asked: Asked) -> Sequence[str]:
    return [_("区域代码"), _("网格"), _("属于"), _("类别"), _("姓名"), _("职务"), _("电话"), _("从哪天起")]


def _members(asked: Asked) -> Iterator[Sequence[Cell]]:
    district, within = asked.actor.district, scope_in(asked.actor, asked.query)[:12]
    today, only_short = timezone.localdate(asked.now), asked.query.get("of") == "short"
    teams = teams_within(asked.actor, within, today) if only_short else {}
    for one in team_members_within(asked.actor, within, today):
        if only_short and not teams[one.grid].lacks:
            continue
        where = [one.grid, area_name(district, one.grid), _(one.part.zh), _(one.kind)]
        yield [*where, one.name, one.job, one.phone, one.valid_from.isoformat()]


def _post_heads(asked: Asked) -> Sequence[str]:
    gaps = _("%(n)d 天内缺几格") % {"n": AHEAD}
    return [_("值班点"), _("区域代码"), _("管哪里"), _("现在在岗"), gaps, _("最早缺人"), _("近 3 天没签全")]


def _posts(asked: Asked) -> Iterator[Sequence[Cell]]:
    for row in listed(asked.actor, asked.query, asked.now)["rows"]:
        post, first = row["post"], row["first"]
        on, day = "、".join(row["on"]), first.isoformat() if first else ""
        yield [post.name, post.area, row["where"], on, len(row["gaps"]), day, row["unsigned"]]


def _roster_heads(asked: Asked) -> Sequence[str]:
    return [_("日期"), _("班次"), _("从"), _("到"), _("角色"), _("人员"), _("要几人"), _("缺几人")]


def _roster(asked: Asked) -> Iterator[Sequence[Cell]]:
    first, count = days_of(asked.query, asked.now)
    roster = roster_for(asked.actor, _post(asked), first, count, asked.now)
    columns = columns_of(roster)
    for day, _working, _festival in roster.days:
        for turn, role in columns:
            square, hours = Square(turn.id, day, role), turn.plan.hours
            people, needed = "、".join(roster.people.get(square, ())), roster.needed.get(square, 0)
            if people or needed:
                span = [f"{hours.starts:%H:%M}", f"{hours.ends:%H:%M}"]
                lacks = roster.gaps.get(square, 0)
                yield [day.isoformat(), turn.plan.name, *span, _(role.zh), people, needed, lacks]


def _handover_heads(asked: Asked) -> Sequence[str]:
    return [
        _("值班点"), _("时间"), _("交班"), _("交班时间"), _("接班"), _("接班时间"), _("交接情况"), _("接班说明"),
        _("在办"), _("超时"), _("快到时限"),
    ]  # fmt: skip


def _handovers(asked: Asked) -> Iterator[Sequence[Cell]]:
    post = post_for(asked.actor, _post(asked))
    for one in handovers_for(asked.actor, post.id, asked.now - SINCE):
        signed = [one.given_by, at(one.given_at), one.taken_by, at(one.taken_at)]
        stood = [one.numbers.get(name, "") for name in ("open", "late", "close")]
        yield [one.post, at(one.at), *signed, one.notes, one.remark, *stood]


def _on_duty_heads(asked: Asked) -> Sequence[str]:
    return [_("姓名"), _("角色"), _("身份"), _("值班点"), _("管哪里"), _("到几点"), _("电话")]


def _on_duty(asked: Asked) -> Iterator[Sequence[Cell]]:
    found = on_duty_within(asked.actor, scope_in(asked.actor, asked.query), asked.now)
    for one in on_duty_people(asked.actor, found):
        yield [one.name, one.role, one.kind, one.post, one.where, at(one.ends_at), one.phone]


LISTS: Final = (
    Listed(TEAMS, _team_heads, _teams),
    Listed(TEAM_MEMBERS, _member_heads, _members),
    Listed(POSTS, _post_heads, _posts),
    Listed(ROSTER, _roster_heads, _roster),
    Listed(HANDOVERS, _handover_heads, _handovers),
    Listed(ON_DUTY, _on_duty_heads, _on_duty),
)
