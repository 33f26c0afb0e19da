"""Days of a district: who calls about what, when and where."""

from huying.simulate.days.calls import Call, Calls
from huying.simulate.days.rhythm import Rhythm
from huying.simulate.days.wheres import Ground

__all__ = ["Call", "Calls", "Ground", "Rhythm"]
