"""The only writers of districts, areas and places."""

from huying.places.actions.areas import put_areas
from huying.places.actions.districts import put_district
from huying.places.actions.gazetteer import add_places

__all__ = ["add_places", "put_areas", "put_district"]
