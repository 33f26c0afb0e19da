"""What allocation suggests, and why."""

from huying.loop.allocate.queries.bodies import Asked, suggest_bodies
from huying.loop.allocate.queries.items import suggest_items
from huying.loop.allocate.queries.lessons import SHOWN, LessonInfo, lessons_for, similar_cases, standing_for
from huying.loop.allocate.queries.precedents import PrecedentInfo, precedents_for, thresholds

__all__ = [
    "SHOWN",
    "Asked",
    "LessonInfo",
    "PrecedentInfo",
    "lessons_for",
    "precedents_for",
    "similar_cases",
    "standing_for",
    "suggest_bodies",
    "suggest_items",
    "thresholds",
]
