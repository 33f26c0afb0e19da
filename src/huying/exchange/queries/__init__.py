"""The readers of the exchange."""
