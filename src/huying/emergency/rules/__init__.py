"""Whom an alarm alerts, when the next ring is due, and when a person must take over; plain Python."""
