"""The readers of warnings."""
