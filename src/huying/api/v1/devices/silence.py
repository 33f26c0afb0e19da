"""What becomes of devices that are not heard."""

from typing import Any

from ninja import Field, Router, Schema

from huying.access.permissions import Permission
from huying.api.conduct.derived import told
from huying.api.members import Body
from huying.api.v1.interface import AskedRequest, must
from huying.devices.actions import put_silence
from huying.devices.queries import Silence, silence_of, silences_for

router = Router(tags=["设备"])
Held = told(Silence, "SilenceHeld")


class SilenceGiven(Body):
    """Under which item a lost device stands."""

    item: str = Field("", max_length=32, description="事项代码；空由中心判断，不直接派单", examples=[""])
    urgency: int = Field(0, ge=0, le=3, description="紧急程度")
    why: str = Field("", max_length=200, description="为什么改", examples=["交设备权属单位维修"])


class SilenceTold(Schema):
    """What holds, and what held before."""

    held: Held  # type: ignore[valid-type]
    history: list[Held] = Field(description="各版，新的在前")  # type: ignore[valid-type]


@router.get("/device-silence", response=SilenceTold, summary="设备失联怎么办")
def one(request: AskedRequest) -> dict[str, Any]:
    """Under which item lost devices become a case of their owner."""
    must(request.actor, Permission.DEVICE_READ)
    return {"held": silence_of(request.actor.district), "history": silences_for(request.actor)}


@router.put("/device-silence", response=SilenceTold, summary="改设备失联怎么办")
def changed(request: AskedRequest, given: SilenceGiven) -> dict[str, Any]:
    """Let it be exactly this from now on."""
    must(request.actor, Permission.DEVICE_EDIT)
    put_silence(request.actor, given.item, given.urgency, given.why, request.now)
    return one(request)
