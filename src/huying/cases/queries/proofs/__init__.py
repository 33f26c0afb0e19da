"""The ledger proved: chains, day roots, the whole (R404)."""
