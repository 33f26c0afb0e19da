"""From a caller's words to an item and a kind of appeal."""
