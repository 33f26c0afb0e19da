"""Boards and rankings of a period, running or closed, and what stands behind their numbers."""
