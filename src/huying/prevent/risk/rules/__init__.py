"""Which words speak of danger, and which only sound like it."""
