"""指标: a board of a period by body, street or item; its formulas; the cases behind a number."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import CaseShort
from huying.api.v1.telling import short
from huying.figures.queries import behind_for
from huying.figures.queries.boards.board import board_for, formulas_for
from huying.figures.rules.formulas import Figure
from huying.figures.rules.formulas import Formula as FormulaLine
from huying.figures.rules.measures import Measure
from huying.figures.rules.periods import Period
from huying.loop.supervise.rules.cuts import Cut

router = Router(tags=["指标"])
Formula = told(FormulaLine, "Formula")


class Days(Turn):
    """A stretch of days, both counted in, three years at most."""

    first: date = Field(description="从哪天", examples=["2026-02-01"])
    last: date = Field(description="到哪天", examples=["2026-02-28"])
    by: Annotated[Cut, listed_as(Cut)] = Field(Cut.BODY, description="按什么分")
    area: str = Field("", max_length=15, pattern=r"^\d*$", description="区划代码前缀")


class BehindAsked(Days):
    """The cases behind one number of a board."""

    measure: Annotated[Measure, listed_as(Measure)] = Field(description="哪个计数", examples=["closed"])
    key: str = Field("", max_length=40, description="哪一行；空为合计")


class Row(Schema):
    """One row: counts, and the value of each indicator."""

    key: str = Field(description="单位编号、区划代码或事项代码；合计为空", examples=["12"])
    name: str = Field(examples=["城市管理局"])
    counts: dict[str, int] = Field(examples=[{"received": 312, "closed": 298}])
    figures: dict[str, float | None] = Field(
        description="指标代码到值；无可判的为 null", examples=[{"in_time": 0.97}]
    )
    rank: int | None = Field(examples=[3])


class BoardPage(Schema):
    """A board."""

    rows: list[Row]
    total: Row
    formulas: list[Formula]  # type: ignore[valid-type]


class Opened(Schema):
    """One event that was counted."""

    measure: str = Field(examples=["closed"])
    day: date
    case: CaseShort


@router.get("/figures", response=BoardPage, summary="指标表")
def board(request: AskedRequest, days: Annotated[Days, Query()]) -> dict[str, Any]:
    """Counts and indicators of a period, by the formulas in force on its last day."""
    must(request.actor, Permission.FIGURE_READ)
    found = board_for(request.actor, Period(days.first, days.last), days.by, days.area)
    return {"rows": [_row(row) for row in found.rows], "total": _row(found.total), "formulas": found.formulas}


@router.get("/figures/formulas", response=page_of("formulas", Formula), summary="指标公式")
def formulas(
    request: AskedRequest, turn: Annotated[Turn, Query()], on: Annotated[date, Query(examples=["2026-03-02"])]
) -> dict[str, Any]:
    """The formulas in force on a day."""
    must(request.actor, Permission.FIGURE_READ)
    rows, after = cut(formulas_for(request.actor, on), turn, lambda row: row.code)
    return {"formulas": rows, "after": after}


@router.get("/figures/behind", response=page_of("opened", Opened), summary="数字背后的案件")
def behind(request: AskedRequest, asked: Annotated[BehindAsked, Query()]) -> dict[str, Any]:
    """The cases that a number of a board counts, for those that the key may see."""
    must(request.actor, Permission.FIGURE_READ)
    by = asked.by if asked.key else Cut.ALL
    rows, after = behind_for(
        request.actor, Period(asked.first, asked.last), [asked.measure], request.now, by=by, key=asked.key,
        area=asked.area, after=asked.after, limit=asked.limit,
    )  # fmt: skip
    told = [{"measure": one.measure.value, "day": one.day, "case": short(one.line)} for one in rows]
    return {"opened": told, "after": after}


def _row(row: Any) -> dict[str, Any]:
    return {
        "key": row.key, "name": row.name, "counts": {str(name): value for name, value in row.counts.items()},
        "figures": values_of(row.figures), "rank": row.rank,
    }  # fmt: skip


def values_of(figures: Mapping[str, Figure]) -> dict[str, float | None]:
    """Each indicator's value as a number."""
    return {code: None if one.value is None else float(one.value) for code, one in figures.items()}
