"""Prevention: warnings, hot issues, what comes again, campaigns, danger in words."""
