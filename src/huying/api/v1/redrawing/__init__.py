"""区划变更: borders redrawn and put in force from a day on, and who is left behind by it."""

from huying.api.v1.redrawing import borders, left

MODULES = (borders, left)
