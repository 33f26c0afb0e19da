"""Whom a call reaches, who has a place, what hours count, what fits a need; plain Python."""
