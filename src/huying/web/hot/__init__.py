"""Hot issues: what many say of one place, as a list, a map and a curve."""
