"""Recurring problems and the projects on them."""
