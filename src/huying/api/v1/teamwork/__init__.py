"""队伍和值班: kinds of members, sheets of teams, and who is on duty when."""
