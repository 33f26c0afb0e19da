"""Who changed what of the setting up: accounts, posts, keys, limits, the list. Rows are only ever added."""
