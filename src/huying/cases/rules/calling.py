"""Calls to the spot (R207): who stood there, and until when each side may speak of the other."""

from datetime import timedelta
from typing import Final

ON_SPOT_METRES: Final = 300
RATING_DAYS: Final = timedelta(days=15)


def on_spot(metres: int | None) -> bool | None:
    """Whether a body reported in on the spot: within 300 m, what a phone between houses may be wrong by and a street's
    width besides; None where no position was told."""
    return None if metres is None else metres <= ON_SPOT_METRES
