"""Danger in a caller's words, told to a person at once (R603)."""
