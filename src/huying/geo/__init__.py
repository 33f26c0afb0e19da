"""Positions on the ground: datums, distances, shapes and indexes; plain Python over numpy, shapely and h3.

Everything inside the platform is CGCS2000 longitude and latitude in degrees, in that order.
"""
