"""对接系统: listed with how they fare, set up, changed, switched on and off. What signs is written and never read."""

from dataclasses import asdict
from typing import Annotated, Any

from ninja import Field, Path, Query, Router, Status

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.exchanging.telling import MAP, SETTINGS
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import Problem
from huying.exchange.actions.peers import PeerForm, switch, wake
from huying.exchange.queries.peers import PeerInfo, peer_for, peers_for
from huying.exchange.rules.kinds import Connecting, Direction, Scope
from huying.exchange.tasks.setting_up import set_anew, set_up

router = Router(tags=["系统对接"])
Code = Annotated[str, Path(max_length=30, description="系统代号", examples=["city"])]
_FARES = (
    "waiting_in",
    "waiting_out",
    "stuck_in",
    "stuck_out",
    "oldest",
    "heard_at",
    "told_at",
    "asking",
    "telling",
)
_SETTINGS = (dict[str, Any], Field(description="连接设置，不含密钥", examples=[SETTINGS]))
# Apart from how it fares, which changes with every letter: what was read is what If-Match is compared with.
System = told(
    PeerInfo,
    "ExchangeSystem",
    without=_FARES,
    settings=_SETTINGS,
    map=(dict[str, Any], Field(description="对应表", examples=[MAP])),
)
Faring = told(PeerInfo, "ExchangeFaring", without=("settings", "map"))


class SystemWanted(Body):
    """How a system is reached and what it is told."""

    name: str = Field(min_length=1, max_length=60, examples=["市12345"])
    direction: Annotated[Direction, listed_as(Direction)] = Field(Direction.BOTH, description="方向")
    scope: Annotated[Scope, listed_as(Scope)] = Field(Scope.OWN, description="报哪些案件")
    area: str = Field("", max_length=15, pattern=r"^\d*$", description="管哪里；空为全区")
    body: int | None = Field(None, ge=1, lt=2**63, description="部门自己的系统：代表哪个单位；市平台不填")
    settings: dict[str, Any] = Field(
        description="连接设置，各种方式的样例见 docs/exchange.md", examples=[SETTINGS]
    )
    secret: str = Field(
        "", max_length=4000, description="签名密钥，至少 16 个字符；存下后读不出来，修改时空着就不换",
        examples=["agreed-by-both-12345"],
    )  # fmt: skip


class NewSystem(SystemWanted):
    """A system with its first mapping; its code and its connector stay."""

    code: str = Field(min_length=1, max_length=30, pattern=r"^[-a-zA-Z0-9_]+$", examples=["city"])
    connector: Annotated[Connecting, listed_as(Connecting)] = Field(description="对接方式")
    map: dict[str, Any] = Field(description="对应表，写法见 docs/exchange.md", examples=[MAP])


class SwitchWhy(Body):
    """Why it is switched."""

    why: str = Field(min_length=1, max_length=200, examples=["联调通过"])


@router.get("/exchange/systems", response=page_of("systems", Faring), summary="对接系统")
def listed(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """Every system and how it fares: what waits, what is stuck, what failed last. The first one first."""
    rows, after = cut(peers_for(request.actor), turn, lambda row: row.code)
    return {"systems": [asdict(row) for row in rows], "after": after}


@router.get("/exchange/systems/{code}", response=System, summary="一个对接系统")
def one(request: AskedRequest, code: Code) -> dict[str, Any]:
    """Its settings and the mapping in force, without its secret."""
    return _one(request, code)


@router.get("/exchange/systems/{code}/faring", response=Faring, summary="对接系统通不通")
def faring(request: AskedRequest, code: Code) -> dict[str, Any]:
    """What waits, what is stuck, since when it does not answer, and why."""
    return asdict(peer_for(request.actor, code))


@router.post("/exchange/systems", response={201: System, 409: Problem}, summary="新建对接系统")
def made(request: AskedRequest, given: NewSystem) -> Status[dict[str, Any]]:
    """Set a system up, switched off, with its first mapping: try some letters, then start it."""
    must(request.actor, Permission.EXCHANGE_EDIT)
    set_up(request.actor, _asked(given, given.code, given.connector), given.map, "初版", request.now)
    return Status(201, _one(request, given.code))


@router.put("/exchange/systems/{code}", response=System, summary="改对接系统")
def changed(request: AskedRequest, code: Code, given: SystemWanted) -> dict[str, Any]:
    """Let other settings hold from now on; without a secret the one that is there stays."""
    must(request.actor, Permission.EXCHANGE_EDIT)
    held = peer_for(request.actor, code)
    set_anew(request.actor, _asked(given, held.code, held.connector), request.now)
    return _one(request, code)


@router.post("/exchange/systems/{code}/start", response={200: System, 409: Problem}, summary="启用对接系统")
def started(request: AskedRequest, code: Code, given: SwitchWhy) -> dict[str, Any]:
    """Exchange letters with it from now on."""
    return _switched(request, code, given.why, on=True)


@router.post("/exchange/systems/{code}/stop", response=System, summary="停用对接系统")
def stopped(request: AskedRequest, code: Code, given: SwitchWhy) -> dict[str, Any]:
    """Neither fetch from it nor tell it anything; what waits stays."""
    return _switched(request, code, given.why, on=False)


@router.post("/exchange/systems/{code}/wake", response=System, summary="马上再试")
def woken(request: AskedRequest, code: Code) -> dict[str, Any]:
    """Call a system at once that is left alone because it did not answer."""
    must(request.actor, Permission.EXCHANGE_EDIT)
    wake(request.actor, code, request.now)
    return _one(request, code)


def _switched(request: AskedRequest, code: str, why: str, *, on: bool) -> dict[str, Any]:
    must(request.actor, Permission.EXCHANGE_EDIT)
    switch(request.actor, code, on, why, request.now)
    return _one(request, code)


def _asked(given: SystemWanted, code: str, connector: Connecting) -> PeerForm:
    return PeerForm(
        code=code, name=given.name, connector=connector, direction=given.direction, scope=given.scope, area=given.area,
        body_id=given.body, settings=given.settings, secret=given.secret,
    )  # fmt: skip


def _one(request: AskedRequest, code: str) -> dict[str, Any]:
    return asdict(peer_for(request.actor, code))
