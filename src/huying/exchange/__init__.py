"""交换: orders from a city's systems in; receipts, states, replies and evaluations back to them."""
