"""Quiet districts and outbreaks in them, to try early warning on. Nothing here knows how warnings are found."""
