"""What the district allows towards residents: of what they are written to, when, how often."""

from datetime import datetime, time
from typing import Annotated, Any

from ninja import Field, Router, Schema
from pydantic import WithJsonSchema

from huying.access.permissions import Permission
from huying.api.members import Body
from huying.api.v1.interface import AskedRequest, must
from huying.kernel.errors import Invalid
from huying.notices.actions import set_residents
from huying.notices.queries import ResidentChoices, resident_choices, resident_history
from huying.notices.rules.times import Quiet
from huying.texts.rules.occasions import RESIDENT, Occasion

router = Router(tags=["通知"])
_Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["22:00"])]
_Told = Annotated[
    str,
    WithJsonSchema({
        "type": "string", "enum": [one.value for one in RESIDENT],
        "description": "、".join(f"{one.value} {one.zh}" for one in RESIDENT),
    }),
]  # fmt: skip


class ResidentsWanted(Body):
    """When residents may be written to, how often a day, and of what."""

    quiet_since: _Clock = Field(description="免打扰从")
    quiet_until: _Clock = Field(description="免打扰到；和从一样就是没有免打扰", examples=["08:00"])
    most_a_day: int = Field(ge=1, le=20, description="每人每天最多几条", examples=[4])
    occasions: list[_Told] = Field(
        max_length=len(RESIDENT), description="告诉居民什么", examples=[["received", "replied"]]
    )


class ResidentsHeld(Schema):
    """What held from a moment on."""

    quiet_since: str = Field(examples=["22:00"])
    quiet_until: str = Field(examples=["08:00"])
    most_a_day: int = Field(examples=[4])
    occasions: list[_Told] = Field(examples=[["received", "replied"]])
    changed_at: datetime | None = Field(description="null：没有改过，平台原有的")
    changed_by: str


class Residents(ResidentsHeld):
    """What holds, and what held before."""

    history: list[ResidentsHeld] = Field(description="最近二十次，新的在前")


@router.get("/notices/residents", response=Residents, summary="给居民的通知")
def one(request: AskedRequest) -> dict[str, Any]:
    """When residents are written to, how often a day, and of what."""
    must(request.actor, Permission.TEXT_EDIT)
    return _one(request)


@router.put("/notices/residents", response=Residents, summary="改给居民的通知")
def put(request: AskedRequest, given: ResidentsWanted) -> dict[str, Any]:
    """Let this hold from now on; what waits already is sent by it too."""
    must(request.actor, Permission.TEXT_EDIT)
    known = {one.value for one in RESIDENT}
    if not set(given.occasions) <= known:
        raise Invalid(fields={"occasions": "取值不对，请看接口说明。"})
    quiet = Quiet(time.fromisoformat(given.quiet_since), time.fromisoformat(given.quiet_until))
    chosen = ResidentChoices(quiet, given.most_a_day, frozenset(Occasion(name) for name in given.occasions))
    set_residents(request.actor, chosen, request.now)
    return _one(request)


def _one(request: AskedRequest) -> dict[str, Any]:
    history = [_told(held) for held in resident_history(request.actor)]
    return _told(resident_choices(request.actor.district)) | {"history": history}


def _told(held: ResidentChoices) -> dict[str, Any]:
    return {
        "quiet_since": f"{held.quiet.since:%H:%M}", "quiet_until": f"{held.quiet.until:%H:%M}",
        "most_a_day": held.most_a_day, "occasions": sorted(held.occasions), "changed_at": held.changed_at,
        "changed_by": held.changed_by,
    }  # fmt: skip
