"""网格调整方案: what stands on the ground, grids drawn for even work, compared with today's on the map, published."""
