"""Redrawing the areas below one parent: split, merge, moved borders, new areas cut out of others.

Every edit takes a sheet and gives another; what the areas enclose together never changes, no two of them
overlap, and what cannot be done is refused with words that say where.
"""

from huying.places.rules.redrawing.counting import AreaChanged, Meaning, meaning
from huying.places.rules.redrawing.cutting import draw, split
from huying.places.rules.redrawing.joining import merge
from huying.places.rules.redrawing.moving import move
from huying.places.rules.redrawing.sheet import Piece, Sheet
from huying.places.rules.redrawing.steps import Step, StepKind, apply, read_step
from huying.places.rules.redrawing.typing import read_points

__all__ = [
    "AreaChanged",
    "Meaning",
    "Piece",
    "Sheet",
    "Step",
    "StepKind",
    "apply",
    "draw",
    "meaning",
    "merge",
    "move",
    "read_points",
    "read_step",
    "split",
]
