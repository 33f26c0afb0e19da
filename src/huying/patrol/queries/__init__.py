"""The only readers of patrols."""

from huying.patrol.queries.checks import CheckInfo, check_for, checks_for, checks_of, my_check, my_checks
from huying.patrol.queries.coverage import (
    AreaCovered,
    CellInfo,
    Coverage,
    PlanInfo,
    coverage_for,
    parts_covered,
    plans_for,
)
from huying.patrol.queries.finds import (
    FileInfo,
    FindInfo,
    FoundOn,
    finds_for,
    found_on,
    own_finds,
    recording_for,
)
from huying.patrol.queries.pack import Pack, pack_for
from huying.patrol.queries.tours import (
    TourInfo,
    TrackStep,
    open_tour_of,
    tour_for,
    tour_with,
    tours_for,
    track_for,
)

__all__ = [
    "AreaCovered",
    "CellInfo",
    "CheckInfo",
    "Coverage",
    "FileInfo",
    "FindInfo",
    "FoundOn",
    "Pack",
    "PlanInfo",
    "TourInfo",
    "TrackStep",
    "check_for",
    "checks_for",
    "checks_of",
    "coverage_for",
    "finds_for",
    "found_on",
    "my_check",
    "my_checks",
    "open_tour_of",
    "own_finds",
    "pack_for",
    "parts_covered",
    "plans_for",
    "recording_for",
    "tour_for",
    "tour_with",
    "tours_for",
    "track_for",
]
