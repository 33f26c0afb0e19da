"""What follows from each kind of alarm, in versions."""

from typing import Annotated, Any

from ninja import Field, Query, Router, Schema

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import Problem
from huying.kernel.errors import NotFound
from huying.video.actions import put_standing
from huying.video.queries import StandingVersion, standings_for, versions_for
from huying.video.rules.checking import MOST_WORDS
from huying.video.rules.kinds import AlarmFollow, AlarmKind
from huying.video.rules.standing import Standing

router = Router(tags=["视频报警"])
Rule, Version = told(Standing, "VideoRule"), told(StandingVersion, "VideoRuleVersion")
Word = Annotated[str, Field(min_length=1, max_length=40)]


class VideoRuleWhole(Schema):
    """What holds, and what held before."""

    rule: Rule  # type: ignore[valid-type]
    versions: list[Version] = Field(description="各版，新的在前，最后是平台自带的")  # type: ignore[valid-type]


class StandingGiven(Body):
    """What follows from a kind of alarm, whole."""

    follow: Annotated[AlarmFollow, listed_as(AlarmFollow)] = Field(description="报警后", examples=["appeal"])
    emergency: str = Field("", max_length=20, description="发起哪种应急，即预案代码", examples=[""])
    item: str = Field("", max_length=32, description="转为诉求时的事项代码；空由中心判断", examples=[""])
    urgency: int = Field(0, ge=0, le=3, description="紧急程度")
    window: int = Field(ge=1, le=10_080, description="几分钟内同一摄像机同一类算一件", examples=[30])
    least: int = Field(0, ge=0, le=100, description="把握低于它只记录")
    keep_days: int = Field(30, ge=1, le=365, description="截图保留几天")
    words: list[Word] = Field(
        [],
        max_length=MOST_WORDS,
        description="厂家叫法；国标扩展编号写成 5-36",
        examples=[["烟火监测告警", "5-36"]],
    )
    why: str = Field("", max_length=200, description="为什么改", examples=["按消防要求调短"])


@router.get("/video/rules", response=page_of("rules", Rule), summary="视频报警规则")
def listed(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """What follows from every kind; ``version`` 0 is what the platform brings along."""
    must(request.actor, Permission.VIDEO_READ)
    rows, after = cut(standings_for(request.actor), turn, lambda row: row.kind.value)
    return {"rules": rows, "after": after}


@router.get("/video/rules/{kind}", response=VideoRuleWhole, summary="一类视频报警的规则")
def one(request: AskedRequest, kind: str) -> dict[str, Any]:
    """What follows from one kind, and every version of it."""
    must(request.actor, Permission.VIDEO_READ)
    return _whole(request, _kind(kind))


@router.put("/video/rules/{kind}", response={200: VideoRuleWhole, 409: Problem}, summary="改视频报警规则")
def changed(request: AskedRequest, kind: str, given: StandingGiven) -> dict[str, Any]:
    """Let exactly this follow from now on, as a new version."""
    must(request.actor, Permission.VIDEO_SET)
    named = _kind(kind)
    seen = versions_for(request.actor, named)[0].rule
    rule = Standing(
        kind=named, version=seen.version, follow=given.follow, emergency=given.emergency, item=given.item,
        urgency=given.urgency, window=given.window, least=given.least, keep_days=given.keep_days,
        words=tuple(dict.fromkeys(word.strip().lower() for word in given.words if word.strip())),
    )  # fmt: skip
    put_standing(request.actor, rule, given.why, request.now)
    return _whole(request, named)


def _whole(request: AskedRequest, kind: AlarmKind) -> dict[str, Any]:
    versions: list[StandingVersion] = versions_for(request.actor, kind)
    return {"rule": versions[0].rule, "versions": versions}


def _kind(kind: str) -> AlarmKind:
    if kind not in set(AlarmKind):
        raise NotFound
    return AlarmKind(kind)
