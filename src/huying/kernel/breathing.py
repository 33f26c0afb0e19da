"""How much rest the database is given between two batches of work that may wait."""

from typing import Final

#: What connections of the pages call themselves at the database.
PAGES: Final = "huying web"
_LONGEST: Final = 5.0


def breath(worked: float, busy: int, cores: int) -> float:
    """Seconds to rest after having worked so long: a quarter of it while the database is quiet, up to four times when
    twice as many statements run at once as it has cores."""
    load = busy / max(cores, 1)
    share = 0.25 if load < 0.5 else 0.5 if load < 1 else 1.5 if load < 2 else 4.0
    return min(worked * share, _LONGEST)
