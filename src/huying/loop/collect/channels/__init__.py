"""Doors through which many appeals come at once."""
