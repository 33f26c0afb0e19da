"""区划变更: borders redrawn and put in force from a day on, who is left behind by it, and plans of other grids."""

from huying.api.v1.redrawing import borders, grid_ground, grid_plans, left

MODULES = (borders, grid_ground, grid_plans, left)
