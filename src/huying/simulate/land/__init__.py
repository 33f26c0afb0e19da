"""The invented ground: outline, river, roads, blocks, areas, houses and what people find there."""

from huying.simulate.land.district import Size, city, district
from huying.simulate.land.shapes import Area, Block, Land, Road, Spot

__all__ = ["Area", "Block", "Land", "Road", "Size", "Spot", "city", "district"]
