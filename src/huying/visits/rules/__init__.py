"""Standards, checklists, the month's plan and the day's way; plain Python."""
