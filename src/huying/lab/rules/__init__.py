"""What would have been under other limits, and what may come of other staffing; plain Python."""
