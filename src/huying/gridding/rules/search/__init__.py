"""Dividing blocks into grids: a start that holds together, then small moves that keep it so."""
