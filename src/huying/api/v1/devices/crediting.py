"""How a device proves to be itself: its credential, and the password of a station of HJ 212."""

from typing import Any

from ninja import Field, Router, Schema

from huying.access.permissions import Permission
from huying.api.conduct import Manners, mannered
from huying.api.conduct.derived import told
from huying.api.members import Body
from huying.api.v1.asking import known
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import Problem
from huying.devices.actions import new_secret, set_station_password
from huying.devices.queries import DeviceInfo, device_for

router = Router(tags=["设备"])
Line = told(DeviceInfo, "DeviceLine")


class CredentialShown(Schema):
    """A device's credential; it is told this once."""

    device: Line  # type: ignore[valid-type]
    secret: str = Field(
        description="凭证，只显示这一次", examples=["hyd_440310_12_0123456789abcdefghijklmnopqrstuv"]
    )


class StationPasswordGiven(Body):
    """The password of a station of HJ 212."""

    password: str = Field("", max_length=20, description="访问密码（PW）；空取消", examples=["a1b2c3"])


@router.post("/devices/{number}/secret", response={200: CredentialShown, 409: Problem}, summary="换设备凭证")
@mannered(Manners(kept=False, private=True))
def renewed(request: AskedRequest, number: int) -> dict[str, Any]:
    """Another credential; the one before opens nothing from now on."""
    must(request.actor, Permission.DEVICE_EDIT)
    secret = new_secret(request.actor, known(number), request.now)
    return {"device": device_for(request.actor, number), "secret": secret}


@router.put(
    "/devices/{number}/station-password", response={200: Line, 409: Problem}, summary="设 HJ 212 访问密码"
)
@mannered(Manners(kept=False, private=True))
def set_password(request: AskedRequest, number: int, given: StationPasswordGiven) -> DeviceInfo:
    """Let the station whose MN is the device's code show this password."""
    must(request.actor, Permission.DEVICE_EDIT)
    set_station_password(request.actor, known(number), given.password, request.now)
    return device_for(request.actor, number)
