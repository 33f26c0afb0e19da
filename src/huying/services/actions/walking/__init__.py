"""Roads and homes brought in, and the circle drawn of them."""
