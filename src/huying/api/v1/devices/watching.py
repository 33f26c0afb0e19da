"""监测规则: what is watched for, in versions."""

from typing import Annotated, Any

from ninja import Field, Query, Router, Status

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.devices.register import Kind
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import Problem
from huying.devices.actions import end_rule, put_rule
from huying.devices.queries import Rule, RuleVersion, rules_for, versions_for
from huying.devices.rules.kinds import Compare, Follow, Light
from huying.devices.rules.watching import Watch
from huying.kernel.errors import NotFound

router = Router(tags=["设备"])
Whole = told(
    Rule, "WatchRule", without=("watch",), watch=(told(Watch, "WatchedFor"), Field(description="怎么算"))
)
Version = told(RuleVersion, "WatchRuleVersion", without=("rule",), rule=(Whole, Field(description="这一版")))


class RuleGiven(Body):
    """A rule, whole."""

    name: str = Field(min_length=1, max_length=40, examples=["河道水位超警戒"])
    kind: Kind = Field(description="哪类设备", examples=["water_level"])
    device: int | None = Field(None, ge=1, lt=2**63, description="只看这一台；空为这一类")
    factor: str = Field(
        min_length=1, max_length=24, pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]*$", examples=["level"]
    )
    compare: Annotated[Compare, listed_as(Compare)] = Field(description="怎么比")
    limit: float = Field(description="限值", examples=[3.5])
    over: float = Field(description="回到这个值算恢复", examples=[3.2])
    hold: int = Field(0, ge=0, le=86_400, description="持续多少秒才算", examples=[300])
    quorum: int = Field(0, ge=0, le=50, description="附近另有几台同类设备也超限才算，0 不看", examples=[2])
    metres: int = Field(0, ge=0, le=20_000, description="多少米以内算附近", examples=[500])
    flaps: int = Field(0, ge=0, le=60, description="一小时变化几次算时断时续，0 不看", examples=[6])
    light: Annotated[Light, listed_as(Light)] = Field(Light.ANY, description="什么时候看")
    follow: Annotated[Follow, listed_as(Follow)] = Field(description="触发后做什么")
    emergency: str = Field("", max_length=20, description="发起哪种应急，即预案代码", examples=["flood"])
    item: str = Field("", max_length=32, description="转为诉求时的事项代码；空由中心判断")
    urgency: int = Field(0, ge=0, le=3, description="紧急程度")
    why: str = Field("", max_length=200, description="为什么改", examples=["汛期调低限值"])


class RuleEnding(Body):
    """Why it is watched for no more."""

    why: str = Field("", max_length=200, examples=["汛期结束"])


@router.get("/watch-rules", response=page_of("rules", Whole), summary="监测规则")
def listed(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """The rules in force."""
    must(request.actor, Permission.DEVICE_READ)
    found = [one.rule for one in rules_for(request.actor)]
    rows, after = cut(found, turn, lambda row: row.code)
    return {"rules": rows, "after": after}


@router.get("/watch-rules/{code}", response=Version, summary="一条监测规则")
def one(request: AskedRequest, code: str) -> RuleVersion:
    """The rule as it stands now, ended ones too."""
    must(request.actor, Permission.DEVICE_READ)
    return _newest(request, code)


@router.get("/watch-rules/{code}/versions", response=page_of("versions", Version), summary="监测规则的各版")
def versions(request: AskedRequest, code: str, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """Everything the rule ever said, the newest first."""
    must(request.actor, Permission.DEVICE_READ)
    rows, after = cut(versions_for(request.actor, _code(code)), turn, lambda row: row.rule.version)
    return {"versions": rows, "after": after}


@router.post("/watch-rules", response={201: Version}, summary="新建监测规则")
def made(request: AskedRequest, given: RuleGiven) -> Status[RuleVersion]:
    """Watch for something from now on."""
    must(request.actor, Permission.DEVICE_EDIT)
    code = put_rule(request.actor, _rule(given), given.why, request.now)
    return Status(201, _newest(request, code))


@router.put("/watch-rules/{code}", response={200: Version, 409: Problem}, summary="改监测规则")
def changed(request: AskedRequest, code: str, given: RuleGiven) -> RuleVersion:
    """Let a rule say exactly this from now on, as a new version."""
    must(request.actor, Permission.DEVICE_EDIT)
    seen = _newest(request, code).rule
    put_rule(request.actor, _rule(given, seen.code, seen.version), given.why, request.now)
    return _newest(request, code)


@router.post("/watch-rules/{code}/end", response={204: None}, summary="停用监测规则")
def ended(request: AskedRequest, code: str, given: RuleEnding) -> Status[None]:
    """Watch by it no more; cases that came of it go on."""
    must(request.actor, Permission.DEVICE_EDIT)
    end_rule(request.actor, _code(code), given.why, request.now)
    return Status(204, None)


def _newest(request: AskedRequest, code: str) -> RuleVersion:
    return versions_for(request.actor, _code(code))[0]


def _code(code: str) -> str:
    if not code.isascii() or not code.isprintable() or len(code) > 20:
        raise NotFound
    return code


def _rule(given: RuleGiven, code: str = "", version: int = 0) -> Rule:
    watch = Watch(
        given.compare, given.limit, given.over, given.hold, given.quorum, given.metres, given.flaps, given.light
    )  # fmt: skip
    return Rule(
        code=code, version=version, name=given.name, kind=given.kind, factor=given.factor, watch=watch,
        follow=given.follow, device_id=given.device, emergency=given.emergency, item=given.item,
        urgency=given.urgency,
    )  # fmt: skip
