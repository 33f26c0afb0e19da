"""What devices say, pushed by the platform of whoever runs them, or by a device with its own credential."""

from typing import Any, Final

from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.security import HttpBearer

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.api.conduct import Manners, mannered
from huying.api.keys import caller_with
from huying.api.members import Body
from huying.api.problems import TooMany, Unauthenticated
from huying.api.v1.interface import AskedRequest, must
from huying.devices.actions import Given, Kept, deliver
from huying.devices.queries import device_with
from huying.devices.rules.messages import Unread
from huying.kernel.clock import now as present
from huying.people.actions import spend

router = Router(tags=["设备"])
#: Requests a minute of one device: ten times what the quickest of them says.
_A_MINUTE: Final = 600
_MOST: Final = 1000
_OWN: Final = "hyd_"


class KeyOrDevice(HttpBearer):
    """The key of an outside system, or the credential of a device, which then speaks for itself alone."""

    openapi_description = "管理员发放的接口密钥，或设备自己的凭证"

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        asked: Any = request
        if not hasattr(asked, "speaks"):
            asked.now = present()
            asked.actor, asked.spent, asked.speaks = _who(token, asked.now)
        actor: Actor = asked.actor
        return actor


def _who(token: str, now: Any) -> tuple[Actor, Any, str]:
    if not token.startswith(_OWN):
        caller = caller_with(token, now)
        return caller.actor, caller.spent, ""
    shown = device_with(token)
    if shown is None:
        raise Unauthenticated
    # Devices are counted beside keys: below nought there is no key.
    spent = spend(shown.district, -shown.id, _A_MINUTE, now)
    if not spent.allowed:
        raise TooMany(spent=spent)
    return shown.actor, spent, shown.code


class Readings(Body):
    """Messages of any number of devices. One that is wrong is answered and hinders no other."""

    readings: list[dict[str, Any]] = Field(
        min_length=1,
        max_length=_MOST,
        description="每条：device 设备编号；at 时间（ISO 8601 带时区，或 1970 年起的秒、毫秒）；values 因子到数值；"
        "battery 电量百分比；lon、lat、datum 位置；alarm 报警类型，如 sos",
        examples=[
            [
                {
                    "device": "WL-0417",
                    "at": "2026-03-02T09:00:00+08:00",
                    "values": {"level": 3.2},
                    "battery": 81,
                }
            ]
        ],
    )


class ReadingTaken(Schema):
    """What became of one message, in the order they were sent."""

    device: str = Field(examples=["WL-0417"])
    taken: bool
    why: str | None = Field(
        description="没读懂或没全收下的原因：" + "、".join(f"{one.value} {one.zh}" for one in Unread)
    )
    fresh: int = Field(description="其中第一次收到的读数和报警有几个；重发的不算", examples=[1])
    emergency: int | None = Field(description="报警发起的应急卡")


class ReadingsTaken(Schema):
    """What became of all of them."""

    taken: int = Field(description="收下几条")
    readings: list[ReadingTaken]


@router.post("/devices/readings", auth=KeyOrDevice(), response=ReadingsTaken, summary="推送设备读数")
@mannered(Manners(kept=False, matched=False))
def pushed(request: AskedRequest, given: Readings) -> dict[str, Any]:
    """Keep what devices said. Sent again it is kept once, so whoever got no answer sends the same again.

    An alarm has opened its emergency card, and the nearest have been alerted, by the time this answers.
    """
    must(request.actor, Permission.DEVICE_PUSH)
    speaks = getattr(request, "speaks", "")
    found = deliver(request.actor, [Given(one, speaks) for one in given.readings], request.now)
    rows = [_told(one) for one in found]
    return {"taken": sum(row["taken"] for row in rows), "readings": rows}


def _told(one: Kept) -> dict[str, Any]:
    return {
        "device": one.device, "taken": one.why is None, "why": one.why.value if one.why else None,
        "fresh": one.fresh, "emergency": one.emergency_id,
    }  # fmt: skip
