"""How long a trial lasts, and how much of it there may be."""

from datetime import timedelta
from typing import Final

KEPT_FOR: Final = timedelta(days=1)
#: So many trials of a district are kept; the oldest go first.
MOST: Final = 5000
UPDATES_MOST: Final = 50
