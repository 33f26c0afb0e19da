"""The only readers of districts, areas and places, for everything above."""

from huying.places.queries.changes import ChangeRow, Drawn, change_for, changes_for, drawn_for
from huying.places.queries.courses import course_counts, courses, grid_digests
from huying.places.queries.drawing import area_features
from huying.places.queries.finding import FoundPlace, find_places
from huying.places.queries.ground import ground_features, ground_is_large, ground_tile
from huying.places.queries.held import forget
from huying.places.queries.listing import (
    AreaVersion,
    DistrictRow,
    area,
    area_at,
    area_history,
    area_name,
    area_path,
    area_words,
    areas,
    children,
    district,
    districts,
    ended_areas,
    find_area,
)
from huying.places.queries.locating import locate_point, locate_points, locate_text, locate_texts, placed
from huying.places.rules.book import AreaRow, Located
from huying.places.rules.levels import Level, PlaceKind
from huying.places.rules.reading.guesses import Guess

__all__ = [
    "AreaRow",
    "AreaVersion",
    "ChangeRow",
    "DistrictRow",
    "Drawn",
    "FoundPlace",
    "Guess",
    "Level",
    "Located",
    "PlaceKind",
    "area",
    "area_at",
    "area_features",
    "area_history",
    "area_name",
    "area_path",
    "area_words",
    "areas",
    "change_for",
    "changes_for",
    "children",
    "course_counts",
    "courses",
    "district",
    "districts",
    "drawn_for",
    "ended_areas",
    "find_area",
    "find_places",
    "forget",
    "grid_digests",
    "ground_features",
    "ground_is_large",
    "ground_tile",
    "locate_point",
    "locate_points",
    "locate_text",
    "locate_texts",
    "placed",
]
