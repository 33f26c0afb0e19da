"""Water: which class a section has, and which series are not to be believed."""

from huying.devices.actions.water.doubting import Doubting
from huying.devices.actions.water.grading import grade_water
from huying.devices.actions.water.points import put_point

__all__ = ["Doubting", "grade_water", "put_point"]
