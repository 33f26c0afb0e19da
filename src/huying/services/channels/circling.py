"""The circle drawn behind the pages."""

from datetime import datetime
from typing import Final

from django.utils.translation import gettext_noop

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.longwork.actions import Made, Task, ask
from huying.services.actions import draw_circle
from huying.services.policy import must_everywhere

KIND: Final = "circle"
_NAME: Final = gettext_noop("画生活圈")


def ask_for_circle(actor: Actor, now: datetime, language: str) -> int:
    """Ask for a new circle: the work's number. Raises Denied, Conflict for who has too much waiting."""
    must_everywhere(actor, Permission.SERVICE_READ)
    return ask(actor, KIND, _NAME, {}, now, language=language)


def draw(task: Task) -> Made:
    """Reckon it in the asker's name."""
    made = draw_circle(task.actor, task.asked_at, task.progress.told)
    return Made(outcome={"circle": made})
