"""Handlers that follow the ledger: their cursors, signs of life, and what made them stumble."""
