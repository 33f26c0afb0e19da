"""议事协商: meetings, what is said at them, proposals, votes, and the work that follows (R108, R707)."""
