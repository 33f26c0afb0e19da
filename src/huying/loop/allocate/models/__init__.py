"""What allocation remembers: rulings, lessons and the thresholds a district has set."""

from huying.loop.allocate.models.lessons import BodyLesson, BodyMemory, ItemLesson
from huying.loop.allocate.models.precedents import DispatchRule, Precedent

__all__ = ["BodyLesson", "BodyMemory", "DispatchRule", "ItemLesson", "Precedent"]
