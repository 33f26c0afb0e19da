"""What cameras told: listed, one of them, and what somebody found who looked."""

from typing import Annotated, Any

from ninja import Field, Query, Router

from huying.access.permissions import Permission
from huying.api.conduct import Turn, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import SomeMoment, before, known, last_of
from huying.api.v1.interface import AskedRequest, must
from huying.video.actions import judge
from huying.video.queries import AlarmInfo, SoughtAlarms, alarm_for, alarms_for
from huying.video.rules.kinds import AlarmFollow, AlarmKind, AlarmVerdict

router = Router(tags=["视频报警"])
Alarm = told(AlarmInfo, "VideoAlarm", without=("case_id",))
Kind = Annotated[AlarmKind, listed_as(AlarmKind)]
Verdict = Annotated[AlarmVerdict, listed_as(AlarmVerdict)]


class Asked(Turn):
    """Which alarms."""

    kind: Kind | None = Field(None, description="类型")
    follow: Annotated[AlarmFollow, listed_as(AlarmFollow)] | None = Field(None, description="结果")
    area: str = Field("", max_length=15, pattern=r"^\d*$", description="区划代码前缀")
    device: int | None = Field(None, ge=1, lt=2**63, description="哪台摄像机")
    state: str = Field(
        "", pattern="^(open|true|false|)$", description="open 还没看过，true 属实，false 误报，空为全部"
    )
    since: SomeMoment | None = Field(None, description="从什么时候，须带时区")
    until: SomeMoment | None = Field(None, description="到什么时候，须带时区")


class VerdictGiven(Body):
    """What an alarm was."""

    verdict: Verdict = Field(examples=["false"])
    why: str = Field("", max_length=200, examples=["晚霞反光"])


@router.get("/video/alarms", response=page_of("alarms", Alarm), summary="视频报警")
def listed(request: AskedRequest, asked: Annotated[Asked, Query()]) -> dict[str, Any]:
    """The alarms in the key's area, or of its body's cameras, the newest first."""
    must(request.actor, Permission.VIDEO_READ)
    wanted = SoughtAlarms(
        kind=asked.kind, follow=asked.follow, area=asked.area, device_id=asked.device, state=asked.state,
        since=asked.since, until=asked.until,
    )  # fmt: skip
    rows = alarms_for(request.actor, wanted, before(asked), asked.limit)
    return {"alarms": rows, "after": last_of(rows, asked)}


@router.get("/video/alarms/{number}", response=Alarm, summary="一次视频报警")
def one(request: AskedRequest, number: int) -> AlarmInfo:
    """One alarm with its pictures' numbers, also for who sees its case."""
    must(request.actor, Permission.VIDEO_READ)
    return alarm_for(request.actor, known(number))


@router.post("/video/alarms/{number}/verdict", response=Alarm, summary="判定视频报警")
def judged(request: AskedRequest, number: int, given: VerdictGiven) -> AlarmInfo:
    """Say what it was. Found false, a case that nobody has in hand is ended; any other, and a card, are told."""
    must(request.actor, Permission.VIDEO_OPEN)
    judge(request.actor, known(number), given.verdict, given.why, request.now)
    return alarm_for(request.actor, number)
