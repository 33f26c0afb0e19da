"""What the lists of campaigns and tasks are asked for by their address."""

from django.http import QueryDict

from huying.prevent.campaigns.rules.kinds import CampaignState, TaskState


def state_asked(query: QueryDict) -> str:
    """The state of campaigns; "" for all."""
    state = query.get("state", "")
    return state if state in set(CampaignState) else ""


def task_state_asked(query: QueryDict) -> str:
    """The state of tasks; "" for all."""
    state = query.get("state", "")
    return state if state in set(TaskState) else ""


def number_asked(text: str) -> int | None:
    """A whole number of an address; None for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None
