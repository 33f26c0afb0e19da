"""工作日历: a year's days off and make-up workdays, entered day by day or as the whole year's notice."""

from datetime import date
from typing import Annotated, Any, Final

from ninja import Field, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import SomeDay
from huying.api.v1.interface import AskedRequest, must
from huying.cases.actions.settings import drop_day, set_day, set_year
from huying.cases.queries.desks.calendars import CalendarDay, calendar_year_for
from huying.kernel.errors import NotFound
from huying.worktime import DayKind

router = Router(tags=["时限与规则"])
YEARS: Final = range(2020, 2101)
_Kind = Annotated[DayKind, listed_as(DayKind)]
Day = told(CalendarDay, "CalendarDay")


class Year(Schema):
    """A year, day by day."""

    year: int = Field(examples=[2026])
    known: bool = Field(description="放假安排已公布或已录入")
    covered: bool = Field(description="有日历可用")
    working_days: int = Field(examples=[248])
    days: list[Day] = Field(description="每一天")  # type: ignore[valid-type]


class Special(Body):
    """A day off, or one on which people work."""

    kind: _Kind = Field(description="算什么")
    name: str = Field(min_length=1, max_length=40, examples=["春节"])


class SpecialDays(Special):
    """The same for every day until another."""

    until: SomeDay | None = Field(None, description="到哪天；不写为只这一天", examples=[None])


class DayOfNotice(Special):
    """One day of a notice."""

    day: SomeDay = Field(examples=["2026-02-16"])


class Notice(Body):
    """A year's notice, whole."""

    days: list[DayOfNotice] = Field(
        min_length=1, max_length=366, description="放假和调休上班的日子，一天一项"
    )


@router.get("/calendar/days/{day}", response=Day, summary="日历上的一天")
def day(request: AskedRequest, day: date) -> CalendarDay:
    """Whether a day works, and why."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    return next(one for one in calendar_year_for(request.actor, _known(day.year)).days if one.day == day)


@router.put("/calendar/days/{day}", response=Day, summary="改日历上的一天")
def day_set(request: AskedRequest, day: date, given: SpecialDays) -> CalendarDay:
    """A day, or every day until another, for clocks that start from now on."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    _known(day.year)
    set_day(request.actor, day, given.kind, given.name, request.now, until=given.until)
    return next(one for one in calendar_year_for(request.actor, day.year).days if one.day == day)


@router.delete("/calendar/days/{day}", response={204: None}, summary="恢复成国家日历")
def day_dropped(request: AskedRequest, day: date) -> Status[None]:
    """Leave a day to the statutory calendar again."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    _known(day.year)
    drop_day(request.actor, day, request.now)
    return Status(204, None)


@router.get("/calendar/{year}", response=Year, summary="一年的工作日历")
def year(request: AskedRequest, year: int) -> Any:
    """Every day of a year from 2020 to 2100."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    return calendar_year_for(request.actor, _known(year))


@router.put("/calendar/{year}", response=Year, summary="录入一年的放假安排")
def year_set(request: AskedRequest, year: int, given: Notice) -> Any:
    """These days instead of what was entered of the year before; from then on the year counts as known."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    rows = [(one.day, one.kind, one.name.strip()) for one in given.days]
    set_year(request.actor, _known(year), rows, request.now)
    return calendar_year_for(request.actor, year)


def _known(year: int) -> int:
    if year not in YEARS:
        raise NotFound
    return year
