"""Open311 GeoReport v2: its requests come here and ours go there, as a client that expects little."""
