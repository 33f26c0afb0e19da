"""民情和一个街道的体检: what people talk of and where it rises; what is off in a street, and what repeats."""

from datetime import date
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema

from huying.access.permissions import Permission
from huying.api.conduct.derived import listed_as
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.numbers.reports import Checkup
from huying.figures.rules.periods import Period
from huying.kernel.numbers import case_number
from huying.reports.queries.health import StreetHealth, street_health_for
from huying.reports.queries.insight import gathered
from huying.reports.rules.chance import Verdict
from huying.reports.rules.facts import Again
from huying.reports.rules.health import Indicator
from huying.reports.rules.themes import Theme

router = Router(tags=["民情和体检"])


class ThemeLine(Schema):
    """One group of items, or one part of the area."""

    key: str = Field(description="事项代码前缀，或区划代码", examples=["0205"])
    name: str = Field(examples=["环境卫生"])
    now: int = Field(description="近四周")
    before: int = Field(description="前四周")
    year_before: int = Field(description="去年同期四周")
    change: int = Field(description="比前四周多几件，少为负")
    verdict: Annotated[str, listed_as(Verdict)] = Field(description="是不是超出偶然")
    weeks: list[int] = Field(
        description="近 12 周每周几件，从早到晚", examples=[[3, 4, 2, 5, 4, 3, 6, 4, 5, 7, 9, 12]]
    )


class Insight(Schema):
    """What came in within an area in the four weeks up to yesterday."""

    area: str
    first: date
    last: date
    total: int
    unsaid: int = Field(description="还没有事项的")
    nowhere: int = Field(description="还没有位置的")
    themes: list[ThemeLine] = Field(description="说什么，最多的在前")
    places: list[ThemeLine] = Field(description="在哪里，最多的在前")


class CommunityOff(Schema):
    """A community that stands worst by an indicator."""

    area: str
    name: str = Field(examples=["春风社区"])
    value: float


class IndicatorOff(Schema):
    """An indicator that is not as it should be, and where."""

    indicator: Annotated[str, listed_as(Indicator)]
    communities: list[CommunityOff]


class CameAgain(Schema):
    """A place where the same came again after it had been closed."""

    item: str
    item_name: str
    area: str
    place: str
    times: int
    cases: list[str] = Field(examples=[["440310-000012345"]])


class StreetCheckup(Schema):
    """A street whole."""

    checkup: Checkup  # type: ignore[valid-type]
    off: list[IndicatorOff] = Field(description="哪里最差")
    again: list[CameAgain] = Field(description="反复发生的，最严重的几处")
    again_places: int = Field(description="反复发生的共几处")


@router.get("/insight", response=Insight, summary="民情")
def talked(
    request: AskedRequest,
    area: Annotated[
        str,
        Query(
            max_length=12, pattern=r"^\d*$", description="区划代码；空为这把密钥的", examples=["440310001"]
        ),
    ] = "",
) -> dict[str, Any]:
    """What people talk of in the last four weeks, beside the four before and a year ago, and whether it is chance."""
    must(request.actor, Permission.INSIGHT_READ)
    found = gathered(request.actor, area, request.now)
    return {
        "area": found.scope.area, "first": found.recent.first, "last": found.recent.last, "total": found.total,
        "unsaid": found.unsaid, "nowhere": found.nowhere,
        "themes": [_theme(one, found.item_name(one.key)) for one in found.told],
        "places": [_theme(one, found.place_name(one.key)) for one in found.where],
    }  # fmt: skip


@router.get("/checkups/{area}", response=StreetCheckup, summary="一个街道的体检")
def street(
    request: AskedRequest, area: str,
    month: Annotated[str, Query(pattern=r"^20\d\d-(0[1-9]|1[0-2])$", examples=["2026-02"])],
) -> dict[str, Any]:  # fmt: skip
    """A street's readings of a month; of those that are off the communities that stand worst; what repeats there."""
    must(request.actor, Permission.REPORT_READ)
    period = Period.month(int(month[:4]), int(month[5:]))
    found = street_health_for(request.actor, area[:12], period, request.now)
    return {
        "checkup": found.checkup, "off": _off(found), "again_places": found.again_places,
        "again": [_again(request.actor.district, one) for one in found.again],
    }  # fmt: skip


def _theme(one: Theme, name: str) -> dict[str, Any]:
    return {
        "key": one.key, "name": name, "now": one.now, "before": one.before, "year_before": one.year_before,
        "change": one.change, "verdict": one.verdict.value, "weeks": list(one.weeks),
    }  # fmt: skip


def _off(found: StreetHealth) -> list[dict[str, Any]]:
    return [
        {
            "indicator": indicator.value,
            "communities": [
                {"area": area, "name": name, "value": float(value)} for area, name, value in worst
            ],
        }
        for indicator, worst in found.communities.items()
    ]


def _again(district: int, one: Again) -> dict[str, Any]:
    return {
        "item": one.item, "item_name": one.item_name, "area": one.area, "place": one.place, "times": one.times,
        "cases": [case_number(district, case) for case in one.cases],
    }  # fmt: skip
