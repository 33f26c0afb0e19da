"""How much a text speaks for each item: linear machines, and small nets beside them."""
