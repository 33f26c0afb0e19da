"""How well and how fast the same matter is found again."""
