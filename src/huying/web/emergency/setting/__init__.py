"""应急预案: rings, skills and outside lines of each kind, in versions."""
