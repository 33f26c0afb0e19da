"""The only readers of deliberation."""
