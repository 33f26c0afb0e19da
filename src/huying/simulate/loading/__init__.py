"""Putting an invented district into the database, through the same actions as everybody else."""

from huying.simulate.loading.demo import Loaded, load
from huying.simulate.loading.ground import open_district
from huying.simulate.loading.past import live_through
from huying.simulate.loading.people import Crew, engage

__all__ = ["Crew", "Loaded", "engage", "live_through", "load", "open_district"]
