"""Plain rules of the heart beyond the lifecycle."""
