"""Services near home in plain Python: opening hours, ways on foot, the circle of fifteen minutes, slots."""
