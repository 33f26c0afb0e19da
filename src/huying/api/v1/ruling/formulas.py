"""统计公式: indicators in versions, tried on last month before they are written."""

from datetime import date
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import SomeDay, today
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import Problem
from huying.figures.actions import NewFormula, write_formula
from huying.figures.queries import FormulaInfo, board_for, formula_versions_for, formulas_for
from huying.figures.rules.formulas import Formula, Unit, reckon
from huying.figures.rules.measures import Measure
from huying.figures.rules.periods import Period
from huying.kernel.errors import NotFound
from huying.loop.supervise.rules.cuts import Cut

router = Router(tags=["时限与规则"])
Told = told(Formula, "IndicatorFormula")
_FORMULA: Any = (Told, Field(description="这一版"))
Version = told(FormulaInfo, "IndicatorVersion", without=("formula",), formula=_FORMULA)
_NAMES = "、".join(f"{one.value} {one.zh}" for one in Measure)


class FormulaGiven(Body):
    """A version of an indicator: one sum of what was counted, divided by another."""

    zh: str = Field(min_length=1, max_length=30, description="名称", examples=["按期结案率"])
    en: str = Field(min_length=1, max_length=60, description="英文名称", examples=["Closed in time"])
    numerator: str = Field(
        min_length=1, max_length=400, description="分子，写统计项的代码", examples=["handle_in_time"]
    )
    denominator: str = Field(
        min_length=1, max_length=400, description="分母", examples=["handle_in_time + handle_late"]
    )
    unit: Annotated[Unit, listed_as(Unit)] = Field(Unit.SHARE, description="怎么显示")
    better: int = Field(1, ge=-1, le=1, description="1 越高越好，-1 越低越好，0 不分好坏")
    valid_from: SomeDay = Field(description="自哪天起；以前的数不变", examples=["2099-01-01"])


class MeasureTold(Schema):
    """Something that is counted."""

    code: str = Field(examples=["closed"])
    name: str = Field(examples=["结案"])


class TrialRow(Schema):
    """A unit under the formula that held and under the new one."""

    body: str = Field(description="单位编号", examples=["12"])
    name: str
    before: float | None
    after: float | None
    rank: int | None
    rank_after: int | None


class Trial(Schema):
    """Last month, before and after."""

    first: date
    last: date
    before: float | None = Field(description="全区，按现在的公式")
    after: float | None = Field(description="全区，按新公式")
    rows: list[TrialRow] = Field(description="各单位，按新名次")


@router.get("/measures", response=page_of("measures", MeasureTold), summary="统计项")
def measures(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """What is counted, by the codes that formulas are written in."""
    must(request.actor, Permission.FIGURE_READ)
    rows, after = cut(list(Measure), turn, lambda one: one.value)
    return {"measures": [{"code": one.value, "name": one.zh} for one in rows], "after": after}


@router.get("/formulas", response=page_of("formulas", Told), summary="统计公式")
def listed(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """Every indicator as it holds today."""
    must(request.actor, Permission.FIGURE_READ)
    rows, after = cut(formulas_for(request.actor, today(request)), turn, lambda one: one.code)
    return {"formulas": rows, "after": after}


@router.get("/formulas/{code}", response=Told, summary="一个统计公式")
def one(request: AskedRequest, code: str) -> Formula:
    """The last version of an indicator, which may hold from a day to come."""
    must(request.actor, Permission.FIGURE_READ)
    return _versions(request, code)[0].formula


@router.get("/formulas/{code}/versions", response=page_of("versions", Version), summary="统计公式的各版")
def versions(request: AskedRequest, code: str, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """Every version, the newest first; version 0 is the platform's."""
    must(request.actor, Permission.FIGURE_READ)
    rows, after = cut(_versions(request, code), turn, lambda row: row.formula.version)
    return {"versions": rows, "after": after}


@router.put("/formulas/{code}", response={200: Told, 409: Problem}, summary="改统计公式")
def written(request: AskedRequest, code: str, given: FormulaGiven) -> Formula:
    """A further version, or a new indicator; what says the same as the last one is none."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    write_formula(request.actor, _new(code, given), request.now)
    return _versions(request, code)[0].formula


@router.post("/formulas/{code}/try", response=Trial, summary="试算统计公式")
def tried(request: AskedRequest, code: str, given: FormulaGiven) -> dict[str, Any]:
    """Last month by unit, under the formula that held and under this one; nothing is written."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    new = _new(code, given)
    formula = Formula(new.code, new.zh, new.en, new.numerator, new.denominator, new.unit, new.better)
    formula.check()
    day = today(request)
    period = Period.month(day.year, day.month).before
    board = board_for(request.actor, period, Cut.BODY, order=code)
    after = {row.key: reckon(formula, row.counts).value for row in board.rows}
    valued = sorted((value for value in after.values() if value is not None), reverse=new.better >= 0)
    rows = [
        {
            "body": row.key, "name": row.name, "before": _value(row.figures.get(code)), "after": after[row.key],
            "rank": row.rank, "rank_after": None if (mine := after[row.key]) is None else valued.index(mine) + 1,
        }
        for row in board.rows
    ]  # fmt: skip
    rows.sort(key=lambda row: (row["rank_after"] is None, row["rank_after"]))
    return {
        "first": period.first, "last": period.last, "before": _value(board.total.figures.get(code)),
        "after": reckon(formula, board.total.counts).value, "rows": rows,
    }  # fmt: skip


def _versions(request: AskedRequest, code: str) -> list[FormulaInfo]:
    found = formula_versions_for(request.actor, code)
    if not found:
        raise NotFound
    return found


def _value(figure: Any) -> Any:
    return figure.value if figure else None


def _new(code: str, given: FormulaGiven) -> NewFormula:
    return NewFormula(
        code,
        given.zh,
        given.en,
        given.numerator,
        given.denominator,
        given.valid_from,
        given.unit,
        given.better,
    )
