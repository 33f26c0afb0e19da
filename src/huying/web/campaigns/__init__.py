"""专项治理: campaigns, their grids' tasks, the season's calendar (R604)."""
