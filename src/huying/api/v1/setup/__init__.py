"""Setting up: units, areas, the list, accounts, keys, texts, limits."""
