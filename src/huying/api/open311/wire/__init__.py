"""The two formats of GeoReport v2, what clients write into addresses and forms, and refusals."""
