"""The only writers of districts, areas and places."""

from huying.places.actions.areas import put_areas
from huying.places.actions.changes import (
    add_step,
    drop_change,
    force_change,
    open_change,
    renew_change,
    undo_step,
)
from huying.places.actions.districts import put_district
from huying.places.actions.gazetteer import add_places
from huying.places.actions.redividing import NewGrid, Redivision, redivide

__all__ = [
    "NewGrid",
    "Redivision",
    "add_places",
    "add_step",
    "drop_change",
    "force_change",
    "open_change",
    "put_areas",
    "put_district",
    "redivide",
    "renew_change",
    "undo_step",
]
