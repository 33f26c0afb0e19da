"""Plain rules about people: what things are called, how they are masked, sealed and written."""
