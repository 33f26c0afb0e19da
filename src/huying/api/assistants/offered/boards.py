"""Boards of supervision, figures and rankings, one's own desk."""

from typing import Any, Final

from pydantic import Field

from huying.access.permissions import Permission as P
from huying.api.assistants.asked import Asked, at_day, moment
from huying.api.assistants.registry import Input, Told, Tool
from huying.api.assistants.told.cases import line
from huying.cases.lifecycle import ClockKind, State
from huying.cases.queries.desks.soonest import soonest_for
from huying.cases.queries.desks.waiting import counts_for
from huying.cases.queries.lists.own_orders import own_counts
from huying.cases.queries.lists.queue import CaseFilter, counts_by_state
from huying.figures.queries.boards.board import board_for
from huying.figures.queries.boards.rankings import ranking_for
from huying.figures.rules.formulas import Figure, Formula
from huying.figures.rules.periods import Period
from huying.figures.rules.ranking import Ranked
from huying.kernel.errors import Invalid
from huying.loop.supervise.queries.late import worst_for
from huying.loop.supervise.queries.oversight import OversightRow, oversight_for
from huying.loop.supervise.rules.cuts import Cut
from huying.people.queries import unit_names
from huying.reports.queries.archive import to_sign_for

_ROWS: Final = 60
_FIRST: Final = 5
_AREA: Final = "区划代码，6、9 或 12 位；空为本人岗位所管的全部"
_CUTS: Final = (Cut.BODY, Cut.AREA, Cut.ITEM)


class Nothing(Input):
    """Nothing is asked for."""


class Standing(Input):
    """How the board is cut."""

    by: Cut = Field(Cut.BODY, description="按 body 单位、area 区域、item 事项大类")
    area: str = Field("", max_length=12, pattern=r"^[0-9]*$", description=_AREA)


class Late(Input):
    """Which late cases."""

    area: str = Field("", max_length=12, pattern=r"^[0-9]*$", description=_AREA)
    body: int | None = Field(None, ge=0, lt=2**31, description="单位编号")
    clock: ClockKind | None = Field(None, description="哪种时限超了，如 handle 处置、sign 签收")
    after: str = Field("", max_length=300, description="上一页给出的 after")
    limit: int = Field(20, ge=1, le=50, description="一页几件")


class Figures(Input):
    """Days, cut, place."""

    first: str = Field(max_length=10, description="起日，如 2026-03-01")
    last: str = Field(max_length=10, description="止日（含）")
    by: Cut = Field(Cut.BODY, description="按 body 单位、area 区域、item 事项大类")
    area: str = Field("", max_length=12, pattern=r"^[0-9]*$", description=_AREA)


class Rank(Input):
    """What is ranked, over which days."""

    kind: Ranked = Field(
        Ranked.DEPARTMENTS, description="departments 部门、streets 街道、communities 社区、grids 网格"
    )
    first: str = Field(max_length=10, description="起日，如 2026-02-19")
    last: str = Field(max_length=10, description="止日（含）")
    order: str = Field("score", max_length=40, description="按哪项指标排，默认综合得分 score")
    area: str = Field("", max_length=12, pattern=r"^[0-9]*$", description=_AREA)


def _desk(asked: Asked, given: Nothing) -> Told:
    actor = asked.actor
    orders = {state.zh: count for state, count in own_counts(actor).items()} if actor.body_ids else {}
    waiting = counts_by_state(actor, [State.RECEIVED, State.FILED], CaseFilter(), asked.now)
    asks = counts_for(actor)
    soonest = soonest_for(actor, asked.now, _FIRST)
    if soonest:
        asked.saw(f"助手查看即将到期清单：{len(soonest)} 件")
    data: dict[str, Any] = {
        "posts": [grant.role.zh for grant in actor.grants],
        "orders": orders,
        "to_dispatch": {state.zh: count for state, count in waiting.items()}
        if actor.may(P.CASE_DISPATCH)
        else {},
        "to_decide": {"延期、挂账": asks["delays"], "争议": asks["disputes"]},
        "reports_to_sign": to_sign_for(actor) if actor.may(P.REPORT_SIGN) else 0,
        "soonest": [line(one) for one in soonest],
    }
    told = "、".join(
        f"{name} {count} 件" for name, count in {**orders, **data["to_dispatch"]}.items() if count
    )
    return Told(f"手上：{told or '没有等您办的'}；快到期 {len(soonest)} 件。", data)


def _board(asked: Asked, given: Standing) -> Told:
    _must_be_cut(given.by)
    found = oversight_for(asked.actor, given.by, given.area)
    total = found.total.gauges
    rows = [_gauges(row) for row in found.rows[:_ROWS]]
    late = {kind.zh: count for kind, count in found.late_by_clock if count}
    words = f"在办 {_one(found.total, 'open')} 件，有超时 {_one(found.total, 'late')} 件。"
    data = {
        "by": found.by.zh, "area": found.scope.area, "total": {g.zh: n for g, n in total.items() if n}, "late": late,
        "rows": rows, "at": moment(asked.now),
    }  # fmt: skip
    return Told(words, data)


def _one(row: OversightRow, name: str) -> int:
    return next(count for gauge, count in row.gauges.items() if gauge.value == name)


def _gauges(row: OversightRow) -> dict[str, Any]:
    # Two gauges share a name: how many stand at a step, and how many passed its limit.
    counts = {
        f"{gauge.zh}超时" if gauge.value.startswith("late_") else gauge.zh: count
        for gauge, count in row.gauges.items()
        if count
    }
    return {"key": row.key, "name": row.name, "counts": counts}


def _late(asked: Asked, given: Late) -> Told:
    page = worst_for(
        asked.actor, asked.now, area=given.area, body_id=given.body, kind=given.clock, after=given.after,
        limit=given.limit,
    )  # fmt: skip
    if page.cases:
        asked.saw(f"助手查看超时清单：{len(page.cases)} 件")
    names = unit_names(asked.district)
    cases = [
        line(one.line)
        | {"late_since": moment(one.since), "late": one.kind.zh, "whose": names.get(one.body_id, "")}
        for one in page.cases
    ]
    return Told(
        f"超时 {len(cases)} 件{'，后面还有' if page.after else ''}。", {"cases": cases, "after": page.after}
    )


def _figures(asked: Asked, given: Figures) -> Told:
    _must_be_cut(given.by)
    board = board_for(asked.actor, _period(given.first, given.last), given.by, given.area)
    rows = [
        {"key": row.key, "name": row.name, "rank": row.rank, "figures": _told(row.figures)}
        for row in board.rows[:_ROWS]
    ]
    data = {
        "first": str(board.period.first), "last": str(board.period.last), "by": board.by.zh, "area": board.scope.area,
        "formulas": [_formula(one) for one in board.formulas], "least": board.least,
        "total": _told(board.total.figures), "rows": rows,
    }  # fmt: skip
    return Told(f"{board.period.first} 至 {board.period.last}，{len(rows)} 行；公式见 formulas。", data)


def _rank(asked: Asked, given: Rank) -> Told:
    found = ranking_for(
        asked.actor,
        _period(given.first, given.last),
        given.kind,
        asked.now,
        order=given.order,
        area=given.area,
    )
    rows = [
        {"key": row.key, "name": row.named.name, "rank": row.rank, "figures": _told(row.figures)}
        for row in found.rows[:_ROWS]
    ]
    closed = f"已封账，第 {found.closed.version} 版" if found.closed else "还没有封账"
    data = {
        "kind": found.kind.zh, "first": str(found.period.first), "last": str(found.period.last), "order": found.order,
        "formulas": [_formula(one) for one in found.formulas], "least": found.least, "closed": closed, "rows": rows,
    }  # fmt: skip
    return Told(f"{found.kind.zh}排名，{len(rows)} 行，{closed}；不足 {found.least} 件的不排名。", data)


def _told(figures: Any) -> dict[str, Any]:
    return {code: _figure(figure) for code, figure in figures.items()}


def _figure(figure: Figure) -> dict[str, Any]:
    value = None if figure.value is None else round(float(figure.value), 4)
    return {"value": value, "numerator": float(figure.numerator), "denominator": float(figure.denominator)}


def _formula(one: Formula) -> dict[str, Any]:
    return {
        "code": one.code, "name": one.zh, "numerator": one.numerator, "denominator": one.denominator,
        "unit": one.unit.zh, "version": one.version, "valid_from": str(one.valid_from),
    }  # fmt: skip


def _period(first: str, last: str) -> Period:
    begins, ends = at_day(first, "first"), at_day(last, "last")
    if begins is None or ends is None:
        raise Invalid(fields={"first": "请写起止日期。"})
    return Period(begins, ends)


def _must_be_cut(by: Cut) -> None:
    if by not in _CUTS:
        raise Invalid(fields={"by": "按 body、area 或 item。"})


TOOLS: Final = (
    Tool(
        "my_desk", "我的工作台",
        "本人手上有多少：各状态工单、待派件、待审延期和争议、待签报告，以及最先到期的几件。",
        Nothing, {"orders": "工单", "to_dispatch": "待派", "to_decide": "待审", "soonest": "快到期"}, _desk,
        (P.CASE_READ,),
    ),
    Tool(
        "oversight_board", "监管看板",
        "现在在办多少、超时多少，按单位、区域或事项大类分，超时多的在前。",
        Standing, {"total": "合计", "late": "各时限超时", "rows": "各行"}, _board, (P.BOARD_READ,),
    ),
    Tool(
        "late_cases", "超时案件",
        "已经超时的案件，超得最久的在前；可按区域、单位和哪种时限挑。",
        Late, {"cases": "案件", "after": "下一页的位置，空为末页"}, _late, (P.BOARD_READ,),
    ),
    Tool(
        "figures", "指标",
        "一段日子的各项指标，按单位、区域或事项大类分，附公式、版本和分子分母。",
        Figures, {"formulas": "公式", "total": "合计", "rows": "各行"}, _figures, (P.FIGURE_READ,),
    ),
    Tool(
        "ranking", "排名",
        "考核排名，附公式版本、起排件数和是否封账；样本不足的不排。",
        Rank, {"formulas": "公式", "rows": "名次", "closed": "封账情况"}, _rank, (P.FIGURE_READ,),
    ),
)  # fmt: skip
