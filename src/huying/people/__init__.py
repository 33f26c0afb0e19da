"""People and units: bodies and what they bear, accounts and their posts, callers and their privacy."""
