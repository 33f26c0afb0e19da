"""Plain rules of allocation: from words to an item, from item, place and history to a body."""
