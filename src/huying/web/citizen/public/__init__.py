"""Residents' pages that belong to nobody in particular."""
