"""What allocation remembers: rulings, lessons, the thresholds a district has set, and who decides what just now."""

from huying.loop.allocate.models.lessons import BodyLesson, BodyMemory, ItemLesson, ItemMemory
from huying.loop.allocate.models.precedents import DispatchRule, Precedent
from huying.loop.allocate.models.presence import Presence

__all__ = ["BodyLesson", "BodyMemory", "DispatchRule", "ItemLesson", "ItemMemory", "Precedent", "Presence"]
