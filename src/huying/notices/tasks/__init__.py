"""What the worker does for notices: told by the ledger, sent by carriers, gathered, watched, cleared away."""
