"""预警: the list, the map and the curve of what rises, and what people decide about it (R603)."""
