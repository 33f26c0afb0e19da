"""Kinds, what may be kept of a person and for how long; plain Python."""
