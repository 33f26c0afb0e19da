"""A plan in words: its figures beside today's, what whoever decides should know, and each grid with who works in it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huying.access.actor import Actor
from huying.access.permissions import Permission as P
from huying.access.roles import Role
from huying.gridding.queries import GridRow, PlanInfo
from huying.people.queries import posts_in_areas

_REMARKS: Final = {
    "undrawn": gettext_noop("还没有画边界、没有算进来的：%(names)s"),
    "apart": gettext_noop("这些小区的楼栋相隔太远，或被社区边界穿过，没能合成一块：%(names)s"),
    "split": gettext_noop("被拆开的小区：%(names)s"),
    "uneven": gettext_noop(
        "没能做到要求的均匀，因为网格少、或有的小区太大，可以加网格、放宽相差或允许跨社区：%(names)s"
    ),
    "fewer": gettext_noop("路和河围出的地块不够，只划得出 %(names)s 个网格"),
    "across": gettext_noop("有网格跨过这些社区的边界，社区边界本身不变：%(names)s"),
}

_FLOWS, _ESTATES = 40, 8


@dataclass(frozen=True, slots=True)
class Line:
    """One grid. ``what``: begun, ended or "" for one that goes on; pairs are today's and the plan's words."""

    row: GridRow
    what: str
    homes: tuple[str, str]
    off: tuple[str, str]
    compact: str
    workers: Sequence[tuple[str, int]]
    far: bool


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan in the list; "—" for what is not known before it is drawn."""

    plan: PlanInfo
    spread: str
    moved: str
    on_lines: str
    compact: str


def plan_lines(plans: Sequence[PlanInfo]) -> list[PlanLine]:
    """Plans side by side."""
    return [
        PlanLine(
            plan, _percent(plan.after["spread"]), str(plan.moved), _percent(plan.after["on_lines"]),
            f"{plan.after['compact']:.2f}",
        )
        if plan.after
        else PlanLine(plan, "—", "—", "—", "—")
        for plan in plans
    ]  # fmt: skip


def figure_lines(plan: PlanInfo) -> list[tuple[str, str, str]]:
    """(what, today, as it would be) of all grids together."""
    if not plan.after:
        return []
    before, after = plan.before, plan.after

    def both(name: str, words: Any) -> tuple[str, str]:
        return words(before[name]) if before else "—", words(after[name])

    return [
        (_("网格数"), *both("grids", str)),
        (_("工作量最多相差"), *both("spread", _percent)),
        (_("相差在 %(n)d%% 以内的网格") % {"n": plan.wishes.tolerance}, *both("within", _percent)),
        (_("边界沿路和自然线"), *both("on_lines", _percent)),
        (_("紧凑度（圆为 1）"), *both("compact", "{:.2f}".format)),
        (_("被拆开的小区"), *both("split", str)),
        (_("断成几块的网格"), *both("broken", str)),
        (_("换网格的住户"), "", str(plan.moved)),
    ]


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"


def _off(figures: Any) -> str:
    return f"{100 * figures['off']:+.1f}%" if figures else "—"


def remarks(plan: PlanInfo) -> list[str]:
    """What to know before deciding."""
    found = []
    for one in plan.told:
        names = "、".join(one["names"])
        if one["count"] > len(one["names"]):
            names = _("%(names)s 等 %(n)d 个") % {"names": names, "n": one["count"]}
        found.append(_(_REMARKS[one["kind"]]) % {"names": names})
    return found


def grid_lines(actor: Actor, plan: PlanInfo, rows: Sequence[GridRow], now: datetime) -> list[Line]:
    """Every grid, the ones that change most first."""
    workers = _workers(actor, [row.code for row in rows if row.code], now)
    limit = plan.wishes.tolerance / 100
    lines = [
        Line(
            row,
            "ended" if row.ends else "" if row.code else "begun",
            (_homes(row.before), _homes(row.figures)),
            (_off(row.before), _off(row.figures)),
            f"{row.figures['compact']:.2f}" if row.figures else "—",
            workers.get(row.code, ()),
            bool(row.figures) and abs(row.figures["off"]) > limit + 1e-9,
        )
        for row in rows
    ]
    return sorted(lines, key=lambda line: (-(line.row.came + line.row.left), line.row.number))


def flow_lines(plan: PlanInfo, rows: Sequence[GridRow]) -> list[tuple[str, str, int, str]]:
    """(from which grid, to which, homes, estates) of the ways most homes go."""
    names = {row.code: row.name for row in rows if row.code}
    called = {row.number: row.name for row in rows}
    return [
        (
            names.get(one["from"], one["from"]),
            called.get(one["to"], ""),
            one["homes"],
            "、".join(one["estates"][:_ESTATES]),
        )
        for one in plan.flows[:_FLOWS]
    ]


def _homes(figures: Any) -> str:
    return str(figures["homes"] or figures["people"]) if figures else "—"


def _workers(actor: Actor, codes: Sequence[str], now: datetime) -> dict[str, list[tuple[str, int]]]:
    """Name and account of the grid workers of today's grids; none for who does not manage people."""
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    if actor.may_everywhere(P.ACCOUNT_EDIT):
        for held in posts_in_areas(actor, codes, now):
            if held.post.role is Role.GRID_WORKER:
                found[held.post.area].append((held.name, held.account_id))
    return found
