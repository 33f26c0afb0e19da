"""Cases that answer what was said at a meeting, or that carry a decision out: where each of them stands."""

from datetime import datetime
from typing import Any

from ninja import Field, Schema

from huying.cases.queries.lists.queue import CaseLine


class FollowedCase(Schema):
    """A case as those may know it who may read the meeting or the proposal; the rest of it is the case's own."""

    number: str = Field(examples=["440310-000012345"])
    title: str
    state: str = Field(examples=["handling"])
    state_name: str = Field(examples=["处置中"])
    body_name: str
    due_at: datetime | None
    lamp: str = Field(description="灯：green、yellow、red、still")


def followed(line: CaseLine) -> dict[str, Any]:
    """One case for an answer."""
    return {
        "number": line.number, "title": line.title, "state": line.state.value, "state_name": line.state.zh,
        "body_name": line.body_name, "due_at": line.due_at, "lamp": line.lamp,
    }  # fmt: skip
