"""季节日历: its lines kept, each change a further version; and the promise of false warnings, kept alike."""

from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID, uuid5

from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import today
from huying.api.v1.interface import AskedRequest, must
from huying.kernel.errors import NotFound
from huying.prevent.campaigns.actions.calendar import end_season, ensure_seasons, put_season
from huying.prevent.campaigns.policy import must_set as must_set_seasons
from huying.prevent.campaigns.queries.calendar import season_of, seasons
from huying.prevent.campaigns.rules.season import Festival, Season, next_of
from huying.prevent.warnings.actions.deciding import set_promise
from huying.prevent.warnings.policy import must_set as must_set_promise
from huying.prevent.warnings.queries.lists import standing_of, worth_of
from huying.prevent.warnings.queries.promise import PromiseVersion, promise_of, promise_versions
from huying.prevent.warnings.rules.kinds import MOST_PROMISE

router = Router(tags=["专项治理"])
_ONCE: Final = UUID("a5c6f0de-2d0c-4f3c-8a0f-6d4a3c1b9e77")
_Item = Annotated[str, Field(pattern=r"^\d{2}(\d{2}){0,2}$")]
_Area = Annotated[str, Field(pattern=r"^\d{6,15}$", max_length=15)]
SeasonLine = told(Season, "Season")
SeasonWhole = told(
    Season, "SeasonWhole",
    next_first=(date | None, Field(description="下一次从哪天；节日表以外为 null")),
    next_last=(date | None, Field(description="下一次到哪天")),
)  # fmt: skip
Version = told(PromiseVersion, "PromiseVersion")


class SeasonGiven(Body):
    """A line of the calendar."""

    name: str = Field(min_length=1, max_length=60, examples=["汛期"])
    festival: Annotated[Festival, listed_as(Festival)] | None = Field(
        None, description="按哪个农历节日算；null 按公历", examples=[None]
    )
    first: str = Field(
        min_length=1, max_length=5, description="公历写 06-01；按节日写前后几天，如 -7", examples=["06-01"]
    )
    last: str = Field(min_length=1, max_length=5, examples=["09-30"])
    weeks_before: int = Field(4, ge=0, le=12, description="提前几周提示")
    items: list[_Item] = Field([], max_length=50, description="事项代码或其开头；空为全部", examples=[["07"]])
    areas: list[_Area] = Field([], max_length=50, description="区划代码；空为全区", examples=[[]])
    lead: str = Field("", max_length=60, description="牵头", examples=["水务局"])
    task: str = Field(min_length=1, max_length=1000, examples=["逐个检查雨水口，有堵的拍照上报"])


class SeasonNew(SeasonGiven):
    """A further line."""

    key: str = Field(min_length=8, max_length=64, description="同一个键只加一行", examples=["season-2026-01"])


class SeasonCode(Schema):
    """Which line it was."""

    code: str = Field(examples=["flood"])


class PromiseGiven(Body):
    """How many false warnings a month the district bears."""

    promise: int = Field(ge=1, le=MOST_PROMISE, description="每月误报上限", examples=[8])


class WarningPromise(Schema):
    """The promise as it holds, beside what the last warnings were worth."""

    promise: float = Field(description="每月误报上限", examples=[8])
    settled: int = Field(description="最近有结论的预警")
    true: int = Field(description="其中属实的")
    advice: str = Field(examples=["够用，不必调整"])
    ready: bool = Field(description="攒够了天数，能预警了")
    versions: list[Version] = Field(description="设过的，新的在前")  # type: ignore[valid-type]


# Generated clients know it by the name under which it came out.
@router.get(
    "/seasons", response=page_of("seasons", SeasonLine), summary="季节日历", operation_id="campaigns_calendar"
)
def listed(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """What comes every year, by sun or moon."""
    must(request.actor, Permission.INSIGHT_READ)
    ensure_seasons(request.actor.district, request.now)
    rows, after = cut(seasons(request.actor.district), turn, lambda row: row.code)
    return {"seasons": rows, "after": after}


@router.get("/seasons/{code}", response=SeasonWhole, summary="季节日历的一行")
def one(request: AskedRequest, code: str) -> dict[str, Any]:
    """A line in force, and when it falls next."""
    must(request.actor, Permission.INSIGHT_READ)
    return _whole(request, code)


@router.post("/seasons", response={201: SeasonWhole}, summary="季节日历加一行")
def added(request: AskedRequest, given: SeasonNew) -> Status[dict[str, Any]]:
    """A further line, for the whole district; twice under one key it is one."""
    must(request.actor, Permission.CAMPAIGN_RUN)
    must_set_seasons(request.actor)
    # The platform's own lines come first: a district that has any is never given them.
    ensure_seasons(request.actor.district, request.now)
    code = f"own-{uuid5(_ONCE, f'{request.actor.key_id}:{given.key}').hex[:12]}"
    if season_of(request.actor.district, code) is None:
        put_season(request.actor, _season(code, given), request.now)
    return Status(201, _whole(request, code))


@router.put("/seasons/{code}", response=SeasonWhole, summary="改季节日历的一行")
def changed(request: AskedRequest, code: str, given: SeasonGiven) -> dict[str, Any]:
    """Let a line read so, as a further version."""
    must(request.actor, Permission.CAMPAIGN_RUN)
    must_set_seasons(request.actor)
    if season_of(request.actor.district, code) is None:
        raise NotFound
    put_season(request.actor, _season(code, given), request.now)
    return _whole(request, code)


@router.post("/seasons/{code}/end", response=SeasonCode, summary="不再提示")
def ended(request: AskedRequest, code: str) -> dict[str, str]:
    """Propose it no more."""
    must(request.actor, Permission.CAMPAIGN_RUN)
    end_season(request.actor, code, request.now)
    return {"code": code}


@router.get("/warning-promise", response=WarningPromise, summary="预警误报上限")
def promise(request: AskedRequest) -> dict[str, Any]:
    """The promise as it holds, its versions, and what the last warnings were worth."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    must_set_promise(request.actor)
    return _promised(request)


@router.put("/warning-promise", response=WarningPromise, summary="设预警误报上限")
def promised(request: AskedRequest, given: PromiseGiven) -> dict[str, Any]:
    """From the next look on bear so many false warnings a month, as a further version."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    set_promise(request.actor, given.promise, request.now)
    return _promised(request)


def _season(code: str, given: SeasonGiven) -> Season:
    return Season(
        code, given.name.strip(), given.festival, given.first.strip(), given.last.strip(), given.weeks_before,
        tuple(given.items), tuple(given.areas), given.lead.strip(), given.task.strip(),
    )  # fmt: skip


def _whole(request: AskedRequest, code: str) -> dict[str, Any]:
    season = season_of(request.actor.district, code)
    if season is None:
        raise NotFound
    falls = next_of(season, today(request))
    return {name: getattr(season, name) for name in Season.__dataclass_fields__} | {
        "next_first": falls.first if falls else None, "next_last": falls.last if falls else None,
    }  # fmt: skip


def _promised(request: AskedRequest) -> dict[str, Any]:
    district = request.actor.district
    worth = worth_of(district)
    return {
        "promise": promise_of(district), "settled": worth.settled, "true": worth.true, "advice": worth.advice.zh,
        "ready": standing_of(district).ready, "versions": promise_versions(district),
    }  # fmt: skip
